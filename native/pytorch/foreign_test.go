package pytorch_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/native/cli"
)

// generators runs testdata/generators.py.
func generators(t *testing.T, args ...string) string {
	t.Helper()
	return done(t, exec.Command(python(t), append([]string{filepath.Join("testdata", "generators.py")}, args...)...))
}

// Generators as people write them in PyTorch, saved in the ways in which they save them, make here what they make there.
func TestForeignGenerators(t *testing.T) {
	dir := t.TempDir()
	generators(t, "make", dir)
	b, err := os.ReadFile(filepath.Join(dir, "cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases map[string]struct {
		Flags  map[string]string
		Labels bool
	}
	if err := json.Unmarshal(b, &cases); err != nil || len(cases) < 20 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for name, c := range cases {
		path := filepath.Join(dir, name)
		args := []string{"generate", "--engine", "go", "--weights", path + ".pth", "--count", "20", "--out", path + ".x.npy", "--noise-out", path + ".z.npy"}
		for flag, value := range c.Flags {
			args = append(args, "--"+flag+"="+value)
		}
		if c.Labels {
			args = append(args, "--digit", "7")
		}
		ganvas(t, args...)
	}
	t.Log(generators(t, "check", dir))
}

// What is no generator's weights is refused in one sentence that says what it is, and nothing in it is executed.
func TestForeignFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	generators(t, "bad", dir)
	t.Chdir(dir)
	files, err := filepath.Glob("*.pth")
	if err != nil || len(files) < 20 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		says := strings.TrimSuffix(strings.TrimSuffix(name, ".pth"), " (older form)")
		var out, errs bytes.Buffer
		code := cli.Main([]string{"generate", "--engine", "go", "--weights", name, "--out", "x.png"}, &out, &errs)
		if said := errs.String(); code != 1 || !strings.Contains(said, says) || strings.Count(said, "\n") != 1 {
			t.Errorf("%s: %d, %q", name, code, said)
		}
	}
	if _, err := os.Stat("executed"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("something in a file was executed: %v", err)
	}
}
