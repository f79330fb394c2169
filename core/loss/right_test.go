package loss

import (
	"math"
	"testing"
)

// D is right about scores on their side of what its loss leaves undecided: 0, half-way between targets, or half-way
// between the means where only differences matter.
func TestRight(t *testing.T) {
	for _, c := range []struct {
		loss       string
		real, fake []float64
		want       float64
	}{
		{"bce", []float64{1, 2, -1, 3}, []float64{-1, 1, -2, -3}, 6. / 8},
		{"hinge", []float64{0, 0}, []float64{0, 0}, 0.5},
		{"lsgan", []float64{0.9, 0.4}, []float64{0.1, 0.3}, 3. / 4},
		{"wgan-gp", []float64{-7, -8}, []float64{-11, -12}, 1},
		{"relativistic", []float64{5, 1}, []float64{4, 2}, 0.5},
		{"bce", []float64{math.NaN()}, []float64{-1}, 0.5},
	} {
		row, err := Find(c.loss)
		if err != nil {
			t.Fatal(err)
		}
		if got := row.Right(&Scores{Real: c.real, Fake: c.fake}); got != c.want {
			t.Errorf("%s of %v and %v: %v, want %v", c.loss, c.real, c.fake, got, c.want)
		}
	}
}
