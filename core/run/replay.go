package run

import (
	"fmt"
	"math"

	"ganvas/core/gan"
	"ganvas/core/tape"
	"ganvas/core/weights"
)

// Replay is a generator that goes back and forth along its run.
type Replay struct {
	m    *gan.GAN
	tape *tape.Tape
}

// NewReplay lets a generator be set to the moments of a tape. The generator must be as it was at the run's end.
func NewReplay(m *gan.GAN, t *weights.File) (*Replay, error) {
	last, err := m.Shown().State()
	if err != nil {
		return nil, err
	}
	fresh, err := m.Fresh()
	if err != nil {
		return nil, err
	}
	first, err := fresh.State()
	if err != nil {
		return nil, err
	}
	r := &Replay{m: m}
	r.tape, err = tape.Open(t, first, last)
	return r, err
}

// End sets the generator to the run's end, as it was before the tape was opened.
func (r *Replay) End() error { return r.Seek(float64(len(r.tape.Steps) - 1)) }

// Steps is the step of each moment.
func (r *Replay) Steps() []int { return r.tape.Steps }

// Seek sets the generator to a place on the tape: moment k for the number k, a blend of the weights of two moments for
// what lies between.
func (r *Replay) Seek(place float64) error {
	last := float64(len(r.tape.Steps) - 1)
	if !(place >= 0 && place <= last) {
		return fmt.Errorf("place %g: the tape has those from 0 to %g", place, last)
	}
	k := int(place)
	state, err := r.tape.Seek(k)
	if err != nil {
		return err
	}
	if far := float32(place - float64(k)); far > 0 {
		next, err := r.tape.Seek(k + 1)
		if err != nil {
			return err
		}
		if state, err = blend(state, next, far); err != nil {
			return err
		}
	}
	r.m.Changed()
	return r.m.Shown().Load(state)
}

// Step is about where in the run a place on the tape is.
func (r *Replay) Step(place float64) int {
	k := min(int(place), len(r.tape.Steps)-2)
	a, b := r.tape.Steps[k], r.tape.Steps[k+1]
	return a + int(math.Round((place-float64(k))*float64(b-a)))
}

// blend is (1 − t)·a + t·b, value by value.
func blend(a, b []weights.Tensor, t float32) ([]weights.Tensor, error) {
	between := make([]weights.Tensor, len(a))
	for i := range a {
		x, err := a[i].F32()
		if err != nil {
			return nil, err
		}
		y, err := b[i].F32()
		if err != nil {
			return nil, err
		}
		for j := range x {
			x[j] += float32(t * (y[j] - x[j]))
		}
		between[i] = weights.FromF32(a[i].Name, a[i].Shape, x)
	}
	return between, nil
}
