package pagetest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"ganvas/core/sources"
	"ganvas/www/site"
)

// Root is the module's folder, from the packages below this one.
var Root = filepath.Join("..", "..", "..")

// built is the site, built once for all tests and all packages, whose programs run at the same time: the first one builds
// it while the others wait, and then it is there until its sources change. Each checkout has its own.
var built = sync.OnceValues(func() (string, error) {
	ctx := context.Background()
	root, err := site.Root(ctx)
	if err != nil {
		return "", err
	}
	made, err := sources.Sum(root, parts(root)...)
	if err != nil {
		return "", err
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	peers := os.Getenv("GANVAS_PEERS") != ""
	state := fmt.Sprintln(made, peers)
	dir := filepath.Join(cache, "ganvas", fmt.Sprintf("site-for-tests-%x", sha256.Sum256([]byte(root)))[:len("site-for-tests-")+12])
	if err := os.MkdirAll(filepath.Dir(dir), 0o777); err != nil {
		return "", err
	}
	unlock, err := lock(dir + ".lock")
	if err != nil {
		return "", err
	}
	defer unlock()
	old, err := older(root)
	if err != nil {
		return "", err
	}
	stamp := filepath.Join(dir, ".made-of")
	if was, err := os.ReadFile(stamp); err == nil && string(was) == state {
		return dir, nil
	}
	if err := os.RemoveAll(stamp); err != nil {
		return "", err
	}
	said := false // that something is not as it should be
	builder := &site.Builder{Root: root, Dir: dir, Peers: peers, Say: func(format string, args ...any) {
		said = said || !strings.HasPrefix(format, "building")
	}}
	if err := builder.Build(ctx); err != nil {
		return "", err
	}
	if said || old {
		return dir, nil // the next time it may be better
	}
	return dir, os.WriteFile(stamp, []byte(state), 0o666)
})

// older reports whether a source has changed since this program was built, by whose parts the site is made.
func older(root string) (bool, error) {
	self, err := os.Executable()
	if err != nil {
		return false, err
	}
	built, err := os.Stat(self)
	if err != nil {
		return false, err
	}
	found := false
	for _, part := range parts(root) {
		err := filepath.WalkDir(filepath.Join(root, part), func(_ string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			info, err := d.Info()
			found = found || err == nil && info.ModTime().After(built.ModTime())
			return err
		})
		if err != nil {
			return false, err
		}
	}
	return found, nil
}

// parts are the module's folders and files that the site is made of, as far as Go's kept test results must know them.
func parts(root string) []string {
	all := []string{"core", "wasm", "go.mod", "go.sum"}
	entries, _ := os.ReadDir(filepath.Join(root, "www")) // without it there is no site, which its builder says
	for _, e := range entries {
		if e.Name() != "pagetest" {
			all = append(all, filepath.Join("www", e.Name()))
		}
	}
	return all
}
