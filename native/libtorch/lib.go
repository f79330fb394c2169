// Package libtorch finds or fetches the libtorch that the torch engine is linked with, checks that it is whole, and says
// with which flags gotch is compiled against it. Nothing outside the user's cache folder is written.
package libtorch

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
)

// Version is the libtorch that is fetched: the one that gotch v0.9.1 is written for. Any other of its series does too.
const (
	Version = "2.1.0"
	series  = "2.1."
)

// Lib is a libtorch on this machine.
type Lib struct {
	Dir     string   // holds include and lib
	Runtime []string // more folders of shared libraries, such as those of the NVIDIA wheels beside a Python torch
	From    string   // how it was found, in words
	Version string
	CUDA    bool // built for CUDA, with everything that it needs for that
	OldABI  bool // its C++ strings are those of before GCC 5: _GLIBCXX_USE_CXX11_ABI=0
}

// Supported says why libtorch cannot be used on this kind of machine, if so.
func Supported() error {
	if runtime.GOOS != "linux" || runtime.GOARCH != "amd64" {
		return fmt.Errorf("libtorch is joined on Linux with x86-64 processors only, and this is %s/%s: take --engine go", runtime.GOOS, runtime.GOARCH)
	}
	return nil
}

// Open looks at the libtorch in dir and checks that all of it is there. With cuda it must be able to use a GPU.
func Open(dir, from string, cuda bool) (*Lib, error) {
	l := &Lib{Dir: dir, From: from}
	if err := l.checkVersion(); err != nil {
		return nil, err
	}
	for _, part := range []string{"include/torch/csrc/api/include/torch/torch.h", "lib/libc10.so", "lib/libtorch_cpu.so"} {
		if _, err := os.Stat(filepath.Join(dir, filepath.FromSlash(part))); err != nil {
			return nil, fmt.Errorf("the libtorch in %s is incomplete: it has no %s; run go run ./native setup again, or name a whole one in LIBTORCH", dir, part)
		}
	}
	l.Runtime, _ = filepath.Glob(filepath.Join(filepath.Dir(dir), "nvidia", "*", "lib"))
	if err := l.checkNeeds("libtorch_cpu.so", "libc10.so"); err != nil {
		return nil, err
	}
	if cuda {
		if _, err := os.Stat(filepath.Join(dir, "lib", "libtorch_cuda.so")); err != nil {
			return nil, fmt.Errorf("the libtorch in %s is built without CUDA: run go run ./native setup --cuda with LIBTORCH unset, or take --cpu", dir)
		}
		if err := l.checkNeeds("libtorch_cuda.so"); err != nil {
			return nil, err
		}
		l.CUDA = true
	}
	var err error
	l.OldABI, err = oldABI(filepath.Join(dir, "lib", "libc10.so"))
	return l, err
}

var pythonVersion = regexp.MustCompile(`__version__ = '([^']+)'`)

// checkVersion reads the version, which archives keep in build-version and Python packages in version.py.
func (l *Lib) checkVersion() error {
	if b, err := os.ReadFile(filepath.Join(l.Dir, "build-version")); err == nil {
		l.Version = strings.TrimSpace(string(b))
	} else if b, err := os.ReadFile(filepath.Join(l.Dir, "version.py")); err == nil {
		if m := pythonVersion.FindSubmatch(b); m != nil {
			l.Version = string(m[1])
		}
	} else if _, err := os.Stat(l.Dir); errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no folder %s: run go run ./native setup, or name a libtorch %sx in LIBTORCH", l.Dir, series)
	}
	switch {
	case l.Version == "":
		return fmt.Errorf("%s holds no libtorch, or not all of one: its version cannot be told; run go run ./native setup, or name the folder that holds include and lib in LIBTORCH", l.Dir)
	case !strings.HasPrefix(l.Version, series):
		return fmt.Errorf("the libtorch in %s is version %s, and gotch needs %sx: unset LIBTORCH and run go run ./native setup to fetch %s", l.Dir, l.Version, series, Version)
	}
	return nil
}

// dirs is every folder that the program must find shared libraries in.
func (l *Lib) dirs() []string {
	return append([]string{filepath.Join(l.Dir, "lib")}, l.Runtime...)
}

func (l *Lib) String() string {
	device := "CPU"
	if l.CUDA {
		device = "CUDA"
	}
	return fmt.Sprintf("libtorch %s (%s, %s) in %s", l.Version, device, l.From, l.Dir)
}
