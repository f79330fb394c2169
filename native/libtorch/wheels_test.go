package libtorch

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// pipOf is lines of a shell that do what pip does: answer that it is there, and bring the files that lie in a folder.
func pipOf(from string) string {
	return `case "$*" in *--version*) exit 0 ;; *find_spec*) exit 0 ;; esac
while [ $# -gt 1 ]; do [ "$1" = --dest ] && dest=$2; shift; done
name=$(echo "${1%%==*}" | tr - _)
echo "$1" >> "` + from + `/asked"
exec /bin/cp "` + from + `/$name"-*.whl "$dest/"`
}

// published writes a wheel of those members into a folder and returns its entry.
func published(t *testing.T, folder, name string, members map[string][]byte) wheel {
	t.Helper()
	x := wheel{name: name, version: "1.0", bytes: 1000}
	path := filepath.Join(folder, strings.ReplaceAll(name, "-", "_")+"-1.0-py3-none-any.whl")
	zipped(t, path, members)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(b)
	x.sha256 = hex.EncodeToString(sum[:])
	return x
}

func TestWheelsAreFetched(t *testing.T) {
	_, bin := bare(t)
	from, dir := t.TempDir(), filepath.Join(t.TempDir(), downloads)
	script(t, bin, "python3", "PATH=/usr/bin:/bin\n"+pipOf(from))
	list := []wheel{published(t, from, "nvidia-small", map[string][]byte{"a": nil}), published(t, from, "torch", map[string][]byte{"b": nil})}
	if withPip(t.Context()) != "python3" {
		t.Fatal("there is no pip")
	}
	w := wheels{python: "python3", list: list}
	files, err := w.fetch(t.Context(), dir, nil)
	if err != nil || len(files) != 2 || filepath.Base(files[0]) != "nvidia_small-1.0-py3-none-any.whl" {
		t.Fatalf("%v, %v", files, err)
	}
	// What is there whole is not fetched again; what is not whole is.
	if err := os.WriteFile(files[1], []byte("half"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := w.fetch(t.Context(), dir, nil); err != nil {
		t.Fatal(err)
	}
	if asked, err := os.ReadFile(filepath.Join(from, "asked")); err != nil || string(asked) != "nvidia-small==1.0\ntorch==1.0\ntorch==1.0\n" {
		t.Errorf("pip was asked for %q, %v", asked, err)
	}
	// Other content under the same name is refused and removed.
	w.list[1].sha256 = strings.Repeat("0", 64)
	_, err = w.fetch(t.Context(), dir, nil)
	oneSentence(t, "another checksum", err, "torch-1.0", "checksum", "again")
	if _, err := os.Stat(files[1]); err == nil {
		t.Error("what was not published stays")
	}
	script(t, bin, "python3", "exit 0")
	_, err = w.fetch(t.Context(), dir, nil)
	oneSentence(t, "a pip that brings nothing", err, "torch", "pip")
}

func TestPipThatFails(t *testing.T) {
	x := wheel{name: "torch", version: "2.1.0"}
	for out, says := range map[string]string{
		"WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution found": "network",
		"ERROR: Could not find a version that satisfies the requirement torch==2.1.0\nERROR: No matching":               "Could not find a version",
		"OSError: [Errno 28] No space left on device":                                                                   "XDG_CACHE_HOME",
		"": "exit status 2",
	} {
		oneSentence(t, out, pipFailed(x, []byte(out), errors.New("exit status 2")), says)
	}
}

func TestWheelsAreAnnounced(t *testing.T) {
	for _, cuda := range []bool{false, true} {
		w := wheels{list: wheelList(cuda), cuda: cuda}
		said := w.announce("the folder")
		for _, x := range w.list {
			if !strings.Contains(said, x.name+" "+x.version) || len(x.sha256) != 64 || x.bytes < mb {
				t.Errorf("%+v: %s", x, said)
			}
		}
		if !strings.Contains(said, fmt.Sprintf("%d MB", w.total()/mb)) || !strings.Contains(said, "the folder") || w.space() <= w.total() {
			t.Errorf("%s", said)
		}
	}
	if len(wheelList(false)) != 3 || len(wheelList(true)) != 13 || len(cpuWheels) != 3 {
		t.Errorf("%d and %d wheels", len(wheelList(false)), len(wheelList(true)))
	}
}
