package cli

import (
	"fmt"
	"os"
	"strings"
	"time"

	"ganvas/native/libtorch"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

type setupCmd struct {
	CPU  bool `help:"For the CPU, also where there is a GPU." xor:"device"`
	CUDA bool `help:"For an NVIDIA GPU." xor:"device"`
	Env  bool `help:"Only print the variables that a build with the libtorch that is ready needs, for a shell."`
}

func (c *setupCmd) device() string {
	switch {
	case c.CPU:
		return libtorch.CPU
	case c.CUDA:
		return libtorch.CUDA
	}
	return libtorch.Auto
}

// Run makes libtorch ready; then the program built with it, in this one's place, runs Run again and tries it.
func (c *setupCmd) Run(w *world) error {
	if c.Env {
		return c.env(w)
	}
	if product != nil {
		return c.try(w)
	}
	f := fetching{w: w}
	lib, err := libtorch.Setup(w.ctx, libtorch.Options{Device: c.device(), Say: f.say, Progress: f.progress})
	f.done()
	if err != nil {
		return err
	}
	if err := w.rebuilt(lib); err != nil {
		return err
	}
	fmt.Fprintln(w.out, "libtorch is ready; this program stays without it, since it does not stand in the project's folder.")
	return nil
}

// env prints one assignment a line.
func (c *setupCmd) env(w *world) error {
	lib, err := libtorch.Ready()
	if err != nil {
		return err
	}
	env, err := lib.Environment()
	if err != nil {
		return err
	}
	for _, e := range env {
		name, value, _ := strings.Cut(e, "=")
		fmt.Fprintf(w.out, "export %s='%s'\n", name, strings.ReplaceAll(value, "'", `'\''`))
	}
	return nil
}

// try computes something.
func (c *setupCmd) try(w *world) error {
	device := "cpu"
	if lib, err := libtorch.Ready(); err == nil && lib.CUDA && !c.CPU {
		device = "cuda"
	}
	said, err := product(device)
	if err != nil {
		return err
	}
	fmt.Fprintf(w.out, "%s. libtorch is ready: go run ./native train --engine torch\n", said)
	if device == "cpu" {
		fmt.Fprintln(w.out, "Without --engine torch the Go engine goes on computing, which is faster on a CPU.")
	}
	return nil
}

// fetching tells a person how setup gets on.
type fetching struct {
	w    *world
	p    *mpb.Progress
	bar  *mpb.Bar
	last time.Time
}

func (f *fetching) say(line string) {
	f.done()
	fmt.Fprintln(f.w.err, line)
}

func (f *fetching) progress(done, total int64) {
	if file, ok := f.w.err.(*os.File); ok && terminal(file) {
		if f.bar == nil {
			f.p = mpb.New(mpb.WithOutput(f.w.err))
			f.bar = f.p.AddBar(total, mpb.PrependDecorators(decor.CountersKiloByte("% .0f / % .0f ")),
				mpb.AppendDecorators(decor.AverageSpeed(decor.SizeB1000(0), " % .1f "), decor.AverageETA(decor.ET_STYLE_GO)))
		}
		f.bar.SetCurrent(done)
		return
	}
	if time.Since(f.last) >= lineEvery {
		f.last = time.Now()
		fmt.Fprintf(f.w.err, "%d of %d MB\n", done/1e6, total/1e6)
	}
}

// done ends the bar, if there is one.
func (f *fetching) done() {
	if f.bar != nil {
		f.bar.Abort(false)
		f.p.Wait()
		f.bar = nil
	}
}
