package libtorch

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// zipped writes a zip file with those members.
func zipped(t *testing.T, path string, members map[string][]byte) {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range members {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
}

func TestPlaces(t *testing.T) {
	for _, c := range []struct{ name, cpu, cuda string }{
		{"torch/include/torch/torch.h", "torch/include/torch/torch.h", "torch/include/torch/torch.h"},
		{"libtorch/include/ATen/ATen.h", "torch/include/ATen/ATen.h", "torch/include/ATen/ATen.h"},
		{"libtorch/build-version", "torch/build-version", "torch/build-version"},
		{"torch/version.py", "torch/version.py", "torch/version.py"},
		{"torch/lib/libtorch_cpu.so", "torch/lib/libtorch_cpu.so", "torch/lib/libtorch_cpu.so"},
		{"torch/lib/libgomp-a34b3233.so.1", "torch/lib/libgomp-a34b3233.so.1", "torch/lib/libgomp-a34b3233.so.1"},
		{"torch/lib/libtorch_cuda.so", "", "torch/lib/libtorch_cuda.so"},
		{"libtorch/lib/libnvrtc-builtins.so.12.1", "", "torch/lib/libnvrtc-builtins.so.12.1"},
		{"nvidia/cuda_runtime/lib/libcudart.so.12", "nvidia/cuda_runtime/lib/libcudart.so.12", "nvidia/cuda_runtime/lib/libcudart.so.12"},
		{"torch/lib/libtorch_python.so", "", ""}, {"torch/nn/modules/linear.py", "", ""}, {"torch/_C.cpython-311-x86_64-linux-gnu.so", "", ""},
		{"libtorch/share/cmake/Torch/TorchConfig.cmake", "", ""}, {"nvidia/cuda_runtime/include/cuda.h", "", ""},
		{"../torch/include/x.h", "", ""}, {"torch/include/../../../x.h", "", ""}, {"/torch/lib/x.so", "", ""}, {"libtorch/../../lib/x.so", "", ""},
	} {
		if got := place(c.name, false); got != c.cpu {
			t.Errorf("for a CPU %s goes to %q, want %q", c.name, got, c.cpu)
		}
		if got := place(c.name, true); got != c.cuda {
			t.Errorf("for CUDA %s goes to %q, want %q", c.name, got, c.cuda)
		}
	}
}

func TestUnpack(t *testing.T) {
	dir := t.TempDir()
	file, to := filepath.Join(dir, "x.whl"), filepath.Join(dir, "deep", "inside")
	zipped(t, file, map[string][]byte{"torch/version.py": []byte("version"), "torch/lib/libc10.so": []byte("library"), "torch/__init__.py": nil,
		"../evil.so": []byte("x"), "torch/include/../../../../evil.so": []byte("x"), "/torch/lib/evil.so": []byte("x")})
	if err := unpack(t.Context(), file, to, false); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	if err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && path != file {
			b, _ := os.ReadFile(path)
			rel, _ := filepath.Rel(to, path)
			got[filepath.ToSlash(rel)] = string(b)
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got["torch/version.py"] != "version" || got["torch/lib/libc10.so"] != "library" {
		t.Errorf("it unpacked %v", got)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := unpack(ctx, file, to, false); !errors.Is(err, context.Canceled) {
		t.Errorf("when it was stopped: %v", err)
	}
	if _, err := os.Stat(file); err != nil {
		t.Errorf("a stopped setup threw away what was fetched: %v", err)
	}
}

// A broken file is removed, so that the next setup fetches it again.
func TestBrokenFilesAreRemoved(t *testing.T) {
	dir := t.TempDir()
	flipped, cut := filepath.Join(dir, "flipped.whl"), filepath.Join(dir, "cut.whl")
	zipped(t, flipped, map[string][]byte{"torch/version.py": bytes.Repeat([]byte("a"), 100)})
	b, err := os.ReadFile(flipped)
	if err != nil {
		t.Fatal(err)
	}
	at := bytes.Index(b, []byte("aaaa"))
	b[at] ^= 1
	for path, content := range map[string][]byte{flipped: b, cut: b[:len(b)/2]} {
		if err := os.WriteFile(path, content, 0o666); err != nil {
			t.Fatal(err)
		}
		oneSentence(t, path, unpack(t.Context(), path, filepath.Join(dir, "to"), false))
		if _, err := os.Stat(path); err == nil {
			t.Errorf("%s is still there", path)
		}
	}
}
