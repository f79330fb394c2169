// Package rerun starts the program again, built with the Go toolchain that has SIMD, where that can be had.
package rerun

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	toolchain = "go1.27.3" // has the simd packages
	marker    = "GANVAS_RERUN"
)

// Faster becomes the same program with SIMD and does not return where that works. It returns at once in a program that
// has SIMD already, was started by Faster, does not stand in its sources, or runs on a machine whose SIMD Go does not
// know; and after a word on errs where the faster toolchain cannot be had.
func Faster(args []string, errs io.Writer) {
	if simd || runtime.GOARCH != "amd64" || os.Getenv(marker) != "" {
		return
	}
	root, err := moduleRoot()
	if err != nil {
		return // an installed program: there is nothing to build from
	}
	program, err := build(root, errs)
	if err != nil {
		fmt.Fprintf(errs, "ganvas: without SIMD, so several times slower: %v\n", err)
		return
	}
	become(program, args, errs)
}

// moduleRoot is the folder of this project's sources, when the program was started there.
func moduleRoot() (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Path}} {{.Dir}}").Output()
	if err != nil {
		return "", err
	}
	path, dir, _ := strings.Cut(strings.TrimSpace(string(out)), " ")
	if path != "ganvas" || dir == "" {
		return "", errors.New("not in this project's folder")
	}
	return dir, nil
}

// build brings the program with SIMD up to date; where nothing has changed that takes half a second.
func build(root string, errs io.Writer) (string, error) {
	cache, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	program := filepath.Join(cache, "ganvas", "bin", "native-simd")
	if runtime.GOOS == "windows" {
		program += ".exe"
	}
	if _, err := os.Stat(program); err != nil {
		fmt.Fprintln(errs, "building the program with SIMD, once …")
	}
	cmd := exec.Command("go", "build", "-o", program, "./native")
	cmd.Dir, cmd.Env = root, append(os.Environ(), "GOTOOLCHAIN="+toolchain, "GOEXPERIMENT=simd", "CGO_ENABLED=0")
	var complaint bytes.Buffer
	cmd.Stderr = &complaint
	if err := cmd.Run(); err != nil {
		first, _, _ := strings.Cut(strings.TrimSpace(complaint.String()), "\n")
		return "", fmt.Errorf("%s did not build it: %s", toolchain, first)
	}
	return program, nil
}

// environment marks the new program, so that it does not start yet another.
func environment() []string { return append(os.Environ(), marker+"=1") }
