package site

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// fastToolchain has the simd packages that the experiment turns on.
const fastToolchain = "go1.27.3"

// tools is the Go toolchain that builds the WebAssembly programs.
type tools struct {
	root   string // the module's folder
	goroot string
	env    []string // over the process's own
}

// findTools takes the toolchain with SIMD, or says why not and takes the one at hand.
func findTools(ctx context.Context, root string, say func(string, ...any)) (*tools, error) {
	t := &tools{root: root, env: []string{"GOTOOLCHAIN=" + fastToolchain, "GOEXPERIMENT=simd,nojsonv2"}}
	err := t.find(ctx)
	if err == nil {
		return t, nil
	}
	say("without Go's SIMD: %s cannot be had (%v); the kernel modules still bring SIMD", fastToolchain, err)
	t.env = []string{"GOEXPERIMENT="}
	return t, t.find(ctx)
}

func (t *tools) find(ctx context.Context) error {
	out, err := t.run(ctx, "env", "GOROOT")
	t.goroot = strings.TrimSpace(out)
	return err
}

// run runs the go command in the module's folder.
func (t *tools) run(ctx context.Context, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, "go", args...)
	cmd.Dir, cmd.Env = t.root, append(os.Environ(), t.env...)
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return "", errors.New("the go command is not on the PATH")
	case err != nil:
		return "", fmt.Errorf("go %s: %s", args[0], lastLines(complaint.String(), err))
	}
	return out.String(), nil
}

// lastLines is the end of what a command complained, or its error.
func lastLines(s string, err error) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	if lines[0] == "" {
		return err.Error()
	}
	return strings.Join(lines[max(0, len(lines)-5):], "\n")
}

// wasmExec is the loader that belongs to this toolchain.
func (t *tools) wasmExec() string { return filepath.Join(t.goroot, "lib", "wasm", "wasm_exec.js") }

// wordy is packages that read and write text: what they call is not copied into each caller, since their speed is of no
// concern and that takes 2 % off the trainer.
var wordy = []string{"encoding/json", "fmt", "internal/strconv", "reflect", "strconv"}

// program builds one WebAssembly program, without symbols, and puts it into the site if it is another than the one there.
func (b *Builder) program(ctx context.Context, t *tools, file, pkg, tags string) error {
	b.Say("building %s", file)
	linked := filepath.Join(b.Dir, ".linked-"+file)
	defer os.Remove(linked)
	js := *t
	js.env = append([]string{"GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0"}, t.env...)
	args := []string{"build", "-trimpath", "-ldflags", "-s -w", "-tags", tags, "-o", linked}
	for _, name := range wordy {
		args = append(args, "-gcflags="+name+"=-l")
	}
	if _, err := js.run(ctx, append(args, pkg)...); err != nil {
		return err
	}
	return b.copyFile(linked, file)
}

// Root is the module's folder, from any folder inside it.
func Root(ctx context.Context) (string, error) {
	t := &tools{}
	out, err := t.run(ctx, "list", "-m", "-f", "{{.Path}} {{.Dir}}")
	if err != nil {
		return "", err
	}
	path, dir, _ := strings.Cut(strings.TrimSpace(out), " ")
	if path != "ganvas" || dir == "" {
		return "", errors.New("this is not the module ganvas: change into its folder first")
	}
	return dir, nil
}
