package latent

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/rng"
)

// drawn is three rows of normal noise.
func drawn(n int, seed uint64) (a, b, c []float32) {
	all := make([]float32, 3*n)
	rng.New(seed, "test").Normal(all)
	return all[:n:n], all[n : 2*n : 2*n], all[2*n:]
}

func TestPlaneGoesThroughItsAnchors(t *testing.T) {
	for _, n := range []int{1, 2, 3, 64, 100} {
		a, b, c := drawn(n, uint64(n))
		p, got := NewPlane(a, b, c), make([]float32, n)
		for at, want := range map[[2]float64][]float32{{0, 0}: a, {1, 0}: b, {0, 1}: c} {
			if p.At(got, at[0], at[1]); !slices.Equal(got, want) {
				t.Errorf("%d values: the noise at %v is not its anchor bit for bit", n, at)
			}
		}
	}
}

// All over the plane noise is as long as the anchors are, and turns without a jump.
func TestPlaneKeepsTheLength(t *testing.T) {
	const n = 100
	a, b, c := drawn(n, 7)
	low, high := min(norm(a), norm(b), norm(c)), max(norm(a), norm(b), norm(c))
	p, z, next := NewPlane(a, b, c), make([]float32, n), make([]float32, n)
	for u := -4.0; u <= 4; u += 0.25 {
		for v := -4.0; v <= 4; v += 0.25 {
			p.At(z, u, v)
			if l := norm(z); l < low-1e-4 || l > high+1e-4 {
				t.Fatalf("at (%g, %g) noise is %.3f long, the anchors %.3f to %.3f", u, v, l, low, high)
			}
			p.At(next, u+0.001, v)
			for i := range next {
				next[i] -= z[i]
			}
			if d := norm(next); d > 0.1 {
				t.Fatalf("at (%g, %g) noise jumps by %g", u, v, d)
			}
		}
	}
}

// With two values the plane is all there is: nothing is bent.
func TestPlaneOfTwoValuesIsFlat(t *testing.T) {
	p, z := NewPlane([]float32{1, 0}, []float32{0, 1}, []float32{3, 3}), make([]float32, 2)
	if p.At(z, 0.5, 0.25); z[0] != 1 || z[1] != 1.25 {
		t.Errorf("a quarter of a, half of b and a quarter of c are %v", z)
	}
}

func TestAnchorsInOnePlaceAreAPlaneOfOnePoint(t *testing.T) {
	a, _, _ := drawn(10, 3)
	z := make([]float32, 10)
	NewPlane(a, a, a).At(z, 2, -5)
	for i, v := range z {
		if math.Abs(float64(v-a[i])) > 1e-5 {
			t.Fatalf("value %d is %g, the anchors' %g", i, v, a[i])
		}
	}
	NewPlane(make([]float32, 10), make([]float32, 10), make([]float32, 10)).At(z, 0.3, 0.3)
	for _, v := range z {
		if v != 0 {
			t.Fatalf("of three zeros comes %v", z)
		}
	}
}

// An arc begins and ends bit for bit, keeps the length of noise, and turns evenly.
func TestArc(t *testing.T) {
	const n = 100
	a, b, _ := drawn(n, 5)
	at := func(x float64) []float32 {
		z := slices.Clone(a)
		Arc(z, b, x)
		return z
	}
	if !slices.Equal(at(0), a) || !slices.Equal(at(1), b) {
		t.Error("the arc does not begin at a or end at b")
	}
	low, high := min(norm(a), norm(b)), max(norm(a), norm(b))
	angle := func(x, y []float32) float64 {
		dot := 0.0
		for i := range x {
			dot += float64(x[i]) * float64(y[i])
		}
		return math.Acos(dot / norm(x) / norm(y))
	}
	for x := 0.1; x < 1; x += 0.1 {
		if l := norm(at(x)); l < 0.95*low || l > 1.05*high {
			t.Errorf("at %.1f noise is %.2f long, its ends %.2f and %.2f", x, l, low, high)
		}
	}
	unit := slices.Clone(b) // between vectors of one length the angle grows evenly
	for i := range unit {
		unit[i] *= float32(norm(a) / norm(b))
	}
	b = unit
	if got, want := angle(a, at(0.3)), 0.3*angle(a, b); math.Abs(got-want) > 1e-4 {
		t.Errorf("at 0.3 the angle is %g, want %g", got, want)
	}
}

// The edge of the plane and the arc point the same way.
func TestArcLiesOverTheEdge(t *testing.T) {
	a, b, c := drawn(50, 9)
	p, flat := NewPlane(a, b, c), make([]float32, 50)
	for _, x := range []float64{0, 0.2, 0.5, 0.9, 1} {
		arc := slices.Clone(a)
		Arc(arc, b, x)
		p.At(flat, OnEdge(a, b, x), 0)
		f := norm(flat) / norm(arc)
		for i := range arc {
			if math.Abs(f*float64(arc[i])-float64(flat[i])) > 1e-4 {
				t.Fatalf("at %g value %d of the edge is %g, of the arc %g", x, i, flat[i], f*float64(arc[i]))
			}
		}
	}
}

func TestNoiseTravels(t *testing.T) {
	want := []float32{0, -1.5, 3e-8, 2, 7, -0.25}
	got, err := Values(Bytes(want), 3)
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("%v comes back as %v, %v", want, got, err)
	}
	for says, b := range map[string][]byte{
		"0 bytes": nil, "rows of 3": make([]byte, 16), "value 2 of row 1 is NaN": Bytes([]float32{0, float32(math.NaN()), 0}),
		"value 1 of row 2": Bytes([]float32{0, 0, 0, float32(math.Inf(1)), 0, 0}),
	} {
		if _, err := Values(b, 3); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("the error is %v, want one with %q", err, says)
		}
	}
}
