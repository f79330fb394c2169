package loss

import (
	"math"
	"testing"
)

// TestDirac plays the smallest game there is: the real sample is 0, G gives the point θ, D is ψ·x. Both begin at 1, take 500 steps of
// 0.2 in turn, D first, and how far from (0, 0) they end tells whether a loss lets them come to rest. (Mescheder et al. 2018, who
// print 1.42, 0.28, 1.22, 2.3e-7 and 7.5e-17; for the first and the last the order of steps, which they do not give, matters.)
func TestDirac(t *testing.T) {
	for _, c := range []struct {
		what, loss string
		penalty    float64
		norm       int
		from, to   float64
	}{
		{"the original game circles", "minimax", 0, 0, 1.2, 1.6},
		{"the non-saturating one comes nearer slowly", "bce", 0, 0, 0.275, 0.285},
		{"a critic with slopes of 1 does not come to rest", "wgan-gp", 0.7, 1, 1.215, 1.225},
		{"a penalty on slopes at real samples brings both to rest", "r1", 0.3, 0, 1e-8, 3e-7},
		{"the sooner the heavier it is", "r1", 1, 0, 0, 1e-15},
	} {
		row, err := Find(c.loss)
		if err != nil {
			t.Fatal(err)
		}
		theta, psi := 1.0, 1.0
		s := &Scores{Real: []float64{0}, Fake: make([]float64, 1), DReal: make([]float64, 1), DFake: make([]float64, 1)}
		for range 500 {
			s.Fake[0] = psi * theta
			row.D.Compute(s)
			slope := s.DFake[0] * theta
			if c.norm == 1 {
				slope += 2 * c.penalty * (math.Abs(psi) - 1) * math.Copysign(1, psi)
			} else {
				slope += c.penalty * psi
			}
			psi -= 0.2 * slope
			s.Fake[0] = psi * theta
			row.G.Compute(s)
			theta -= 0.2 * s.DFake[0] * psi
		}
		end := math.Hypot(theta, psi)
		t.Logf("%s: it ends %.3g away", c.what, end)
		if !(c.from <= end && end <= c.to) {
			t.Errorf("%s: %.3g is not from %g to %g", c.what, end, c.from, c.to)
		}
	}
}
