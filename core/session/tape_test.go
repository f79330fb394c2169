package session_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/tape"
	"ganvas/core/weights"
)

// taped is a finished run of 40 steps, its generator as a file, and its tape with the generator after 7 and 20 steps as
// they were.
func taped(t *testing.T) (generator, reel []byte, states [][]weights.Tensor) {
	t.Helper()
	tr := runtest.Trainer(t, runtest.Small(t, "epochs=4"), runtest.Digits(t, 100))
	keep := func() *weights.File {
		f, err := run.GeneratorFile(tr.GAN, tr.Steps(), tr.Images())
		if err != nil {
			t.Fatal(err)
		}
		s, err := run.GeneratorState(f)
		if err != nil {
			t.Fatal(err)
		}
		states = append(states, s)
		return f
	}
	keep()
	runtest.Steps(t, tr, 7)
	keep()
	runtest.Steps(t, tr, 13)
	keep()
	runtest.Steps(t, tr, 20)
	last := keep()
	mark, err := tape.Mark(states[3])
	if err != nil {
		t.Fatal(err)
	}
	f := &weights.File{Meta: map[string]string{"format": tape.Format, "generator": mark},
		Tensors: []weights.Tensor{weights.FromI64(tape.Steps, []int{4}, []int64{0, 7, 20, 40})}}
	for k := 1; k < 3; k++ {
		for _, x := range states[k] {
			x.Name = tape.Moment(k) + x.Name
			f.Tensors = append(f.Tensors, x)
		}
	}
	if generator, err = last.Encode(); err != nil {
		t.Fatal(err)
	}
	if reel, err = f.Encode(); err != nil {
		t.Fatal(err)
	}
	return generator, reel, states
}

// A session goes along a tape and draws what the generator drew there; training on goes on from the end.
func TestSessionReplaysATape(t *testing.T) {
	generator, reel, states := taped(t)
	p, plain := newPage(t, 1, runtest.Digits(t, 100)), newPage(t, 1, runtest.Digits(t, 100))
	for _, q := range []*page{p, plain} {
		q.must(&session.Load{File: generator, Paused: true})
	}
	if _, err := p.ask(&session.Place{Place: 1}); err == nil || !strings.Contains(err.Error(), "open one first") {
		t.Errorf("without a tape: %v", err)
	}
	opened := p.must(&session.Tape{File: reel})
	if got := opened.Data.(session.Moments).Steps; !slices.Equal(got, []int{0, 7, 20, 40}) {
		t.Errorf("the tape has moments at %v", got)
	}
	drawn := func(q *page) []byte {
		return q.must(&session.Generate{Count: 3, Seed: 2, Digit: -1}).Bytes
	}
	images := map[float64][]byte{}
	for _, place := range []float64{3, 1, 1.5, 0, 2} {
		a := p.must(&session.Place{Place: place})
		if want := map[float64]int{0: 0, 1: 7, 1.5: 14, 2: 20, 3: 40}[place]; a.Data.(session.At).Step != want {
			t.Errorf("place %v is step %v, not %d", place, a.Data.(session.At).Step, want)
		}
		images[place] = drawn(p)
	}
	m := runtest.Trainer(t, runtest.Small(t, "epochs=4"), runtest.Digits(t, 100)).GAN
	for k, s := range states {
		if err := m.Shown().Load(s); err != nil {
			t.Fatal(err)
		}
		want, err := run.Generate(m, 3, 2, -1)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(images[float64(k)], want) {
			t.Errorf("moment %d draws something else than the generator did", k)
		}
	}
	if bytes.Equal(images[1.5], images[1]) || bytes.Equal(images[1.5], images[2]) {
		t.Error("between two moments one of them is drawn")
	}
	if along := film(t, p.must(&session.TapeFilm{})); along.Frames != 16 {
		t.Errorf("the film has %d frames", along.Frames)
	}
	p.must(&session.Place{Place: 1})
	for _, q := range []*page{p, plain} {
		q.must(&session.Step{N: 2})
		q.paused(42)
	}
	if !bytes.Equal(drawn(p), drawn(plain)) {
		t.Error("training on does not go on from the run's end")
	}
	if _, err := p.ask(&session.Place{Place: 1}); err == nil {
		t.Error("a generator that trained on still has its tape")
	}
}

func TestSessionRefusesTapes(t *testing.T) {
	generator, reel, _ := taped(t)
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: tinyRecipe}, Paused: true})
	if _, err := p.ask(&session.Tape{File: reel}); err == nil || !strings.Contains(err.Error(), "another generator") {
		t.Errorf("another run's tape: %v", err)
	}
	p.must(&session.Load{File: generator, Paused: true})
	if _, err := p.ask(&session.Tape{File: generator}); err == nil || !strings.Contains(err.Error(), "not a tape") {
		t.Errorf("a generator as tape: %v", err)
	}
	p.must(&session.Tape{File: reel})
	for _, c := range []session.Command{&session.Place{Place: 3.5}, &session.Place{Place: -1}} {
		if _, err := p.ask(c); err == nil {
			t.Errorf("%+v is taken", c)
		}
	}
}
