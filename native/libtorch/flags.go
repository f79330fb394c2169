package libtorch

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The libraries that gotch's own link line names beyond what every libtorch has. Where a build does without one, an
// empty archive stands in for it, so that neither CUDA nor a changed gotch is needed.
var (
	system = []string{"cuda", "cudart", "cublas", "cudnn", "nvrtc-builtins", "nvrtc", "nvToolsExt"}
	ofCUDA = []string{"caffe2_nvrtc", "c10_cuda", "torch_cuda", "torch"}
)

// stubbed is which libraries empty archives must stand in for. Those of the NVIDIA system that are there only under a
// numbered name (libcudart.so.12) are loaded by libtorch itself.
func (l *Lib) stubbed() []string {
	if !l.CUDA {
		return append(slices.Clone(system), ofCUDA...) // libtorch.so itself asks for libtorch_cuda.so in builds for CUDA
	}
	var names []string
	for _, n := range append(slices.Clone(system), ofCUDA...) {
		if lookIn(append(l.dirs(), "/usr/local/cuda/lib64"), "lib"+n+".so") == "" {
			names = append(names, n)
		}
	}
	return names
}

// writeStubs puts the empty archives into a folder of dir: an archive is its eight bytes of magic and then its members.
func (l *Lib) writeStubs(dir string) (string, error) {
	names := l.stubbed()
	folder := filepath.Join(dir, "stubs")
	if l.CUDA {
		folder += "-cuda"
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", fmt.Errorf("the folder of empty archives cannot be made: %w", err)
	}
	const empty = "!<arch>\n"
	for _, n := range names {
		path := filepath.Join(folder, "lib"+n+".a")
		if b, err := os.ReadFile(path); err == nil && string(b) == empty {
			continue
		}
		if err := os.WriteFile(path, []byte(empty), 0o666); err != nil {
			return "", fmt.Errorf("an empty archive cannot be written: %w", err)
		}
	}
	return folder, nil
}

// Environment is what go build needs in its environment to compile gotch against the libtorch.
func (l *Lib) Environment() ([]string, error) {
	dir, err := Folder()
	if err != nil {
		return nil, err
	}
	stubs, err := l.writeStubs(dir)
	if err != nil {
		return nil, err
	}
	return []string{"CGO_ENABLED=1", "CGO_CXXFLAGS=" + join(l.compile()), "CGO_LDFLAGS=" + join(l.link(stubs))}, nil
}

func (l *Lib) compile() []string {
	abi := "1"
	if l.OldABI {
		abi = "0"
	}
	include := filepath.Join(l.Dir, "include")
	return []string{"-D_GLIBCXX_USE_CXX11_ABI=" + abi, "-O2", "-I" + include, "-I" + filepath.Join(include, "torch", "csrc", "api", "include")}
}

// link: the stubs' folder comes first, so that a library that is stubbed is not looked for any further.
func (l *Lib) link(stubs string) []string {
	flags := []string{"-L" + stubs, "-L" + filepath.Join(l.Dir, "lib")}
	for _, how := range []string{"-Wl,-rpath,", "-Wl,-rpath-link,"} {
		for _, d := range l.dirs() {
			flags = append(flags, how+d)
		}
	}
	if l.CUDA { // nothing in gotch names a symbol of it, and it registers itself when it is loaded
		flags = append(flags, "-Wl,--no-as-needed", "-ltorch_cuda")
	}
	return flags
}

// join is the flags as the go command splits them: those with spaces in quotes.
func join(flags []string) string {
	quoted := make([]string, len(flags))
	for i, f := range flags {
		if quoted[i] = f; strings.ContainsAny(f, " \t") {
			quoted[i] = "'" + f + "'"
		}
	}
	return strings.Join(quoted, " ")
}
