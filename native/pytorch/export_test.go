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
	for name, digit := range map[string]string{"classic": "", "conditional": "3", "sngan": "7", "progressive": "", "r3gan": "4"} {
		from, path := filepath.Join("..", "..", "www", "weights", name+".safetensors"), filepath.Join(dir, name)
		if name == "r3gan" { // which has no file there
			made := t.TempDir()
			from = filepath.Join(made, "generator.safetensors")
			ganvas(t, append([]string{"train", "--engine", "go", "--preset", name, "--conditional", "true", "--generator", "6-5-4", "--discriminator", "4-5-6", "--data", digits(t), "--out", made}, calm...)...)
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
		if name != "progressive" {
			ganvas(t, "export", "--engine", "go", "--weights", from, "--to", "pytorch", "--out", path)
		}
	}
	t.Log(done(t, exec.Command(python(t), filepath.Join("testdata", "exported.py"), dir)))
}
