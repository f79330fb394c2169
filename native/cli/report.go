package cli

import (
	"fmt"
	"io"
	"os"
	"time"

	"ganvas/core/loss"
	"ganvas/core/run"
	"ganvas/core/wire"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
)

// reporter tells a person how the run goes.
type reporter interface {
	step(p wire.Point)
	event(e wire.Event)
	say(line string)
	done()
}

func newReporter(w *world, t *run.Trainer, plain bool) reporter {
	l := lines{w: w.err, t: t, began: time.Now(), from: t.Steps()}
	if f, ok := w.err.(*os.File); !ok || plain || !terminal(f) {
		return &l
	}
	return newBar(l)
}

// terminal reports whether a file is one to read from, which the device that throws all away is not.
func terminal(f *os.File) bool {
	s, err := f.Stat()
	if err != nil || s.Mode()&os.ModeCharDevice == 0 {
		return false
	}
	none, err := os.Stat(os.DevNull)
	return err != nil || !os.SameFile(s, none)
}

// lines writes one line every few seconds.
type lines struct {
	w     io.Writer
	t     *run.Trainer
	began time.Time
	last  time.Time
	from  int // the run's step when this program took it up
	point wire.Point
}

const lineEvery = 10 * time.Second

func (l *lines) step(p wire.Point) {
	l.point = p
	if time.Since(l.last) >= lineEvery {
		l.last = time.Now()
		l.line()
	}
}

func (l *lines) line() {
	total := l.t.GAN.Recipe.Epochs * l.t.StepsPerEpoch()
	rate := float64(l.t.Steps()-l.from) / time.Since(l.began).Seconds()
	left := time.Duration(float64(total-l.t.Steps()) / rate * float64(time.Second)).Round(time.Second)
	fmt.Fprintf(l.w, "epoch %d/%d  step %d/%d  %.1f steps/s  %v left  %s\n",
		l.t.Epoch(), l.t.GAN.Recipe.Epochs, l.t.Steps(), total, rate, left, l.losses())
}

func (l *lines) losses() string {
	p, grown := l.point, ""
	if g := l.t.GAN; g.Grows() {
		grown = fmt.Sprintf("%d×%d %.0f %%  ", g.Side(), g.Side(), 100*g.FadeIn())
	}
	if p.SReal != 0 || p.SFake != 0 { // scores of a critic
		p.PReal, p.PFake = p.SReal, p.SFake
	}
	return grown + fmt.Sprintf("loss D %.3f G %.3f  D(x) %.2f D(G(z)) %.2f", p.LossD, p.LossG, p.PReal, p.PFake)
}

func (l *lines) event(e wire.Event) {
	tell(l.w, e)
}

func (l *lines) say(line string) { fmt.Fprintln(l.w, line) }

// tell writes the events that a person wants to read between the lines.
func tell(w io.Writer, e wire.Event) {
	switch e.Type {
	case wire.Started:
		fmt.Fprintf(w, "%s, %d threads; generator %d weights, discriminator %d\n", e.Engine, e.Threads, e.Weights.G, e.Weights.D)
		if row, err := loss.Find(e.Recipe.Loss); err == nil {
			fmt.Fprintln(w, row.Says)
		}
	case wire.Diagnosed:
		fmt.Fprintf(w, "step %d: %s\n", e.Step, e.Says)
	}
}

func (l *lines) done() {
	if l.t.Steps() > l.from {
		l.line()
	}
}

// bar draws a progress bar on a terminal.
type bar struct {
	lines
	p   *mpb.Progress
	bar *mpb.Bar
}

func newBar(l lines) *bar {
	b := &bar{lines: l, p: mpb.New(mpb.WithOutput(l.w), mpb.WithRefreshRate(200*time.Millisecond))}
	total := l.t.GAN.Recipe.Epochs * l.t.StepsPerEpoch()
	b.bar = b.p.AddBar(int64(total),
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string {
			return fmt.Sprintf("epoch %d/%d ", b.t.Epoch(), b.t.GAN.Recipe.Epochs)
		}), decor.CountersNoUnit("step %d/%d ")),
		mpb.AppendDecorators(decor.AverageSpeed(0, " %.1f steps/s "), decor.AverageETA(decor.ET_STYLE_GO),
			decor.Any(func(decor.Statistics) string { return " left  " + b.losses() })))
	b.bar.SetCurrent(int64(l.from))
	return b
}

func (b *bar) step(p wire.Point) {
	b.point = p
	b.bar.SetCurrent(int64(b.t.Steps()))
}

func (b *bar) event(e wire.Event) { tell(b.p, e) } // above the bar

func (b *bar) say(line string) { fmt.Fprintln(b.p, line) }

func (b *bar) done() {
	b.bar.Abort(false)
	b.p.Wait()
}
