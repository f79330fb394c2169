// Package site builds the page: its WebAssembly programs, the kernel modules, the data and everything in www, as a
// folder that any web server can serve.
package site

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"ganvas/core/config"
	"ganvas/core/data/mnist"
	"ganvas/core/quality/judge/trained"
	"ganvas/wasm/kernel"
	"ganvas/www/serve"
)

// Builder builds the page of the module in Root into Dir, again and again: what has not changed is left alone.
type Builder struct {
	Root  string // the module's folder
	Dir   string // the site's
	Peers bool   // bring other libraries in, for the benchmark page to compare with
	Small bool   // compress as far as it goes, which takes a minute: for a site that is built once and visited often
	Say   func(format string, args ...any)

	written map[string]bool // paths below Dir that belong to the site
}

// programs is the table of WebAssembly programs, and the build tags that they are made with. Those that are asked for are fetched
// only by a page that needs them: the trainer that can compute on the visitor's GPU, and what reads and writes other programs' files.
var programs = []struct {
	file, pkg, tags string
	asked           bool
}{
	{"trainer.wasm", "./wasm/trainer", "", false},
	{"trainer.gpu.wasm", "./wasm/trainer", "gpu", true},
	{"converter.wasm", "./wasm/converter", "", true},
	{"studio.wasm", "./wasm/studio", "", false},
}

// asked reports whether a file of the site is a program that only some pages need.
func asked(name string) bool {
	for _, p := range programs {
		if p.file == name {
			return p.asked
		}
	}
	return false
}

// Build brings the site up to date.
func (b *Builder) Build(ctx context.Context) error {
	b.written = map[string]bool{}
	if err := os.MkdirAll(b.Dir, 0o777); err != nil {
		return fmt.Errorf("the site's folder cannot be made: %w", err)
	}
	tools, err := findTools(ctx, b.Root, b.Say)
	if err != nil {
		return err
	}
	for _, p := range programs {
		if err := b.program(ctx, tools, p.file, p.pkg, p.tags); err != nil {
			return err
		}
	}
	steps := []func() error{
		func() error { return b.copyFile(tools.wasmExec(), "wasm_exec.js") },
		func() error { return b.write("kernel.relaxed.wasm", kernel.Module(true)) },
		func() error { return b.write("kernel.strict.wasm", kernel.Module(false)) },
		func() error { return b.write("kernel.exchange.wasm", kernel.ExchangeModule()) },
		func() error { return b.write("config.json", config.Describe()) },
		func() error { return b.write("judge.safetensors", trained.File) },
		func() error { return b.digits(ctx) },
		func() error { return b.peers(ctx) },
		func() error { return b.pages() },
		func() error { return b.hosts() },
		func() error { return b.licences(ctx, tools) },
		func() error { return b.worker() }, // knows what the others wrote
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	if err := b.compress(ctx); err != nil {
		return err
	}
	return b.sweep()
}

// digits brings the training files in.
func (b *Builder) digits(ctx context.Context) error {
	dir, err := mnist.Dir(ctx)
	if err != nil {
		return err
	}
	for _, name := range mnist.Files {
		if err := b.copyFile(filepath.Join(dir, name), filepath.Join("data", name)); err != nil {
			return err
		}
	}
	return nil
}

// notAsked are files that static hosts read and no page asks for.
var notAsked = []string{"_headers", ".nojekyll", "404.html"}

// hosts writes what common static hosts look for: the headers to send, that no file is theirs to change, and, copied by pages, what an
// address without a file shows.
func (b *Builder) hosts() error {
	if err := b.write("_headers", []byte(serve.StaticHeaders(b.Peers))); err != nil {
		return err
	}
	return b.write(".nojekyll", nil)
}

// pages copies what www holds but for its Go packages.
func (b *Builder) pages() error {
	from := filepath.Join(b.Root, "www")
	return filepath.WalkDir(from, func(path string, d os.DirEntry, err error) error {
		if err != nil {
			return fmt.Errorf("reading www: %w", err)
		}
		if d.IsDir() {
			if goFiles, _ := filepath.Glob(filepath.Join(path, "*.go")); len(goFiles) > 0 {
				return filepath.SkipDir
			}
			return nil
		}
		name, err := filepath.Rel(from, path)
		if err != nil || name == workerFile {
			return err
		}
		return b.copyFile(path, name)
	})
}

// copyFile puts a file into the site unless the same is there.
func (b *Builder) copyFile(from, name string) error {
	content, err := os.ReadFile(from)
	if err != nil {
		return fmt.Errorf("a part of the site is missing: %w", err)
	}
	return b.write(name, content)
}

// write puts content under name unless it is there already.
func (b *Builder) write(name string, content []byte) error {
	to := filepath.Join(b.Dir, name)
	b.written[filepath.ToSlash(name)] = true
	if same(to, content) {
		return nil
	}
	if err := os.MkdirAll(filepath.Dir(to), 0o777); err != nil {
		return fmt.Errorf("the site cannot be written: %w", err)
	}
	return replace(to, content)
}

func same(path string, content []byte) bool {
	s, err := os.Stat(path)
	if err != nil || s.Size() != int64(len(content)) {
		return false
	}
	there, err := os.ReadFile(path)
	return err == nil && string(there) == string(content)
}

// replace writes a file whole or not at all.
func replace(path string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".part-*")
	if err != nil {
		return fmt.Errorf("the site cannot be written: %w", err)
	}
	_, err = f.Write(content)
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		os.Remove(f.Name())
		return fmt.Errorf("the site cannot be written: %w", err)
	}
	return nil
}

// sweep removes what an earlier build left and this one has no use for. Only a folder that this program made is swept.
func (b *Builder) sweep() error {
	if _, err := os.Stat(filepath.Join(b.Dir, manifestFile)); err != nil {
		return nil
	}
	return filepath.WalkDir(b.Dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, err := filepath.Rel(b.Dir, path)
		if err != nil || b.written[filepath.ToSlash(name)] {
			return err
		}
		return os.Remove(path)
	})
}

// Claim checks that dir may become the site: it is empty, absent, or a site that was built before.
func Claim(dir string) error {
	d, err := os.Open(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("the site's folder cannot be used: %w", err)
	}
	defer d.Close()
	if _, err := d.Readdirnames(1); errors.Is(err, io.EOF) {
		return nil
	} else if err != nil {
		return fmt.Errorf("the site's folder cannot be used: %w", err)
	}
	if _, err := os.Stat(filepath.Join(dir, manifestFile)); err != nil {
		return fmt.Errorf("%s holds files that are not a site of this program: name an empty or new folder", dir)
	}
	return nil
}
