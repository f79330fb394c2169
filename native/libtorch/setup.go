package libtorch

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Devices are what Setup can be asked to make ready for. Auto is CUDA where the machine has an NVIDIA GPU.
const (
	Auto = "auto"
	CPU  = "cpu"
	CUDA = "cuda"
)

// Options says how Setup goes about it.
type Options struct {
	Device   string
	Say      func(line string)
	Progress func(done, total int64) // bytes fetched, a few times a second
}

// Setup finds a libtorch or fetches one, tries it out, and makes it the one that Ready gives from then on.
func Setup(ctx context.Context, o Options) (*Lib, error) {
	if err := Supported(); err != nil {
		return nil, err
	}
	cuda := o.Device == CUDA || o.Device == Auto && HasGPU()
	if o.Device == CUDA && !HasGPU() {
		return nil, errors.New("this machine has no NVIDIA GPU with a driver: take --cpu")
	}
	if err := CheckCompiler(); err != nil {
		return nil, err
	}
	folder, err := Folder()
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return nil, fmt.Errorf("the folder for libtorch cannot be made: %w", err)
	}
	unlock, err := lock(filepath.Join(folder, "lock"))
	if err != nil {
		return nil, err
	}
	defer unlock()
	if err := removeLeftovers(folder); err != nil {
		return nil, err
	}
	l, err := found(ctx, folder, cuda, o)
	if err == nil && l == nil {
		l, err = fetch(ctx, folder, cuda, o)
	}
	if err != nil {
		return nil, err
	}
	o.Say("taking " + l.String())
	if err := l.try(ctx, folder); err != nil {
		return nil, err
	}
	return l, l.choose(folder)
}

// found looks in the order LIBTORCH, what setup fetched earlier, Python's own torch. A LIBTORCH that will not do is an
// error; of the others, one that will not do is passed over with a word.
func found(ctx context.Context, folder string, cuda bool, o Options) (*Lib, error) {
	if dir := os.Getenv("LIBTORCH"); dir != "" {
		dir, err := filepath.Abs(dir)
		if err != nil {
			return nil, fmt.Errorf("LIBTORCH cannot be used: %w", err)
		}
		return Open(dir, "LIBTORCH", cuda)
	}
	for _, c := range []choice{{dir: fetchedAs(folder, cuda), from: fetchedBySetup}, {dir: fromPython(ctx), from: "Python's torch"}} {
		if _, err := os.Stat(c.dir); c.dir == "" || err != nil {
			continue
		}
		l, err := Open(c.dir, c.from, cuda)
		if err == nil {
			return l, nil
		}
		o.Say("passing over " + c.from + ": " + err.Error())
	}
	return nil, ctx.Err()
}

const fetchedBySetup = "fetched by setup"

// fetchedAs is the folder of the libtorch that setup fetches, laid out as wheels are: torch beside nvidia.
func fetchedAs(folder string, cuda bool) string {
	return filepath.Join(folder, whole(cuda), "torch")
}

func whole(cuda bool) string {
	if cuda {
		return Version + "-cuda"
	}
	return Version + "-cpu"
}

// partial ends the names of folders that are being filled.
const partial = ".partial"

// removeLeftovers clears away what an interrupted setup had unpacked. What it had fetched whole stays and is used again.
func removeLeftovers(folder string) error {
	left, _ := filepath.Glob(filepath.Join(folder, "*"+partial))
	for _, dir := range append(left, filepath.Join(folder, downloads, tmp)) {
		if err := os.RemoveAll(dir); err != nil {
			return fmt.Errorf("the leftover %s of an earlier setup cannot be removed: %w", dir, err)
		}
	}
	return nil
}

// fetch brings the files here, unpacks what is needed of them into a folder of another name and renames it when all is
// there, so that a libtorch is whole or absent.
func fetch(ctx context.Context, folder string, cuda bool, o Options) (*Lib, error) {
	s := source(ctx, cuda)
	o.Say(s.announce(folder))
	if err := checkSpace(folder, s.space()-size(filepath.Join(folder, downloads))); err != nil {
		return nil, err
	}
	files, err := s.fetch(ctx, filepath.Join(folder, downloads), o.Progress)
	if err != nil {
		return nil, err
	}
	o.Say("unpacking")
	part := filepath.Join(folder, whole(cuda)+partial)
	for _, f := range files {
		if err := unpack(ctx, f, part, cuda); err != nil {
			os.RemoveAll(part)
			return nil, noSpace(err)
		}
	}
	final := filepath.Join(folder, whole(cuda))
	if err := os.RemoveAll(final); err != nil {
		return nil, fmt.Errorf("the broken %s cannot be removed: %w", final, err)
	}
	if err := os.Rename(part, final); err != nil {
		return nil, fmt.Errorf("the unpacked libtorch cannot be put in place: %w", err)
	}
	if err := os.RemoveAll(filepath.Join(folder, downloads)); err != nil {
		return nil, fmt.Errorf("the fetched files, now unpacked, cannot be removed: %w", err)
	}
	return Open(fetchedAs(folder, cuda), fetchedBySetup, cuda)
}

// source is pip where there is one, else the official archive.
func source(ctx context.Context, cuda bool) fetcher {
	if python := withPip(ctx); python != "" {
		return wheels{python: python, list: wheelList(cuda), cuda: cuda}
	}
	return archiveFor(cuda)
}

// fetcher is a way to get the files of a libtorch.
type fetcher interface {
	announce(folder string) string
	space() int64 // bytes wanted free
	// fetch returns the paths of zip files in dir, whole and checked.
	fetch(ctx context.Context, dir string, progress func(done, total int64)) ([]string, error)
}

// downloads is where fetched files lie until they are unpacked; tmp is its folder of unfinished ones.
const (
	downloads = "downloads"
	tmp       = "tmp"
)

func noSpace(err error) error {
	if isNoSpace(err) || strings.Contains(strings.ToLower(err.Error()), "no space left") {
		return fmt.Errorf("the disk is full: make room, or put the cache on another disk with XDG_CACHE_HOME, and run setup again (%w)", err)
	}
	return err
}
