package rerun

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// kept is how many builds stay in the cache.
const kept = 4

// build compiles into path, which appears only when it is whole.
func (p *program) build(ctx context.Context, v variant, b Build, path string, errs io.Writer) error {
	if err := os.MkdirAll(p.cache, 0o777); err != nil {
		return fmt.Errorf("the built program has no place: %w", err)
	}
	part, err := os.MkdirTemp(p.cache, "build-")
	if err != nil {
		return fmt.Errorf("the built program has no place: %w", err)
	}
	defer os.RemoveAll(part)
	args := []string{"build", "-buildvcs=false", "-o", filepath.Join(part, filepath.Base(path))}
	if len(b.Tags) > 0 {
		args = append(args, "-tags", strings.Join(b.Tags, ","))
	}
	cmd := exec.CommandContext(ctx, "go", append(args, p.pkg)...)
	cmd.Dir = p.root
	cmd.Env = append(append(os.Environ(), v.env...), b.Env...)
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = 5 * time.Second
	was := p.was(v, b)
	what, patience := p.what(b, was)
	stop := tick(errs, what, patience)
	out, err := cmd.CombinedOutput()
	stop()
	if ctx.Err() != nil {
		return fmt.Errorf("compiling was stopped; what is compiled so far is kept: %w", ctx.Err())
	}
	if err != nil {
		return p.failed(out, err)
	}
	if err := os.WriteFile(was, nil, 0o666); err != nil {
		return fmt.Errorf("the cache folder cannot be written: %w", err)
	}
	return p.place(part, filepath.Dir(path))
}

// what is said while the compiler works, and after how long. The parts that take minutes are compiled once: the go
// command keeps them, so that a change of this program's own source costs seconds.
func (p *program) what(b Build, was string) (string, time.Duration) {
	if _, err := os.Stat(was); err == nil {
		return "compiling", time.Second
	}
	if b.Long != "" {
		return "compiling " + b.Long, 0
	}
	return "compiling for this processor, once, which takes about a minute", time.Second
}

// was is the file that says that a build with those tags and that environment has been made before.
func (p *program) was(v variant, b Build) string {
	return filepath.Join(p.cache, "compiled-"+digest(setting(v.version, b)))
}

// Compiled reports whether the running program has been built so before, perhaps from an earlier state of its source, so
// that what takes minutes need not be compiled again.
func Compiled(b Build) bool {
	p, err := here()
	return err == nil && p.compiled(b)
}

func (p *program) compiled(b Build) bool {
	return slices.ContainsFunc(variants(), func(v variant) bool {
		_, err := os.Stat(p.was(v, b))
		return err == nil
	})
}

// place renames the folder. One that another start put there meanwhile does as well.
func (p *program) place(part, folder string) error {
	if err := os.Rename(part, folder); err != nil {
		if _, there := os.Stat(folder); there != nil {
			return fmt.Errorf("the built program cannot be put in place: %w", err)
		}
	}
	return nil
}

// failed keeps the compiler's whole output in a file and names its first error.
func (p *program) failed(out []byte, err error) error {
	why := reason(out, err)
	if strings.Contains(string(out), "no space left") {
		return fmt.Errorf("the program cannot be compiled, since the disk is full: make room, then start again")
	}
	log := filepath.Join(p.cache, "compile.log")
	if os.WriteFile(log, out, 0o666) != nil {
		return fmt.Errorf("the program cannot be compiled: %s", why)
	}
	return fmt.Errorf("the program cannot be compiled: %s (all of it is in %s)", why, log)
}

// prune removes the builds longest unused, and what interrupted ones left behind.
func (p *program) prune() {
	entries, err := os.ReadDir(p.cache)
	if err != nil {
		return
	}
	type old struct {
		path string
		used time.Time
	}
	var builds []old
	for _, e := range entries {
		info, err := e.Info()
		if err != nil || !e.IsDir() {
			continue
		}
		if path := filepath.Join(p.cache, e.Name()); !strings.HasPrefix(e.Name(), "build-") {
			builds = append(builds, old{path, info.ModTime()})
		} else if time.Since(info.ModTime()) > 24*time.Hour {
			os.RemoveAll(path)
		}
	}
	slices.SortFunc(builds, func(a, b old) int { return b.used.Compare(a.used) })
	for _, b := range builds[min(kept, len(builds)):] {
		os.RemoveAll(b.path)
	}
}
