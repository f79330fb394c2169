package libtorch

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/native/libtorch/libtorchtest"
)

// goodCompiler is the lines of a compiler whose programs end well.
const goodCompiler = `PATH=/usr/bin:/bin
echo "$@" >> "$0.asked"
while [ $# -gt 0 ]; do [ "$1" = -o ] && out=$2; shift; done
printf '#!/bin/sh\nexit 0\n' > "$out" && chmod +x "$out"`

func compilers(t *testing.T, bin, lines string) {
	t.Helper()
	script(t, bin, "gcc", "exit 0")
	script(t, bin, "g++", lines)
}

// quietly is options that keep what is said.
func quietly(device string, said *[]string) Options {
	return Options{Device: device, Say: func(line string) { *said = append(*said, line) }}
}

func TestSetupOfWhatIsThere(t *testing.T) {
	folder, bin := bare(t)
	compilers(t, bin, goodCompiler)
	dir := libtorchtest.Made(t, false)
	t.Setenv("LIBTORCH", dir)
	var said []string
	l, err := Setup(t.Context(), quietly(Auto, &said))
	if err != nil || l.Dir != dir || l.CUDA {
		t.Fatalf("%+v, %v, %q", l, err, said)
	}
	t.Setenv("LIBTORCH", "")
	if again, err := Ready(); err != nil || again.Dir != dir || again.From != "LIBTORCH" {
		t.Errorf("afterwards %+v is ready, %v", again, err)
	}
	asked, err := os.ReadFile(filepath.Join(bin, "g++.asked"))
	if err != nil || !strings.Contains(string(asked), "-ltorch_cpu -lc10") || !strings.Contains(string(asked), "-I"+dir) || !strings.Contains(string(asked), "_GLIBCXX_USE_CXX11_ABI=0") {
		t.Errorf("the compiler got %s, %v", asked, err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*"+partial)); len(left) > 0 {
		t.Errorf("it left %v", left)
	}
}

// Setup fetches with pip, unpacks what is needed, leaves nothing else, and is ready the second time without fetching.
func TestSetupFetches(t *testing.T) {
	folder, bin := bare(t)
	compilers(t, bin, goodCompiler)
	from := t.TempDir()
	members := map[string][]byte{"torch/nn/linear.py": nil, "torch/lib/libtorch_cuda.so": []byte("large")}
	for name, b := range libtorchtest.Parts(false) {
		members["torch/"+name] = b
	}
	was := cpuWheels
	t.Cleanup(func() { cpuWheels = was })
	cpuWheels = []wheel{published(t, from, "nvidia-runtime", map[string][]byte{"nvidia/cuda_runtime/lib/libcudart.so.12": libtorchtest.Shared(nil)}), published(t, from, "torch", members)}
	script(t, bin, "python3", "PATH=/usr/bin:/bin\n"+pipOf(from))

	libtorchtest.Write(t, folder, map[string][]byte{"2.1.0-cpu" + partial + "/torch/version.py": nil, downloads + "/" + tmp + "/x": nil, "2.1.0-cpu/torch/version.py": []byte("broken")})
	var said []string
	l, err := Setup(t.Context(), quietly(CPU, &said))
	if err != nil || l.From != fetchedBySetup || len(l.Runtime) != 1 {
		t.Fatalf("%+v, %v, %q", l, err, said)
	}
	if !strings.Contains(strings.Join(said, "\n"), "nvidia-runtime 1.0, torch 1.0") {
		t.Errorf("before it fetches it says %q", said)
	}
	if _, err := os.Stat(filepath.Join(l.Dir, "lib", "libtorch_cuda.so")); err == nil {
		t.Error("what only CUDA needs was unpacked")
	}
	for _, left := range []string{downloads, "2.1.0-cpu" + partial} {
		if _, err := os.Stat(filepath.Join(folder, left)); err == nil {
			t.Errorf("it left %s", left)
		}
	}
	script(t, bin, "python3", "exit 1")
	if again, err := Setup(t.Context(), quietly(CPU, &said)); err != nil || again.Dir != l.Dir {
		t.Errorf("the second time: %+v, %v", again, err)
	}
}

func TestSetupRefuses(t *testing.T) {
	folder, bin := bare(t)
	var said []string
	setup := func(device string) error { _, err := Setup(t.Context(), quietly(device, &said)); return err }
	oneSentence(t, "CUDA without a GPU", setup(CUDA), "GPU", "--cpu")
	oneSentence(t, "no compiler", setup(CPU), "gcc", "install")
	script(t, bin, "gcc", "exit 0")
	oneSentence(t, "no compiler of C++", setup(CPU), "g++", "install")
	t.Setenv("CXX", "my-compiler -fast")
	oneSentence(t, "no such compiler", setup(CPU), "my-compiler")
	t.Setenv("CXX", "")

	t.Setenv("LIBTORCH", libtorchtest.Made(t, false))
	compilers(t, bin, "echo 'try.cpp:1: fatal error: torch/torch.h is older than you'; exit 1")
	oneSentence(t, "a compiler that fails", setup(CPU), "compiled", "torch/torch.h is older")
	compilers(t, bin, strings.Replace(goodCompiler, "exit 0", "echo cannot open shared object; exit 127", 1))
	oneSentence(t, "a program that fails", setup(CPU), "run with", "cannot open shared object")
	if _, err := readChoice(folder); !errors.Is(err, ErrNotSetUp) {
		t.Errorf("what failed was chosen: %v", err)
	}
	if left, _ := filepath.Glob(filepath.Join(folder, "*"+partial)); len(left) > 0 {
		t.Errorf("it left %v", left)
	}

	unlock, err := lock(filepath.Join(folder, "lock"))
	if err != nil {
		t.Fatal(err)
	}
	oneSentence(t, "beside another setup", setup(CPU), "another setup")
	unlock()

	compilers(t, bin, goodCompiler)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Setup(ctx, quietly(CPU, &said)); !errors.Is(err, context.Canceled) {
		t.Errorf("when it was stopped: %v", err)
	}
	if err := setup(CPU); err != nil {
		t.Errorf("after all that: %v", err)
	}
}

func TestSpace(t *testing.T) {
	bare(t)
	dir := t.TempDir()
	if err := checkSpace(dir, 1); err != nil {
		t.Error(err)
	}
	oneSentence(t, "too little room", checkSpace(dir, math.MaxInt64), dir, "MB", "XDG_CACHE_HOME")
	libtorchtest.Write(t, dir, map[string][]byte{"a/b": make([]byte, 300), "c": make([]byte, 30)})
	if n := size(dir); n != 330 {
		t.Errorf("the folder has %d bytes", n)
	}
	oneSentence(t, "a full disk", noSpace(errors.New("write x: no space left on device")), "full", "XDG_CACHE_HOME")
	if err := errors.New("something else"); noSpace(err) != err {
		t.Error("every error is a full disk")
	}
}
