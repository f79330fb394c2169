package libtorch

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/native/libtorch/libtorchtest"
)

// oneSentence checks that an error is one line with all the words in it.
func oneSentence(t *testing.T, what string, err error, words ...string) {
	t.Helper()
	if err == nil {
		t.Errorf("%s: no error", what)
		return
	}
	for _, w := range words {
		if !strings.Contains(err.Error(), w) {
			t.Errorf("%s: %q does not say %q", what, err, w)
		}
	}
	if strings.Contains(strings.TrimSpace(err.Error()), "\n") {
		t.Errorf("%s: %q has several lines", what, err)
	}
}

// changed is a libtorch with other contents of some files; nil leaves one out.
func changed(t *testing.T, cuda bool, other map[string][]byte) string {
	t.Helper()
	parts := libtorchtest.Parts(cuda)
	maps.Copy(parts, other)
	maps.DeleteFunc(parts, func(_ string, b []byte) bool { return b == nil })
	for name, b := range libtorchtest.Parts(cuda) { // headers are empty and there
		if _, said := other[name]; !said {
			parts[name] = b
		}
	}
	dir := filepath.Join(t.TempDir(), "torch")
	libtorchtest.Write(t, dir, parts)
	return dir
}

func TestWholeLibrary(t *testing.T) {
	t.Setenv("LD_LIBRARY_PATH", "")
	for name, c := range map[string]struct {
		dir           string
		cuda          bool
		version       string
		old, archives bool
	}{
		"Python's for the CPU": {dir: libtorchtest.Made(t, false), version: "2.1.0+cu121", old: true},
		"Python's for CUDA":    {dir: libtorchtest.Made(t, true), cuda: true, version: "2.1.0+cu121", old: true},
		"an archive": {version: "2.1.2", dir: changed(t, false, map[string][]byte{"version.py": nil, "build-version": []byte("2.1.2\n"),
			"lib/libc10.so": libtorchtest.Shared(nil, "_ZN3c105ErrorC1ENS_14SourceLocationENSt7__cxx1112basic_stringIcEE")})},
	} {
		l, err := Open(c.dir, "somewhere", c.cuda)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if l.Version != c.version || l.OldABI != c.old || l.CUDA != c.cuda || len(l.Runtime) > 0 != c.cuda {
			t.Errorf("%s: %+v", name, l)
		}
		if said := l.String(); !strings.Contains(said, c.version) || !strings.Contains(said, c.dir) || !strings.Contains(said, "somewhere") || strings.Contains(said, "CUDA") != c.cuda {
			t.Errorf("%s is called %q", name, said)
		}
	}
}

func TestWrongLibraries(t *testing.T) {
	t.Setenv("LD_LIBRARY_PATH", "")
	noELF := []byte("no library")
	half := libtorchtest.Shared([]string{"libc10.so"})
	for name, c := range map[string]struct {
		cuda  bool
		other map[string][]byte
		says  []string
	}{
		"another version":          {other: map[string][]byte{"version.py": []byte("__version__ = '2.4.1'\n")}, says: []string{"2.4.1", "2.1.x", "setup"}},
		"an archive's other one":   {other: map[string][]byte{"build-version": []byte("1.13.1+cu117")}, says: []string{"1.13.1", "setup"}},
		"nearly the version":       {other: map[string][]byte{"version.py": []byte("__version__ = '2.10.0'\n")}, says: []string{"2.10.0"}},
		"no version":               {other: map[string][]byte{"version.py": nil}, says: []string{"version cannot be told"}},
		"a version file of others": {other: map[string][]byte{"version.py": []byte("import this\n")}, says: []string{"version cannot be told"}},
		"no headers":               {other: map[string][]byte{"include/torch/csrc/api/include/torch/torch.h": nil}, says: []string{"incomplete", "torch.h"}},
		"no libc10":                {other: map[string][]byte{"lib/libc10.so": nil}, says: []string{"incomplete", "libc10.so"}},
		"no libtorch_cpu":          {other: map[string][]byte{"lib/libtorch_cpu.so": nil}, says: []string{"incomplete", "libtorch_cpu.so"}},
		"a need that is nowhere":   {other: map[string][]byte{"lib/libtorch_cpu.so": libtorchtest.Shared([]string{"libnowhere.so.7"})}, says: []string{"libnowhere.so.7", "setup"}},
		"no library":               {other: map[string][]byte{"lib/libtorch_cpu.so": noELF}, says: []string{"libtorch_cpu.so", "setup"}},
		"half a library":           {other: map[string][]byte{"lib/libtorch_cpu.so": half[:100]}, says: []string{"libtorch_cpu.so", "setup"}},
		"CUDA in one for the CPU":  {cuda: true, other: map[string][]byte{"lib/libtorch_cuda.so": nil}, says: []string{"without CUDA", "--cpu"}},
		"CUDA without its runtime": {cuda: true, other: map[string][]byte{"../nvidia/cuda_runtime/lib/libcudart.so.12": nil}, says: []string{"libcudart.so.12"}},
	} {
		dir := changed(t, c.cuda, c.other)
		_, err := Open(dir, "somewhere", c.cuda)
		oneSentence(t, name, err, append(c.says, dir)...)
	}
	gone := filepath.Join(t.TempDir(), "gone")
	_, err := Open(gone, "somewhere", false)
	oneSentence(t, "no folder", err, gone, "setup")
	_, err = Open(t.TempDir(), "somewhere", false)
	oneSentence(t, "an empty folder", err, "LIBTORCH")
}

// What a library needs may lie where the system looks, and needs of needs are followed.
func TestNeedsAreFollowed(t *testing.T) {
	elsewhere := t.TempDir()
	dir := changed(t, false, map[string][]byte{"lib/libtorch_cpu.so": libtorchtest.Shared([]string{"libc10.so", "libone.so"}),
		"lib/libone.so": libtorchtest.Shared([]string{"libtwo.so", "libtorch_cpu.so"})})
	t.Setenv("LD_LIBRARY_PATH", "")
	_, err := Open(dir, "somewhere", false)
	oneSentence(t, "a need of a need", err, "libtwo.so")
	if err := os.WriteFile(filepath.Join(elsewhere, "libtwo.so"), []byte("the system's own"), 0o666); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LD_LIBRARY_PATH", elsewhere)
	if _, err := Open(dir, "somewhere", false); err != nil {
		t.Error(err)
	}
}
