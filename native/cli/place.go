package cli

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"ganvas/core/run"
)

// place is where a run writes, before anything is written.
type place struct {
	path   string
	name   string // of the folder where nobody says it
	named  bool   // by a flag: no other will do
	own    bool   // the checkpoint that goes on lies there, with the rest of its run
	copied string // folder of the run whose pictures, moments and log are taken along; "" for none
}

// place says where the run is to write. A run goes on in its checkpoint's own folder; a new one never begins in a used one.
func (c *trainCmd) place() (p place, err error) {
	p = place{path: c.Out, name: c.name(), named: c.Out != ""}
	if c.Resume != "" {
		home := filepath.Dir(c.Resume)
		whole := filepath.Base(c.Resume) == checkpointFile
		p.own = whole && (c.Out == "" || sameFolder(c.Out, home))
		if p.own {
			p.path, p.named = home, true
		} else if whole {
			p.copied = home
		}
		if c.Overwrite && (p.own || sameFolder(p.path, home)) {
			return p, fmt.Errorf("--overwrite would remove %s, which the run is to go on with: leave it out, or take another folder with --out", c.Resume)
		}
	}
	switch {
	case strings.Contains(c.Out, "://"):
		return p, fmt.Errorf("--out %s is an address: name a folder", c.Out)
	case c.Out == "~" || strings.HasPrefix(c.Out, "~/"):
		return p, fmt.Errorf("--out %s begins with ~, which a shell puts your home folder for, but not within quotes: write that out, or ./%s for a folder of that name", c.Out, c.Out)
	case p.path == "" && c.Overwrite:
		p.path, p.named = filepath.Join("runs", p.name), true
	case p.path == "":
		p.path = freshName("runs", p.name)
	}
	return p, p.free(c.Overwrite)
}

// shown is a path as a line of text has it.
func shown(path string) string {
	if path == "." {
		path, _ = filepath.Abs(path)
	}
	return printable(path, "")
}

// printable is a text without what moves a terminal's cursor, colours it or begins a line, but for what is let through.
func printable(s, but string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && !strings.ContainsRune(but, r) {
			return '\ufffd'
		}
		return r
	}, s)
}

// free says why a run cannot begin in the place.
func (p place) free(overwrite bool) error {
	about, err := os.Stat(p.path)
	if err == nil && !about.IsDir() {
		return fmt.Errorf("--out %s is a file: name a folder", p.path)
	}
	left := used(p.path)
	if p.own || overwrite || len(left) == 0 {
		return nil
	}
	checkpoint := filepath.Join(p.path, checkpointFile)
	if _, err := os.Stat(checkpoint); err != nil {
		return fmt.Errorf("a run already lies in %s (%s): take another folder with --out, or remove that run with --overwrite", p.path, filepath.Base(left[0]))
	}
	return fmt.Errorf("a run already lies in %s: go on with it by --resume %s, take another folder with --out, or remove that run with --overwrite", p.path, quote(checkpoint))
}

// name is what a run's folder is called where nobody says it.
func (c *trainCmd) name() string {
	if c.Resume != "" {
		return strings.TrimSuffix(filepath.Base(c.Resume), filepath.Ext(c.Resume))
	}
	if c.Preset != "" {
		return c.Preset
	}
	return "classic"
}

// hold takes the place for this run. A folder that nobody named and that somebody else took meanwhile is left for another.
func (p *place) hold(overwrite bool) (*runFolder, error) {
	for {
		f, err := holdFolder(p.path)
		if err == nil {
			if err = p.free(overwrite); err == nil {
				return f, nil
			}
			f.release()
		} else if !errors.As(err, new(errHeld)) {
			return nil, err
		}
		if p.named {
			return nil, err
		}
		p.path = freshName("runs", p.name)
	}
}

// ready makes the folder as it was when the checkpoint was made: what is half written goes, and so does what came after it;
// a run that goes on elsewhere takes along what it had.
func (f *runFolder) ready(p place, t *run.Trainer) error {
	f.sweep()
	from := p.copied
	switch {
	case p.own:
		from = f.path
	default:
		if err := f.clear(); err != nil {
			return err
		}
	}
	if from == "" {
		return nil
	}
	for _, kept := range []struct {
		folder, form string
		upTo         int
	}{{samplesFolder, pictureForm, t.Steps() / t.StepsPerEpoch()}, {momentsFolder, momentForm, t.Steps()}} {
		if err := f.takeAlong(filepath.Join(from, kept.folder), kept.folder, kept.form, kept.upTo, p.own); err != nil {
			return err
		}
	}
	b, err := os.ReadFile(filepath.Join(from, logFile))
	if err != nil {
		return nil // a checkpoint by itself
	}
	cut := cutLog(b, t)
	if p.own && bytes.Equal(cut, b) {
		return nil
	}
	return writeFile(f.file(logFile), cut)
}

// takeAlong copies the numbered files of a folder up to that number; where the run stays, it removes the later ones.
func (f *runFolder) takeAlong(from, to, form string, upTo int, stays bool) error {
	entries, err := os.ReadDir(from)
	if err != nil {
		return nil // there are none
	}
	for _, e := range entries {
		n := 0
		if _, err := fmt.Sscanf(e.Name(), form, &n); err != nil || fmt.Sprintf(form, n) != e.Name() {
			continue
		}
		switch path := filepath.Join(from, e.Name()); {
		case stays && n > upTo:
			err = os.Remove(path)
		case !stays && n <= upTo:
			var b []byte
			if b, err = os.ReadFile(path); err == nil {
				err = f.put(filepath.Join(to, e.Name()), b)
			}
		}
		if err != nil {
			return fmt.Errorf("the run's earlier files cannot be brought in order: %w", err)
		}
	}
	return nil
}

// put writes a file of the run, in a folder that is made if need be.
func (f *runFolder) put(name string, b []byte) error {
	path := f.file(name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %w", filepath.Dir(path), plainly(err))
	}
	return writeFile(path, b)
}
