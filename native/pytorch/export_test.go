package pytorch_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// What is given away makes there what it makes here: onnx.checker, onnxruntime and PyTorch on the same noise.
func TestExports(t *testing.T) {
	python(t)
	dir := t.TempDir()
	small := []string{"--conditional", "true", "--discriminator", "4-5-6", "--data", digits(t)}
	made := map[string][]string{ // that have no file among those of the page
		"r3gan":   append([]string{"--preset", "r3gan", "--generator", "6-5-4"}, small...),
		"growing": append(append([]string{"--preset", "progressive", "--stage-images", "56"}, steady...), small...), // its last resolution comes in
	}
	for name, digit := range map[string]string{"classic": "", "conditional": "3", "sngan": "7", "progressive": "", "r3gan": "4", "growing": "5"} {
		from, path := filepath.Join("..", "..", "www", "weights", name+".safetensors"), filepath.Join(dir, name)
		if flags, is := made[name]; is {
			out := t.TempDir()
			from = filepath.Join(out, "generator.safetensors")
			ganvas(t, append(append([]string{"train", "--engine", "go", "--out", out}, calm...), flags...)...)
		}
		if err := os.WriteFile(path+".y", []byte(digit), 0o644); err != nil {
			t.Fatal(err)
		}
		args := []string{"generate", "--engine", "go", "--weights", from, "--count", "8", "--out", path + ".x.npy", "--noise-out", path + ".z.npy"}
		if digit != "" {
			args = append(args, "--digit", digit)
		}
		ganvas(t, args...)
		ganvas(t, "export", "--engine", "go", "--weights", from, "--to", "onnx", "--out", path+".onnx")
		ganvas(t, "export", "--engine", "go", "--weights", from, "--to", "npz", "--out", path+".npz")
		ganvas(t, "export", "--engine", "go", "--weights", from, "--to", "pytorch", "--out", path)
	}
	t.Log(done(t, exec.Command(python(t), filepath.Join("testdata", "exported.py"), dir)))
}
