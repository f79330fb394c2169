package libtorch

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/native/libtorch/libtorchtest"
)

// values is an environment's variables by their names.
func values(t *testing.T, l *Lib) map[string]string {
	t.Helper()
	env, err := l.Environment()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		all[name] = value
	}
	return all
}

func TestEnvironmentForTheCPU(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	l, err := Open(libtorchtest.Made(t, false), "somewhere", false)
	if err != nil {
		t.Fatal(err)
	}
	env := values(t, l)
	stubs := filepath.Join(cache, "ganvas", "libtorch", "stubs")
	lib := filepath.Join(l.Dir, "lib")
	if want := "-L" + stubs + " -L" + lib + " -Wl,-rpath," + lib + " -Wl,-rpath-link," + lib; env["CGO_LDFLAGS"] != want {
		t.Errorf("the linker gets %s, want %s", env["CGO_LDFLAGS"], want)
	}
	include := filepath.Join(l.Dir, "include")
	if want := "-D_GLIBCXX_USE_CXX11_ABI=0 -O2 -I" + include + " -I" + filepath.Join(include, "torch", "csrc", "api", "include"); env["CGO_CXXFLAGS"] != want {
		t.Errorf("the compiler gets %s, want %s", env["CGO_CXXFLAGS"], want)
	}
	if env["CGO_ENABLED"] != "1" || len(env) != 3 {
		t.Errorf("the environment is %v", env)
	}
	for _, name := range append(slices.Clone(system), ofCUDA...) {
		if b, err := os.ReadFile(filepath.Join(stubs, "lib"+name+".a")); err != nil || string(b) != "!<arch>\n" {
			t.Errorf("the empty archive for %s holds %q (%v)", name, b, err)
		}
	}
	l.OldABI = false
	if !strings.HasPrefix(values(t, l)["CGO_CXXFLAGS"], "-D_GLIBCXX_USE_CXX11_ABI=1 ") {
		t.Error("the new kind of strings is not asked for")
	}
}

// For CUDA nothing that is there is stubbed, and the library that nothing names is linked all the same.
func TestEnvironmentForCUDA(t *testing.T) {
	t.Setenv("XDG_CACHE_HOME", t.TempDir())
	l, err := Open(libtorchtest.Made(t, true), "somewhere", true)
	if err != nil {
		t.Fatal(err)
	}
	flags := values(t, l)["CGO_LDFLAGS"]
	if !strings.HasSuffix(flags, "-Wl,--no-as-needed -ltorch_cuda") || !strings.Contains(flags, "-Wl,-rpath,"+l.Runtime[0]) || !strings.Contains(flags, "stubs-cuda") {
		t.Errorf("the linker gets %s", flags)
	}
	if names := l.stubbed(); slices.Contains(names, "torch_cuda") || !slices.Contains(names, "nvToolsExt") || !slices.Contains(names, "torch") {
		t.Errorf("empty archives stand in for %v", names)
	}
}

func TestFlagsWithSpacesAreQuoted(t *testing.T) {
	if got, want := join([]string{"-O2", "-I/a folder/include", "-Lx\ty"}), "-O2 '-I/a folder/include' '-Lx\ty'"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
