package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/foreign"
	"ganvas/core/weights"
	"ganvas/core/weights/pth"
)

// foreignFlags say what other programs' weights do not tell.
type foreignFlags struct {
	Part    string `group:"foreign" help:"Of weights that PyTorch saved: which network of the file, by what its names begin with." placeholder:"NAME"`
	Hidden  string `group:"foreign" help:"Activation between layers: relu, leaky:SLOPE, tanh, sigmoid or none." placeholder:"NAME"`
	BNEps   string `group:"foreign" name:"bn-eps" help:"BatchNorm's eps: of all, or of each in turn with commas between them." placeholder:"N"`
	Range   string `group:"foreign" help:"Values of the pictures: -1..1 (by tanh), 0..1 (by a sigmoid), another FROM..TO as the last layer gives it, or none for -1..1 as it gives it." placeholder:"FROM..TO"`
	Labels  string `group:"foreign" help:"Where the label stands beside the noise: first or last." placeholder:"PLACE"`
	Classes *int   `group:"foreign" help:"How many values beside the noise are a one-hot label; 0 for none." placeholder:"N"`
	Size    string `group:"foreign" help:"Size of the pictures: a side, or CHANNELSxHEIGHTxWIDTH." placeholder:"N|CxHxW"`
	Strides string `group:"foreign" help:"Strides of the transposed convolutions in turn, such as 1,2,2." placeholder:"N,N,…"`
}

func (f foreignFlags) settings() foreign.Settings {
	return foreign.Settings{Part: f.Part, Hidden: f.Hidden, BNEps: f.BNEps, Range: f.Range, Labels: f.Labels, Classes: f.Classes, Size: f.Size, Strides: f.Strides}
}

// any reports whether some of the flags were given.
func (f foreignFlags) any() bool { return f.settings() != foreign.Settings{} }

// weightsFlags are for commands that read weights of this program's or of others'.
type weightsFlags struct {
	changedFlag
	foreignFlags
}

// weights reads a file of weights, whoever made it, and says what was understood of one of another program.
func (c weightsFlags) weights(w *world, path string) (*weights.File, error) {
	from, size, err := c.file(path)
	if err != nil {
		return nil, err
	}
	works := w.busy("reading " + path)
	defer works.end()
	head := make([]byte, min(size, 512))
	_, err = io.ReadFull(from, head)
	from.Close()
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, plainly(err))
	}
	var tensors foreign.Tensors
	if pth.Is(head) {
		if tensors, err = readPTH(path, size); err != nil {
			return nil, about(path, err)
		}
	} else {
		f, err := c.read(path)
		if err != nil {
			return nil, err
		}
		if !run.Foreign(f) {
			if c.any() {
				return nil, fmt.Errorf("%s says of itself what it is, so --part, --hidden, --bn-eps, --range, --labels, --classes, --size and --strides have nothing to say of it: leave them out", path)
			}
			return f, nil
		}
		tensors = foreign.Tensors{All: f.Tensors, Sorted: true}
	}
	found, err := foreign.Read(tensors, c.settings())
	if err != nil {
		return nil, about(path, err)
	}
	works.end() // before anything is said
	if err := foreign.Advise(cpu.New(engine.Solo{}), tensors, c.settings(), found); err != nil {
		return nil, about(path, err)
	}
	fmt.Fprintln(w.err, understood(path, found))
	if advice := better(found); advice != "" {
		fmt.Fprintln(w.err, advice)
	}
	return found.File, nil
}

// understood is one line on what was read from another program's weights.
func understood(path string, f *foreign.Found) string {
	said := make([]string, len(f.Guesses))
	for i, g := range f.Guesses {
		said[i] = "--" + flagOf[g.What] + " " + g.Value
	}
	return fmt.Sprintf("%s holds %s. Its weights do not tell %s: set what is otherwise.", path, f.Says, strings.Join(said, ", "))
}

// better is one line on settings that would mend what the samples' statistics are; nothing where they are as they should be.
func better(f *foreign.Found) string {
	var flags []string
	for _, g := range f.Guesses {
		if g.Better != "" {
			flags = append(flags, "--"+flagOf[g.What]+" "+g.Better)
		}
	}
	if len(flags) == 0 {
		return ""
	}
	return "Its samples' statistics are absurd so; they would not be with " + strings.Join(flags, " ") + "."
}

// flagOf is the flag of each setting that a guess can be of.
var flagOf = map[string]string{"hidden": "hidden", "bnEps": "bn-eps", "range": "range", "labels": "labels", "classes": "classes", "size": "size", "strides": "strides"}

func readPTH(path string, size int64) (t foreign.Tensors, err error) {
	b, err := readAll(path, size)
	if err != nil {
		return t, err
	}
	f, err := pth.Decode(b)
	if errors.Is(err, pth.ErrOtherZIP) {
		err = fmt.Errorf("%w; pictures or numbers in an archive are to train on, by train --data", err)
	}
	if err != nil {
		return t, err
	}
	return foreign.Tensors{All: f.Tensors}, nil
}
