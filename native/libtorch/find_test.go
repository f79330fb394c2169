package libtorch

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/native/libtorch/libtorchtest"
)

// bare is a machine without any libtorch, Python, compiler or GPU, with a cache of its own; it returns the folder that
// this package keeps its files in and one that programs are looked for in.
func bare(t *testing.T) (folder, bin string) {
	t.Helper()
	if err := Supported(); err != nil {
		t.Skip(err)
	}
	cache, bin := t.TempDir(), t.TempDir()
	for name, value := range map[string]string{"XDG_CACHE_HOME": cache, "PATH": bin, "LIBTORCH": "", "LD_LIBRARY_PATH": "", "CC": "", "CXX": ""} {
		t.Setenv(name, value)
	}
	if HasGPU() {
		t.Skip("this machine has a GPU")
	}
	return filepath.Join(cache, "ganvas", "libtorch"), bin
}

// script puts a program of a shell's lines into bin.
func script(t *testing.T, bin, name, lines string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+lines+"\n"), 0o777); err != nil {
		t.Fatal(err)
	}
}

func TestReady(t *testing.T) {
	folder, bin := bare(t)
	if _, err := Ready(); !errors.Is(err, ErrNotSetUp) {
		t.Errorf("on a bare machine: %v", err)
	}
	cpu, cuda := libtorchtest.Made(t, false), libtorchtest.Made(t, true)
	for _, c := range []struct {
		content string
		cuda    bool
	}{{"cpu\nPython's torch\n" + cpu + "\n", false}, {"cuda\nfetched by setup\n" + cuda + "\n", true}} {
		libtorchtest.Write(t, folder, map[string][]byte{choiceFile: []byte(c.content)})
		l, err := Ready()
		if err != nil || l.CUDA != c.cuda || !strings.Contains(c.content, l.Dir) || !strings.Contains(c.content, l.From) {
			t.Errorf("after the choice %q: %+v, %v", c.content, l, err)
		}
	}
	libtorchtest.Write(t, folder, map[string][]byte{choiceFile: []byte("cpu\n")})
	if _, err := Ready(); !errors.Is(err, ErrNotSetUp) {
		t.Errorf("after half a choice: %v", err)
	}
	libtorchtest.Write(t, folder, map[string][]byte{choiceFile: []byte("cpu\nsetup\n" + cpu + "-gone\n")})
	_, err := Ready()
	oneSentence(t, "a chosen one that is gone", err, cpu+"-gone", "setup")

	// LIBTORCH comes before what was chosen; its CUDA is taken where there is a GPU.
	t.Setenv("LIBTORCH", cuda)
	if l, err := Ready(); err != nil || l.Dir != cuda || l.CUDA || l.From != "LIBTORCH" {
		t.Errorf("by LIBTORCH: %+v, %v", l, err)
	}
	script(t, bin, "nvidia-smi", "exit 0")
	if l, err := Ready(); err != nil || !l.CUDA {
		t.Errorf("by LIBTORCH beside a GPU: %+v, %v", l, err)
	}
	t.Setenv("LIBTORCH", cpu)
	if l, err := Ready(); err != nil || l.CUDA {
		t.Errorf("by LIBTORCH, built for the CPU, beside a GPU: %+v, %v", l, err)
	}
	t.Chdir(filepath.Dir(cpu))
	t.Setenv("LIBTORCH", "torch")
	if l, err := Ready(); err != nil || !filepath.IsAbs(l.Dir) {
		t.Errorf("by a LIBTORCH from here: %+v, %v", l, err)
	}
	t.Setenv("LIBTORCH", filepath.Join(cpu, "lib"))
	_, err = Ready()
	oneSentence(t, "a LIBTORCH that is none", err, "LIBTORCH")
}

func TestNoPlaceForCaches(t *testing.T) {
	bare(t)
	t.Setenv("XDG_CACHE_HOME", "")
	t.Setenv("HOME", "")
	_, err := Ready()
	oneSentence(t, "without a home", err, "XDG_CACHE_HOME")
}

// A choice comes back as it was made.
func TestChoice(t *testing.T) {
	folder, _ := bare(t)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	for _, cuda := range []bool{false, true} {
		l := &Lib{Dir: "/a folder/torch", From: "Python's torch", CUDA: cuda}
		if err := l.choose(folder); err != nil {
			t.Fatal(err)
		}
		if c, err := readChoice(folder); err != nil || c.dir != l.Dir || c.from != l.From || c.cuda != cuda {
			t.Errorf("%+v becomes %+v, %v", l, c, err)
		}
	}
	if err := (&Lib{}).choose(filepath.Join(folder, "none")); err == nil {
		t.Error("a choice was kept in a folder that is not there")
	}
}

// Setup looks at LIBTORCH, at what it fetched, and at Python's, in this order; what will not do is passed over with a word,
// but for LIBTORCH, which somebody has named.
func TestFoundInOrder(t *testing.T) {
	folder, bin := bare(t)
	var said []string
	o := Options{Say: func(line string) { said = append(said, line) }}
	find := func() (*Lib, error) { said = nil; return found(t.Context(), folder, false, o) }
	if l, err := find(); l != nil || err != nil || len(said) > 0 {
		t.Errorf("on a bare machine: %+v, %v, %q", l, err, said)
	}
	python := libtorchtest.Made(t, false)
	script(t, bin, "python3", "exit 1")
	script(t, bin, "python", "echo "+python)
	if l, err := find(); err != nil || l == nil || l.Dir != python || !strings.Contains(l.From, "Python") {
		t.Errorf("with Python's torch: %+v, %v", l, err)
	}
	libtorchtest.Write(t, fetchedAs(folder, false), libtorchtest.Parts(false))
	if l, err := find(); err != nil || l.From != fetchedBySetup {
		t.Errorf("with one that was fetched: %+v, %v", l, err)
	}
	libtorchtest.Write(t, fetchedAs(folder, false), map[string][]byte{"version.py": []byte("__version__ = '2.0.0'\n")})
	if l, err := find(); err != nil || l.Dir != python || len(said) != 1 || !strings.Contains(said[0], "2.0.0") {
		t.Errorf("with a wrong one that was fetched: %+v, %v, %q", l, err, said)
	}
	t.Setenv("LIBTORCH", t.TempDir())
	if l, err := find(); err == nil {
		t.Errorf("with a wrong LIBTORCH: %+v", l)
	}
	t.Setenv("LIBTORCH", "")
	script(t, bin, "python", "echo nowhere/at/all")
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := found(ctx, folder, false, o); !errors.Is(err, context.Canceled) {
		t.Errorf("when it was stopped: %v", err)
	}
}
