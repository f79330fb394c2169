package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ganvas/core/disk"
	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/weights"
)

// mostWeights is how many bytes a file of weights may have: a run of the largest networks has a quarter of that.
const mostWeights = 4 << 30

// changedFlag lets files through that were changed since they were saved.
type changedFlag struct {
	Changed bool `group:"changed" name:"accept-changed" help:"Open weights that were changed on purpose since they were saved: without it they count as damaged."`
}

// file opens a file of weights, which may be of any kind.
func (changedFlag) file(path string) (from *os.File, size int64, err error) {
	from, size, err = disk.Open(path)
	if err != nil && strings.Contains(path, "://") {
		return nil, 0, fmt.Errorf("%s is an address: fetch the file first, and name that", path)
	}
	if err != nil {
		for _, name := range []string{checkpointFile, generatorFile} { // of a run, where its folder was named
			if inside := filepath.Join(path, name); isFile(inside) {
				return nil, 0, fmt.Errorf("%w; did you mean %s?", err, inside)
			}
		}
		return nil, 0, err
	}
	if size > mostWeights {
		from.Close()
		return nil, 0, fmt.Errorf("%s cannot be read: it has %d MB, more than the %d that weights can have", path, size/1e6, mostWeights/1_000_000)
	}
	return from, size, nil
}

// readAll is the whole of a file of that size.
func readAll(path string, size int64) ([]byte, error) {
	from, _, err := disk.Open(path)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	b := make([]byte, size)
	_, err = io.ReadFull(from, b)
	return b, err
}

// read reads a file of weights, whose digest must be that of its content.
func (c changedFlag) read(path string) (*weights.File, error) {
	from, size, err := c.file(path)
	if err != nil {
		return nil, err
	}
	defer from.Close()
	b, err := weights.Read(from, size)
	if err != nil {
		return nil, about(path, insteadOf(path, err))
	}
	decode := weights.Decode
	if c.Changed {
		decode = weights.DecodeChanged
	}
	f, err := decode(b)
	if err != nil {
		return nil, about(path, err)
	}
	return f, nil
}

func isFile(path string) bool {
	is, err := os.Stat(path)
	return err == nil && is.Mode().IsRegular()
}

// about names the file that an error is about, and the way on where the file was changed.
func about(path string, err error) error {
	err = fmt.Errorf("%s: %w", path, err)
	if errors.As(err, new(weights.Damaged)) {
		return fmt.Errorf("%w; take another copy of it, or add --accept-changed if it was changed on purpose", err)
	}
	return err
}

// begin reads the weights that a command is about and opens the engine that it computes on, which the caller closes.
func (f engineFlags) begin(w *world, c weightsFlags, path string) (engine.Engine, *weights.File, error) {
	file, err := c.weights(w, path)
	if err != nil {
		return nil, nil, err
	}
	w.unchecked(path, file)
	e, err := f.open(w)
	return e, file, err
}

// unchecked says that a file of ours is from before there were digests.
func (w *world) unchecked(path string, f *weights.File) {
	if !f.Checked && !f.Accepted && f.Meta["format"] == run.Format {
		fmt.Fprintf(w.err, "%s has no digest, so only damage to the image that it checks itself by would be noticed; what is saved from it has one\n", path)
	}
}
