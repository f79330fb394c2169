package latent

import (
	"slices"

	"ganvas/core/latent"
)

// Space is the noise that the room goes through: the fixed noise, three anchors among it, and where one is.
type Space struct {
	Noise   []float32 // (rows, Width)
	Width   int
	Labels  []int32 // of the rows, conditional runs only
	Anchors [3]int  // rows

	U, V   float64 // the place that is here
	Walk   float64 // or, on the way from A to B, how far
	OnWay  bool
	values map[int]float32 // noise values that were set by hand
}

// Rows is how many fakes there are to choose from.
func (s *Space) Rows() int {
	if s.Width == 0 {
		return 0
	}
	return len(s.Noise) / s.Width
}

// Row is one fake's noise.
func (s *Space) Row(i int) []float32 { return s.Noise[i*s.Width:][:s.Width] }

// Choose makes a fake an anchor; where another anchor is there, the two change places.
func (s *Space) Choose(anchor, row int) {
	for k, r := range s.Anchors {
		if r == row {
			s.Anchors[k] = s.Anchors[anchor]
		}
	}
	s.Anchors[anchor] = row
	s.values = nil
}

// Go moves to a place of the plane.
func (s *Space) Go(u, v float64) { s.U, s.V, s.OnWay, s.values = u, v, false, nil }

// GoAlong moves to a place on the way from A to B.
func (s *Space) GoAlong(t float64) {
	a, b := s.Row(s.Anchors[0]), s.Row(s.Anchors[1])
	s.Walk, s.OnWay, s.values = t, true, nil
	s.U, s.V = latent.OnEdge(a, b, t), 0
}

// Turn sets one noise value of what is here.
func (s *Space) Turn(i int, value float32) {
	if i < 0 || i >= s.Width {
		return
	}
	if s.values == nil {
		s.values = map[int]float32{}
	}
	s.values[i] = value
}

// Back takes all values that were set back.
func (s *Space) Back() { s.values = nil }

// Turned reports whether any value was set.
func (s *Space) Turned() bool { return len(s.values) > 0 }

// Of is the noise of pictures, one row each; stops is how many the strip has.
func (s *Space) Of(keys []Key, stops int) []float32 {
	plane := latent.NewPlane(s.Row(s.Anchors[0]), s.Row(s.Anchors[1]), s.Row(s.Anchors[2]))
	out := make([]float32, len(keys)*s.Width)
	for n, k := range keys {
		row := out[n*s.Width:][:s.Width]
		switch k.Kind {
		case Field:
			u, v := k.UV()
			plane.At(row, u, v)
		case Strip:
			s.way(row, float64(k.I)/float64(stops-1))
		case Here:
			if s.OnWay {
				s.way(row, s.Walk)
			} else {
				plane.At(row, s.U, s.V)
			}
			for i, value := range s.values {
				row[i] = value
			}
		}
	}
	return out
}

func (s *Space) way(row []float32, t float64) {
	copy(row, s.Row(s.Anchors[0]))
	latent.Arc(row, s.Row(s.Anchors[1]), t)
}

// There and back again from A to B, in that many pictures.
func (s *Space) ThereAndBack(n int) []float32 {
	var all []float32
	for i := range n {
		t := 2 * float64(i) / float64(n)
		row := make([]float32, s.Width)
		s.way(row, min(t, 2-t))
		all = append(all, row...)
	}
	return all
}

// Take puts other fixed noise in the place of the old. It reports whether anything is other than before.
func (s *Space) Take(noise []float32, width int, labels []int32) bool {
	if width == s.Width && slices.Equal(noise, s.Noise) && slices.Equal(labels, s.Labels) {
		return false
	}
	*s = Space{Noise: noise, Width: width, Labels: labels, Anchors: [3]int{0, 1, 2}}
	return true
}
