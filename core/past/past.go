// Package past remembers a run while it goes on: pictures of many moments, whole states of a few, and what each step
// measured. All of it is bounded: as the run grows, what is remembered is thinned and stays spread over the whole run.
package past

import (
	"bytes"

	"ganvas/core/weights"
	"ganvas/core/wire"
)

// Bounds on what is remembered: moments and states together have at most MostBytes, unless a single state has more. A whole state
// is a network's weights and two moments of each: 36 MB in the classic run.
const (
	MostMoments     = 120
	MostMomentBytes = 24 << 20
	MostStates      = 16
	MostBytes       = 128 << 20
)

// Moment is what the fixed noise gave at a step, with D's verdicts.
type Moment struct {
	Step, Images, Epoch int
	Sheet               *wire.Sheet
	Fakes, Reals, Field []byte // of [wire.Sheet]; Field of points only
}

// State is a whole run at a step, to go on from.
type State struct {
	Step int
	File *weights.File
	size int
}

// Mark is a step at which the run was taken back to and went on with one field of its recipe changed, or with none.
type Mark struct {
	Step  int    `json:"step"`
	Field string `json:"field,omitempty"`
	From  string `json:"from,omitempty"`
	To    string `json:"to,omitempty"`
}

// Past is one run's memory. The zero value remembers nothing yet.
type Past struct {
	Moments []Moment // oldest first
	States  []State  // oldest first
	Marks   []Mark   // oldest first
	Log     Log
}

// AddMoment takes the bytes of a sheet. A run that has gone back forgets what came after; a sheet of
// other samples forgets the moments before it, since they are shown as one animation.
func (p *Past) AddMoment(m Moment, pixels []byte) {
	size := m.Sheet.Sample.Size()
	n, all := m.Sheet.Fakes*size, (m.Sheet.Fakes+m.Sheet.Reals)*size
	m.Fakes, m.Reals, m.Field = bytes.Clone(pixels[:n]), bytes.Clone(pixels[n:all]), bytes.Clone(pixels[all:])
	if last := p.last(); last != nil {
		if last.Sheet.Sample != m.Sheet.Sample {
			p.Moments = nil
		}
		for len(p.Moments) > 0 && p.last().Step >= m.Step {
			p.Moments = p.Moments[:len(p.Moments)-1]
		}
		if bytes.Equal(last.Reals, m.Reals) {
			m.Reals = last.Reals // always the same samples: kept once
		}
	}
	p.Moments = append(p.Moments, m)
	for len(p.Moments) > MostMoments || p.momentBytes() > MostMomentBytes && len(p.Moments) > 1 {
		i := dispensable(len(p.Moments), func(i int) int { return p.Moments[i].Step })
		p.Moments = append(p.Moments[:i], p.Moments[i+1:]...)
	}
	p.thinStates()
}

// momentBytes is what all moments take; real samples that neighbours share count once.
func (p *Past) momentBytes() int {
	total := 0
	for i, m := range p.Moments {
		total += len(m.Fakes) + len(m.Field)
		if i == 0 || len(m.Reals) > 0 && (len(p.Moments[i-1].Reals) == 0 || &m.Reals[0] != &p.Moments[i-1].Reals[0]) {
			total += len(m.Reals)
		}
	}
	return total
}

// Bytes is what all moments and states take.
func (p *Past) Bytes() int {
	total := p.momentBytes()
	for _, s := range p.States {
		total += s.size
	}
	return total
}

func (p *Past) last() *Moment {
	if len(p.Moments) == 0 {
		return nil
	}
	return &p.Moments[len(p.Moments)-1]
}

// AddState takes a checkpoint, which nothing may change from now on. One state is kept however large it is.
func (p *Past) AddState(step int, f *weights.File) {
	for len(p.States) > 0 && p.States[len(p.States)-1].Step >= step {
		p.States = p.States[:len(p.States)-1]
	}
	size := 0
	for _, t := range f.Tensors {
		size += len(t.Data)
	}
	p.States = append(p.States, State{step, f, size})
	p.thinStates()
}

func (p *Past) thinStates() {
	for size := p.Bytes(); len(p.States) > 1 && (len(p.States) > MostStates || size > MostBytes); {
		i := dispensable(len(p.States), func(i int) int { return p.States[i].Step })
		size -= p.States[i].size
		p.States = append(p.States[:i], p.States[i+1:]...)
	}
}

// dispensable is which of n entries leaves the smallest gap when it goes, the oldest such one. The first and the last
// stay, unless there are no others: then the first goes.
func dispensable(n int, step func(int) int) int {
	best := 0
	for i := 1; i < n-1; i++ {
		if best == 0 || step(i+1)-step(i-1) < step(best+1)-step(best-1) {
			best = i
		}
	}
	return best
}

// MomentAt is the moment nearest to a step; false where there is none.
func (p *Past) MomentAt(step int) (Moment, bool) {
	i := nearest(len(p.Moments), step, func(i int) int { return p.Moments[i].Step })
	if i < 0 {
		return Moment{}, false
	}
	return p.Moments[i], true
}

// StateAt is the whole state nearest to a step; false where there is none.
func (p *Past) StateAt(step int) (State, bool) {
	i := nearest(len(p.States), step, func(i int) int { return p.States[i].Step })
	if i < 0 {
		return State{}, false
	}
	return p.States[i], true
}

// nearest is the entry nearest to a step, the earlier of two, or −1.
func nearest(n, to int, step func(int) int) int {
	best := -1
	for i := range n {
		if best < 0 || distance(step(i), to) < distance(step(best), to) {
			best = i
		}
	}
	return best
}

func distance(a, b int) int { return max(a-b, b-a) }

// Back forgets everything after a step, to which the run has gone back.
func (p *Past) Back(step int) {
	for len(p.Moments) > 0 && p.last().Step > step {
		p.Moments = p.Moments[:len(p.Moments)-1]
	}
	for len(p.States) > 0 && p.States[len(p.States)-1].Step > step {
		p.States = p.States[:len(p.States)-1]
	}
	for len(p.Marks) > 0 && p.Marks[len(p.Marks)-1].Step > step {
		p.Marks = p.Marks[:len(p.Marks)-1]
	}
	p.Log.cut(step)
}

// Cut goes back to the mark's step and marks it.
func (p *Past) Cut(m Mark) {
	p.Back(m.Step)
	p.Marks = append(p.Marks, m)
	if len(p.Marks) > mostMarks {
		p.Marks = p.Marks[1:]
	}
}

// mostMarks is how many branchings are remembered.
const mostMarks = 64

// Steps are the steps of all moments and of all states.
func (p *Past) Steps() (moments, states []int) {
	moments, states = make([]int, len(p.Moments)), make([]int, len(p.States))
	for i, m := range p.Moments {
		moments[i] = m.Step
	}
	for i, s := range p.States {
		states[i] = s.Step
	}
	return moments, states
}
