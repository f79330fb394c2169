// Package chart keeps a run's curves in bounded memory and computes how they are drawn: bins, scales, ticks, labels.
package chart

import (
	"math"

	"ganvas/wasm/studio/mesh"
)

// capacity bounds the bins that a series keeps; with more the neighbours are joined.
const capacity = 1024

// Bin sums up neighbouring steps of one curve.
type Bin struct {
	Min, Max, Sum float64
	Count         int
	Last          int // the newest step in it
}

// Mean of the bin's values.
func (b Bin) Mean() float64 { return b.Sum / float64(b.Count) }

func (b Bin) join(o Bin) Bin {
	switch {
	case b.Count == 0:
		return o
	case o.Count == 0:
		return b
	}
	return Bin{min(b.Min, o.Min), max(b.Max, o.Max), b.Sum + o.Sum, b.Count + o.Count, max(b.Last, o.Last)}
}

// Series is one curve over steps, from the first that is known on. However long the run, it keeps at most 1024 bins of equal width, and every
// extreme.
type Series struct {
	Kept  []Bin
	Width int // steps a bin
	First int // the step at which the first bin begins
}

// Add appends the value of a step. Steps never fall; what is not finite is left out.
func (s *Series) Add(step int, v float64) {
	if math.IsNaN(v) || math.IsInf(v, 0) || step < 0 {
		return
	}
	if len(s.Kept) == 0 {
		s.First, s.Width = step, 1
	}
	for (step-s.First)/s.Width >= capacity {
		s.halve()
	}
	i := max(0, step-s.First) / s.Width
	for len(s.Kept) <= i {
		s.Kept = append(s.Kept, Bin{})
	}
	s.Kept[i] = s.Kept[i].join(Bin{v, v, v, 1, step})
}

// Cut forgets what came after a step, but for what shares that step's bin.
func (s *Series) Cut(step int) {
	if step < s.First {
		s.Kept = nil
	} else if s.Width > 0 {
		s.Kept = s.Kept[:min(len(s.Kept), (step-s.First)/s.Width+1)]
	}
}

// halve joins each bin with its neighbour.
func (s *Series) halve() {
	for i := range (len(s.Kept) + 1) / 2 {
		b := s.Kept[2*i]
		if 2*i+1 < len(s.Kept) {
			b = b.join(s.Kept[2*i+1])
		}
		s.Kept[i] = b
	}
	s.Kept = s.Kept[:(len(s.Kept)+1)/2]
	s.Width *= 2
}

// Bins joins neighbours until at most n are left, and leaves out the empty ones.
func (s *Series) Bins(n int) []Bin {
	by := max(1, (len(s.Kept)+n-1)/max(n, 1))
	var out []Bin
	for i := 0; i < len(s.Kept); i += by {
		var b Bin
		for _, o := range s.Kept[i:min(i+by, len(s.Kept))] {
			b = b.join(o)
		}
		if b.Count > 0 {
			out = append(out, b)
		}
	}
	return out
}

// Between is the curve from one step to another; the series itself where that is all of it.
func (s *Series) Between(first, last int) *Series {
	if s.Width == 0 {
		return s
	}
	from, to := max(0, first-s.First)/s.Width, max(0, last-s.First+s.Width)/s.Width
	if from == 0 && to >= len(s.Kept) {
		return s
	}
	from = min(from, len(s.Kept))
	return &Series{Kept: s.Kept[from:max(from, min(to, len(s.Kept)))], Width: s.Width, First: s.First + from*s.Width}
}

// Calm is a path whose heights are the average of those before, each of which counts less than the next by that share, from 0 to 1.
func Calm(path []mesh.Point, share float64) []mesh.Point {
	calm := make([]mesh.Point, len(path))
	sum, weight := 0.0, 0.0
	for i, p := range path {
		sum, weight = share*sum+p.Y, share*weight+1
		calm[i] = mesh.Point{X: p.X, Y: sum / weight}
	}
	return calm
}

// End is the last of the means that [Series.Bins] gives; 0 while there are none.
func (s *Series) End(n int) float64 {
	if bins := s.Bins(n); len(bins) > 0 {
		return bins[len(bins)-1].Mean()
	}
	return 0
}

// At is the bin nearest to a step; false while there is none.
func (s *Series) At(step int) (Bin, bool) {
	best, found := Bin{}, false
	for _, b := range s.Kept {
		if b.Count > 0 && (!found || abs(b.Last-step) < abs(best.Last-step)) {
			best, found = b, true
		}
	}
	return best, found
}

// Range spans the means of all bins; ok is false while there are none.
func (s *Series) Range() (low, high float64, ok bool) {
	low, high = math.Inf(1), math.Inf(-1)
	for _, b := range s.Kept {
		if b.Count > 0 {
			low, high, ok = min(low, b.Mean()), max(high, b.Mean()), true
		}
	}
	return low, high, ok
}

func abs(n int) int { return max(n, -n) }
