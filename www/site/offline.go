package site

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// workerFile is the service worker; it is told what belongs to the site.
const workerFile = "service-worker.js"

// worker writes the service worker with every file of the site and the hash of its content in front of it, so that another version
// of any file makes another worker. Other libraries are left out, which only the benchmark uses, and programs that most visitors have no
// use for, and what only hosts read.
func (b *Builder) worker() error {
	files := map[string]string{}
	for name := range b.written {
		if strings.HasPrefix(name, "peers/") || name == workerFile || asked(name) || slices.Contains(notAsked, name) {
			continue
		}
		content, err := os.ReadFile(filepath.Join(b.Dir, filepath.FromSlash(name)))
		if err != nil {
			return fmt.Errorf("a part of the site is missing: %w", err)
		}
		sum := sha256.Sum256(content)
		files[name] = hex.EncodeToString(sum[:])
	}
	list, err := json.Marshal(files) // in the order of the names
	if err != nil {
		return err
	}
	script, err := os.ReadFile(filepath.Join(b.Root, "www", workerFile))
	if err != nil {
		return fmt.Errorf("a part of the site is missing: %w", err)
	}
	return b.write(workerFile, append([]byte("const site = "+string(list)+";\n"), script...))
}
