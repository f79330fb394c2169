package inspect

import (
	"math"
	"math/rand/v2"
	"testing"
)

// Bins hold what lies in them, whatever the array's size and width.
func TestHistogramCounts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 7, 1000, 40000, 784 * 1024} {
		w, g := make([]float32, n), make([]float32, n)
		for i := range w {
			w[i], g[i] = float32(r.NormFloat64()*0.05), float32(math.Exp2(-10)*1.5)
		}
		var h histogram
		h.count(w, g)
		if f, e := math.Frexp(h.reach); f != 0.5 {
			t.Errorf("%d values: the reach is %v, no power of two (%v, %v)", n, h.reach, f, e)
		}
		inside, all := 0.0, 0
		for b, v := range h.weights {
			all += int(v)
			low := -h.reach + 2*h.reach*float64(b)/bins
			want := normal((low+2*h.reach/bins)/0.05) - normal(low/0.05)
			inside = max(inside, math.Abs(float64(v)/whole-want))
		}
		if all > whole || all < whole-bins {
			t.Errorf("%d values: the bins hold %d of %d", n, all, whole)
		}
		if n >= 40000 && inside > 0.02 {
			t.Errorf("%d values: a bin is %v off a normal distribution", n, inside)
		}
		if h.sizes[-10-lowest] != whole {
			t.Errorf("%d values: gradients of 1.5·2⁻¹⁰ are not all in their bin", n)
		}
	}
}

func normal(x float64) float64 { return 0.5 * math.Erfc(-x/math.Sqrt2) }

// Columns of a matrix are looked at alike, however wide it is.
func TestStrideMeetsAllColumns(t *testing.T) {
	for _, shape := range [][2]int{{1024, 784}, {784, 1024}, {512, 1024}, {64, 3136}, {257, 131}} {
		n := shape[0] * shape[1]
		step, count := stride(n)
		seen := make([]int, shape[1])
		for i, at := 0, 0; i < count; i++ {
			seen[at%shape[1]]++
			at = (at + step) % n
		}
		for c, k := range seen {
			if want := count / shape[1]; k < want-want/2 || k > want+want/2+2 {
				t.Errorf("%v: column %d is looked at %d times, others about %d", shape, c, k, want)
			}
		}
	}
}

// Wider bins are exactly those that counting with them would fill, up to rounding of shares.
func TestWidenedLosesNothing(t *testing.T) {
	var h histogram
	h.reach = 0.25
	sum := 0
	for b := range h.weights {
		h.weights[b] = uint16(b * b)
		sum += b * b
	}
	for _, join := range []int{1, 2, 8} {
		wide := h.widened(0.25 * float64(join))
		got, moment := 0, 0
		for b, v := range wide {
			got += v
			moment += b * v
		}
		if got != sum {
			t.Errorf("joined by %d the bins hold %d of %d", join, got, sum)
		}
		want := 0
		for b, v := range h.weights { // where the middle of each bin lies among the wide ones
			want += int(math.Floor((float64(b)+0.5-bins/2)/float64(join)+bins/2)) * int(v)
		}
		if moment != want {
			t.Errorf("joined by %d the bins are in the wrong places", join)
		}
	}
}
