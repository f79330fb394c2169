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
	if err := json.Unmarshal(b, &cases); err != nil || len(cases) < 30 {
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
	ganvas(t, "eval", "--engine", "go", "--weights", filepath.Join(dir, "points.pth"), "--count", "500", "--json")
}

// What samples' statistics say against the usual settings mends them: BatchNorms of another eps are noticed, and those that are read as they were are not.
func TestForeignAdvice(t *testing.T) {
	dir := t.TempDir()
	generators(t, "make", dir, "blocks", "upsampled", "norms-last", "dcgan", "mnist-28", "course")
	for name, c := range map[string]struct {
		flags []string
		says  string
	}{
		"blocks":     {nil, "--bn-eps 0.8"},
		"upsampled":  {[]string{"--hidden", "leaky:0.2"}, "--bn-eps"},
		"norms-last": {[]string{"--hidden", "relu", "--range", "0..1"}, ""},
		"dcgan":      {nil, ""},
		"mnist-28":   {nil, ""},
		"course":     {nil, ""},
	} {
		var out, errs bytes.Buffer
		args := append([]string{"generate", "--engine", "go", "--weights", filepath.Join(dir, name+".pth"), "--count", "1", "--out", filepath.Join(dir, "x.png")}, c.flags...)
		if code := cli.Main(args, &out, &errs); code != 0 {
			t.Fatalf("%s: %s", name, errs.String())
		}
		if said := errs.String(); strings.Contains(said, "absurd") != (c.says != "") || !strings.Contains(said, c.says) {
			t.Errorf("%s: %q, want advice %q", name, said, c.says)
		}
	}
}

// What is no generator's weights is refused in one sentence that says what it is, and nothing in it is executed.
func TestForeignFilesAreRefused(t *testing.T) {
	dir := t.TempDir()
	generators(t, "bad", dir)
	t.Chdir(dir)
	files, err := filepath.Glob("*.pth")
	if err != nil || len(files) < 38 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, name := range files {
		says, _, _ := strings.Cut(strings.TrimSuffix(name, ".pth"), " (")
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

// A PyTorch script's generator learns on here, then in ganvas.py, and draws in the script's own network what it draws here.
func TestFromPyTorchAndBack(t *testing.T) {
	data, dir := digits(t), t.TempDir()
	generators(t, "make", dir, "mnist-28")
	in := func(s string) string { return filepath.Join(dir, s) }
	flags := []string{"--eps", "1e-3", "--lr-g", "1e-3", "--lr-d", "1e-3", "--batch", "16", "--discriminator", "4-6"}
	ganvas(t, append([]string{"train", "--engine", "go", "--resume", in("mnist-28.pth"), "--data", data, "--epochs", "1", "--out", in("on")}, flags...)...)
	if r := recipe(t, in("on")); !strings.Contains(r, `"layers":"deconv:16:4:1:0/batchnorm`) {
		t.Errorf("its recipe is %s", r)
	}
	ganvas(t, "train", "--engine", "go", "--resume", in("on/checkpoint.safetensors"), "--epochs", "2", "--data", data, "--out", in("go"))
	run(t, "train", "--device", "cpu", "--resume", in("on/checkpoint.safetensors"), "--epochs", "2", "--data", data, "--out", in("torch"))
	same(t, in("go"), in("torch"))

	back := t.TempDir()
	b, err := os.ReadFile(in("torch/generator.safetensors"))
	if err == nil {
		err = os.WriteFile(filepath.Join(back, "mnist-28.safetensors"), b, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	ganvas(t, "generate", "--engine", "go", "--weights", in("torch/generator.safetensors"), "--count", "20",
		"--out", filepath.Join(back, "mnist-28.x.npy"), "--noise-out", filepath.Join(back, "mnist-28.z.npy"))
	t.Log(generators(t, "taken", back))
	run(t, "generate", "--device", "cpu", "--weights", in("torch/generator.safetensors"), "--count", "9", "--out", in("9.npy"))
}
