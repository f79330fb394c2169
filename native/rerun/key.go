package rerun

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"runtime"
	"slices"
	"strings"

	"ganvas/core/sources"
)

// compiled are the module's folders and files that the native program is made of.
var compiled = []string{"core", "native", "wasm/kernel", "www/serve", "www/site", "go.mod", "go.sum"}

// sources is a checksum of all that is compiled.
func (p *program) sources() ([]byte, error) { return sources.Sum(p.root, compiled...) }

// key names the folder of one build: which program, of what source, by what, for what, and how.
func (p *program) key(sources []byte, version string, b Build) string {
	return digest(p.pkg, string(sources), setting(version, b))
}

// setting is all of a build but the source.
func setting(version string, b Build) string {
	env := slices.Clone(b.Env)
	for _, name := range []string{"CC", "CXX", "GOAMD64", "GOFLAGS"} {
		env = append(env, name+"="+os.Getenv(name))
	}
	return strings.Join([]string{version, runtime.GOOS, runtime.GOARCH, strings.Join(b.Tags, ","), strings.Join(env, "\x01")}, "\x00")
}

func digest(parts ...string) string {
	h := sha256.New()
	for _, s := range parts {
		h.Write(append([]byte(s), 0))
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
}

// reason is the line of a command's output that says what went wrong.
func reason(out []byte, err error) string {
	said := ""
	for line := range bytes.Lines(out) {
		s := strings.TrimSpace(string(line))
		if s != "" && !strings.HasPrefix(s, "#") && !strings.HasPrefix(s, "go: downloading") && !strings.Contains(s, "warning:") {
			if said == "" || strings.Contains(s, "error:") {
				said = s
			}
			if strings.Contains(s, "error:") {
				break
			}
		}
	}
	if said == "" {
		return err.Error()
	}
	return strings.TrimPrefix(said, "go: ")
}
