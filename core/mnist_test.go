package core

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
)

// rooms are where the project may know how large MNIST's digits are: the one shape, the set's row and files, the judge of
// digits, and the page's texts. All else takes a sample for what its shape says.
var rooms = []string{"core/sample/sample.go", "core/data/sets.go", "core/data/mnist/", "core/quality/judge/", "www/js/data/mnist.js", "www/js/texts/"}

// supposed are signs of code that takes a sample for a gray picture of MNIST's size, or a point for a picture one pixel high.
var supposed = regexp.MustCompile(`\b78[45]\b|height ?===? ?1\b|Height == 1 &&|\b28 ?[,×x*] ?28\b|(?i:height|width):? ?[=:]* ?28\b`)

func TestSamplesAreWhatTheirShapeSays(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the sources are not at hand under js")
	}
	looked := 0
	err := filepath.WalkDir("..", func(path string, d fs.DirEntry, err error) error {
		name, _ := filepath.Rel("..", path)
		name = filepath.ToSlash(name)
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == ".git" || d.Name() == "testdata" || d.Name() == "node_modules" || name == "www/jstest" || name == "shared"):
			return filepath.SkipDir
		case d.IsDir() || strings.HasSuffix(name, "_test.go") || filepath.Ext(name) != ".go" && filepath.Ext(name) != ".js":
			return nil
		}
		for _, room := range rooms {
			if name == room || strings.HasSuffix(room, "/") && strings.HasPrefix(name, room) {
				return nil
			}
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		looked++
		for i, line := range strings.Split(string(b), "\n") {
			text := strings.TrimSpace(line)
			if strings.HasPrefix(text, "//") || strings.HasPrefix(text, "*") {
				continue // says something, of whatever
			}
			if sign := supposed.FindString(text); sign != "" {
				t.Errorf("%s:%d supposes what a sample is (%q): take it from the sample's shape", name, i+1, sign)
			}
		}
		return nil
	})
	if err != nil || looked < 400 {
		t.Fatalf("%d files were looked at: %v", looked, err)
	}
}
