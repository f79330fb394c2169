package arch

import (
	"io/fs"
	"os"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// chosen is a decision by an architecture's or a norm's name: its place is this package's rows.
var chosen = regexp.MustCompile(`\.(Arch|Norm|LabelMode)\s*(==|!=)\s*["A-Za-z]|switch\s+[\w.]+\.(Arch|Norm|LabelMode)\b`)

// Nobody else decides anything by an architecture's or a norm's name.
func TestNamesAreDecidedHere(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the sources are not there")
	}
	here := 0
	for _, dir := range []string{"../../core", "../../native", "../../wasm"} {
		err := fs.WalkDir(os.DirFS(dir), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
				return err
			}
			b, err := os.ReadFile(dir + "/" + name)
			for i, line := range strings.Split(string(b), "\n") {
				if !chosen.MatchString(line) {
					continue
				}
				if strings.HasPrefix(name, "arch/") {
					here++
				} else {
					t.Errorf("%s/%s:%d: %s", dir, name, i+1, strings.TrimSpace(line))
				}
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if here == 0 {
		t.Error("nothing is decided here either: the pattern is wrong")
	}
}
