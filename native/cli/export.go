package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"ganvas/core/export"
	"ganvas/core/run"
)

type exportCmd struct {
	engineFlags
	weightsFlags
	Weights string `required:"" help:"Checkpoint or generator to give away." placeholder:"FILE"`
	To      string `required:"" enum:"onnx,pytorch,npz" help:"What for: a graph that ONNX runtimes execute (onnx), a folder with a state dict and the class that loads it (pytorch), or NumPy arrays by name (npz)." placeholder:"NAME"`
	Out     string `required:"" help:"File to write, - for stdout; for pytorch a folder, which is made." placeholder:"PATH"`
}

func (c *exportCmd) Run(w *world) error {
	format, err := export.Find(c.To)
	if err != nil {
		return err
	}
	var to output // of a single file
	switch {
	case format.Single && c.Out == stdout:
		if to, err = toStdout(w); err != nil {
			return err
		}
	case format.Single:
		if err := errors.Join(writable(c.Out), apart(c.Out, c.Weights)); err != nil {
			return err
		}
		to = toFile(w, c.Out)
	case c.Out == stdout:
		return fmt.Errorf("--out - is for a single file, and %s is a folder: name it", c.To)
	default:
		to = output{place: "in " + c.Out, words: w.out}
	}
	e, f, err := c.begin(w, c.weightsFlags, c.Weights)
	if err != nil {
		return err
	}
	defer e.Close()
	m, _, err := run.Open(e, f)
	if err != nil {
		return about(c.Weights, err)
	}
	model, err := export.Of(m)
	if err != nil {
		return err
	}
	files, err := format.Files(model)
	if err != nil {
		return err
	}
	if format.Single {
		err = to.write(files[0].Data)
	} else {
		err = writeFolder(c.Out, files)
	}
	if err == nil {
		fmt.Fprintf(to.words, "The generator as %s %s\n", c.To, to.place)
	}
	return err
}

// writeFolder writes files into a folder of their own, in which none of them lies yet.
func writeFolder(dir string, files []export.File) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("%s cannot be made: %w", dir, plainly(err))
	}
	for _, f := range files {
		if _, err := os.Lstat(filepath.Join(dir, f.Name)); !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%s already holds %s: take another folder", dir, f.Name)
		}
	}
	for i, f := range files {
		if err := writeFile(filepath.Join(dir, f.Name), f.Data); err != nil {
			for _, written := range files[:i] { // half of them are of no use, and would be in the way of another try
				err = errors.Join(err, os.Remove(filepath.Join(dir, written.Name)))
			}
			return err
		}
	}
	return nil
}
