package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"

	"ganvas/core/disk"
	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/quality/judge"
	"ganvas/core/run"
)

type publishCmd struct {
	engineFlags
	changedFlag
	Weights string `required:"" help:"Checkpoint or generator to hand out." placeholder:"FILE"`
	Name    string `required:"" help:"What to call it: small letters, digits and hyphens." placeholder:"NAME"`
	Dir     string `help:"Folder that holds the files and their list." default:"www/weights"`
	dataFlags
	Count   int    `help:"How many images to measure it by." default:"10000"`
	Moments string `help:"Folder with the generator along its run, from train --tape: makes NAME-tape.safetensors, too." placeholder:"DIR"`
}

// Published is one file of the list that the page offers.
type Published struct {
	Name    string   `json:"name"`
	File    string   `json:"file"`
	Picture string   `json:"picture"` // a few of its images
	Command string   `json:"command"` // that trained it
	Epochs  int      `json:"epochs"`
	Steps   int      `json:"steps"`
	Bytes   int      `json:"bytes"`
	Asked   bool     `json:"asked"`             // it can be asked for a digit, or another class,
	Classes []string `json:"classes,omitempty"` // which these are the names of, where they have any
	Tape    string   `json:"tape,omitempty"`    // the file that replays its run

	Quality *judge.Quality `json:"quality,omitempty"` // as eval measures it at seed 1
	Correct *float64       `json:"correct,omitempty"` // share of images that show the digit asked for
}

const listFile = "list.json"

var nameForm = regexp.MustCompile(`^[a-z0-9][a-z0-9-]{0,40}$`)

// Run writes NAME.safetensors and NAME.png into the folder, and the list of all that lie there.
func (c *publishCmd) Run(w *world) error {
	if !nameForm.MatchString(c.Name) {
		return fmt.Errorf("--name %q: take small letters, digits and hyphens", c.Name)
	}
	if err := c.apart(); err != nil { // before minutes are spent
		return err
	}
	list, err := c.list()
	if err != nil {
		return err
	}
	e, f, err := c.begin(w, weightsFlags{changedFlag: c.changedFlag}, c.Weights)
	if err != nil {
		return err
	}
	defer e.Close()
	out, err := run.Publish(e, f)
	if err != nil {
		return about(c.Weights, err)
	}
	m, in, err := run.Open(e, out)
	if err != nil {
		return err
	}
	var tape []byte
	if c.Moments != "" {
		if tape, err = encodeTape(w, e, out, c.changedFlag, c.Moments, c.file()); err != nil {
			return err
		}
	}
	good, err := evaluate(w, e, m, in, c.dataFlags, c.Count, 1)
	if err != nil {
		return err
	}
	images, err := run.Generate(m, 20, 1, -1)
	if err != nil {
		return err
	}
	picture, err := imgfile.PNG(img.Grid{Sample: m.Data.Sample, Columns: 10, Gap: 2, Scale: 1}, images)
	if err != nil {
		return err
	}
	b, err := out.Encode()
	if err != nil {
		return err
	}
	p := Published{Name: c.Name, File: c.file(), Picture: c.Name + ".png", Command: in.Recipe.Command(), Epochs: in.Recipe.Epochs,
		Steps: in.Step, Bytes: len(b), Asked: in.Recipe.Conditional, Quality: good.Quality, Correct: good.Asked}
	if p.Asked {
		p.Classes = m.Classes
	}
	parts := []written{{p.File, b}, {p.Picture, picture}}
	if tape != nil {
		p.Tape = c.tapeFile()
		parts = append(parts, written{p.Tape, tape})
	}
	if err := c.write(p, parts, list); err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s: %d kB, trained by: %s\n%v", filepath.Join(c.Dir, p.File), len(b)/1000, p.Command, good)
	return nil
}

func (c *publishCmd) file() string     { return c.Name + ".safetensors" }
func (c *publishCmd) tapeFile() string { return c.Name + "-tape.safetensors" }

// apart says that one of the files to write is one of those to read.
func (c *publishCmd) apart() error {
	inputs := []string{c.Weights}
	outputs := []string{c.file()}
	if c.Moments != "" {
		names, err := momentsIn(c.Moments)
		if err != nil {
			return err
		}
		inputs, outputs = append(inputs, names...), append(outputs, c.tapeFile())
	}
	for _, out := range outputs {
		if err := apart(filepath.Join(c.Dir, out), inputs...); err != nil {
			return err
		}
	}
	return nil
}

// list is what lies in the folder already.
func (c *publishCmd) list() (list []Published, err error) {
	path := filepath.Join(c.Dir, listFile)
	b, err := disk.Read(path, 1<<24)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil {
		return nil, fmt.Errorf("the list %s cannot be read: %w", path, err)
	}
	return list, nil
}

// written is a file's name and what is in it.
type written struct {
	name    string
	content []byte
}

// write puts the files in place and the list last, which has them in the order in which they first came.
func (c *publishCmd) write(p Published, parts []written, list []Published) error {
	if err := os.MkdirAll(c.Dir, 0o777); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %w", c.Dir, plainly(err))
	}
	if k := slices.IndexFunc(list, func(o Published) bool { return o.Name == p.Name }); k >= 0 {
		list[k] = p
	} else {
		list = append(list, p)
	}
	all, err := json.MarshalIndent(list, "", " ")
	if err != nil {
		return err
	}
	for _, part := range append(parts, written{listFile, append(all, '\n')}) {
		if err := writeFile(filepath.Join(c.Dir, part.name), part.content); err != nil {
			return err
		}
	}
	return nil
}
