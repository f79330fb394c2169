package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"ganvas/core/near"
)

// output is where a command's result goes.
type output struct {
	place string // in words
	write func(b []byte) error
	words io.Writer // for what is said beside it
}

// stdout is the name that stands for standard output.
const stdout = "-"

// output is where generate writes to, and in which format, by its ending.
func (c *generateCmd) output(w *world) (o output, ending string, err error) {
	switch {
	case c.Format != "":
		ending = "." + strings.ToLower(c.Format)
	case c.Out == stdout:
		ending = ".png"
	default:
		ending = strings.ToLower(filepath.Ext(c.Out))
	}
	if _, ok := formats[ending]; !ok && c.Format != "" {
		return o, "", fmt.Errorf("--format is %q: it must be one of png, gif, npy%s", c.Format, near.Ask(c.Format, []string{"png", "gif", "npy"}))
	} else if !ok {
		return o, "", fmt.Errorf("--out %s: the ending must be .png, .gif or .npy, or --format must say what to write", c.Out)
	}
	if c.Scale < 0 || c.Scale > 64 {
		return o, "", fmt.Errorf("scale is %d: it must be from 1 to 64", c.Scale)
	}
	if c.Out != stdout {
		if err := errors.Join(writable(c.Out), apart(c.Out, c.Weights, c.Tape)); err != nil {
			return o, "", err
		}
		return toFile(w, c.Out), ending, nil
	}
	o, err = toStdout(w)
	return o, ending, err
}

func toFile(w *world, path string) output {
	return output{"in " + path, func(b []byte) error { return writeFile(path, b) }, w.out}
}

func toStdout(w *world) (o output, err error) {
	to := w.out
	if k, ok := to.(*results); ok {
		to = k.to
	}
	if f, ok := to.(*os.File); ok && terminal(f) {
		return o, errors.New("--out - would write bytes into the terminal: send them on, as in --out - > FILE")
	}
	return output{"on stdout", func(b []byte) error {
		if _, err := w.out.Write(b); err != nil {
			return fmt.Errorf("stdout cannot be written: %w", plainly(err))
		}
		return nil
	}, w.err}, nil
}
