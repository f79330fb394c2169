package chart

import (
	"math"
	"math/rand/v2"
	"testing"

	"ganvas/core/wire"
	"ganvas/wasm/studio/mesh"
)

// However long a run is, a series stays small and loses no extreme, no count and no sum.
func TestSeriesKeepsExtremes(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for _, n := range []int{1, 7, capacity, capacity + 1, 5*capacity + 3, 100_000} {
		var s Series
		low, high, sum := math.Inf(1), math.Inf(-1), 0.0
		for i := range n {
			v := r.NormFloat64()
			low, high, sum = min(low, v), max(high, v), sum+v
			s.Add(i, v)
		}
		for _, most := range []int{1, 50, 300, 2000} {
			bins := s.Bins(most)
			if len(bins) == 0 || len(bins) > min(most, capacity) {
				t.Fatalf("%d values in %d bins, want 1 to %d", n, len(bins), min(most, capacity))
			}
			var all Bin
			for i, b := range bins {
				all = all.join(b)
				if i > 0 && b.Last <= bins[i-1].Last {
					t.Fatalf("bin %d does not come after the one before", i)
				}
			}
			if all.Min != low || all.Max != high || all.Count != n || math.Abs(all.Sum-sum) > 1e-6 || all.Last != n-1 {
				t.Errorf("%d values in %d bins: %+v, want minimum %v, maximum %v, sum %v", n, len(bins), all, low, high, sum)
			}
		}
	}
}

func TestSeriesLeavesOutWhatIsNotFinite(t *testing.T) {
	var s Series
	for i, v := range []float64{math.NaN(), math.Inf(1), 2, math.Inf(-1)} {
		s.Add(i, v)
	}
	if low, high, ok := s.Range(); !ok || low != 2 || high != 2 {
		t.Errorf("range %v…%v, want 2…2", low, high)
	}
	if b, ok := s.At(0); !ok || b.Last != 2 {
		t.Errorf("nearest is step %d, want 2", b.Last)
	}
}

func TestTicksAreRoundAndInside(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 2000 {
		low := r.NormFloat64() * math.Pow(10, float64(r.IntN(8)-3))
		high := low + math.Abs(r.NormFloat64())*math.Pow(10, float64(r.IntN(8)-3)) + 1e-6*math.Abs(low) + 1e-9
		n := 2 + r.IntN(8)
		nl, nh := Nice(low, high, n)
		if nl > low+1e-9*math.Abs(low) || nh < high-1e-9*math.Abs(high) {
			t.Fatalf("Nice(%v, %v) = %v, %v leaves some out", low, high, nl, nh)
		}
		ticks := Ticks(nl, nh, n)
		if len(ticks) < 2 || len(ticks) > 2*n+3 {
			t.Fatalf("%d ticks in %v…%v, asked for %d", len(ticks), nl, nh, n)
		}
		for i, v := range ticks {
			if slack := (nh - nl) * 1e-6; v < nl-slack || v > nh+slack || i > 0 && v <= ticks[i-1] {
				t.Fatalf("tick %v of %v…%v", v, nl, nh)
			}
		}
	}
}

func TestNumbersAreShort(t *testing.T) {
	for v, want := range map[float64]string{0: "0", 0.25: "0.25", 0.5: "0.5", 1: "1", 1500: "1500", 25000: "25k", 12500: "12.5k", 2e6: "2M", -0.5: "-0.5", 0.001: "0.001"} {
		if got := Number(v); got != want {
			t.Errorf("Number(%v) = %q, want %q", v, got, want)
		}
	}
	for v, want := range map[float64]string{0.5: "0.50", 9.999: "10.0", 99.96: "100", 12.34: "12.3", 25000: "25k"} {
		if got := Value(v); got != want {
			t.Errorf("Value(%v) = %q, want %q", v, got, want)
		}
	}
}

func TestApartKeepsDistanceAndBounds(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		a, b := r.Float64()*100, r.Float64()*100
		x, y := Apart(a, b, 20, 0, 100)
		if math.Abs(x-y) < 20-1e-9 || min(x, y) < -1e-9 || max(x, y) > 100+1e-9 || (a < b) != (x < y) {
			t.Fatalf("Apart(%v, %v) = %v, %v", a, b, x, y)
		}
	}
}

func TestAxesThereAndBack(t *testing.T) {
	a := Axes{Left: 30, Top: 10, Right: 530, Bottom: 210, Low: -1, High: 3, Steps: 250}
	for step := range 251 {
		if got := a.Step(a.X(float64(step))); got != step {
			t.Errorf("step %d comes back as %d", step, got)
		}
	}
	if a.Y(-1) != 210 || a.Y(3) != 10 || a.Y(99) != 10 || a.Y(-99) != 210 {
		t.Error("values do not end at the plot's edges")
	}
}

func TestRunGoesBack(t *testing.T) {
	var r Run
	r.Add(wire.Event{Step: 3, Points: []wire.Point{{LossD: 1}, {LossD: 2}, {LossD: 3}}})
	if b, _ := r.LossD.At(1); b.Last != 1 || b.Sum != 1 {
		t.Errorf("step 1 is %+v", b)
	}
	r.Add(wire.Event{Step: 1, Points: []wire.Point{{LossD: 9}}})
	if bins := r.LossD.Bins(10); len(bins) != 1 || bins[0].Sum != 9 {
		t.Errorf("after going back: %+v", bins)
	}
	for step := 2; step <= 50; step++ {
		r.Add(wire.Event{Step: step, Points: []wire.Point{{LossD: 1}}})
	}
	r.Add(wire.Event{Step: 22, Points: []wire.Point{{LossD: 5}, {LossD: 5}}})
	if end, b := r.LossD.End(1000), r.Step; end != 5 || b != 22 || len(r.LossD.Bins(1000)) != 22 {
		t.Errorf("back from step 50, at step %d with %v last: %d steps are left", b, end, len(r.LossD.Bins(1000)))
	}
}

// A run whose beginning is not known is drawn from where it is known, as finely as one that is known whole; going back before that, it begins there.
func TestRunsThatAreKnownFromLater(t *testing.T) {
	const before, steps = 1_000_000, 900
	var r Run
	for n := 1; n <= steps; n++ {
		r.Add(wire.Event{Step: before + n, Points: []wire.Point{{LossD: float64(n)}}})
	}
	if r.Before != before {
		t.Errorf("it is known from step %d on, want %d", r.Before, before)
	}
	first, last := (View{Part: 1}).Span(r.Before, r.Step)
	a := Axes{Right: 1800, Bottom: 100, High: steps, First: first, Steps: last}
	_, mean, _ := a.Paths(&r.LossD, 900)
	if len(mean) != steps || mean[0].X > 3 || mean[len(mean)-1].X != 1800 {
		t.Fatalf("%d points are drawn, want %d from the left edge to the right one", len(mean), steps)
	}
	if b, ok := r.LossD.Between(before+300, before+400).At(before + 350); !ok || b.Sum != 350 {
		t.Errorf("step 350 of those known is %+v", b)
	}
	r.Add(wire.Event{Step: before - 10, Points: []wire.Point{{LossD: 5}, {LossD: 6}}, Each: 4})
	if r.Before != before-18 || len(r.LossD.Bins(100)) != 2 {
		t.Errorf("after going back before that it is known from step %d on, with %d points", r.Before, len(r.LossD.Bins(100)))
	}
}

// A part of a run fills the chart's width, with the values at its edge as they are, and a calm curve ends near the mean of what it went through.
func TestPartsOfARun(t *testing.T) {
	var s Series
	for i := range 3000 {
		s.Add(i, float64(i%2))
	}
	a := Axes{Left: 10, Right: 110, Top: 0, Bottom: 100, High: 1, First: 2700, Steps: 3000}
	_, mean, high := a.Paths(&s, 400)
	if len(mean) < 50 || mean[0].X < 9 || mean[0].X > 12 || mean[len(mean)-1].X < 108 {
		t.Fatalf("the last tenth has %d points, from %v to %v", len(mean), mean[0].X, mean[len(mean)-1].X)
	}
	if at := a.Step(a.X(2850)); at != 2850 {
		t.Errorf("step 2850 is read off as %d", at)
	}
	if high[0].Y != 0 {
		t.Errorf("the highest value is drawn at %v", high[0].Y)
	}
	rough := []mesh.Point{{X: 0, Y: 0}, {X: 1, Y: 10}, {X: 2, Y: 0}, {X: 3, Y: 10}, {X: 4, Y: 0}, {X: 5, Y: 10}}
	if calm := Calm(rough, 0.9); calm[0] != rough[0] || math.Abs(calm[5].Y-5) > 1 || calm[5].X != 5 {
		t.Errorf("a calm curve is %v", calm)
	}
	if s.Between(0, 3000) != &s || len(s.Between(9999, 10000).Kept) != 0 || len(s.Between(500, 400).Kept) != 0 {
		t.Error("a part that is the whole, beyond it, or turned round is another")
	}
	for _, b := range s.Between(600, 900).Kept {
		if b.Last < 600 || b.Last > 900+s.Width {
			t.Errorf("between steps 600 and 900 lies %d", b.Last)
		}
	}
}

// A view shows the run's last part as it grows, and what lies between two steps whatever comes after.
func TestViews(t *testing.T) {
	for _, c := range []struct {
		view                       View
		before, steps, first, last int
	}{
		{View{Part: 1}, 0, 0, 0, 10}, {View{Part: 1}, 0, 300, 0, 300}, {View{Part: 0.1}, 0, 300, 270, 300}, {View{Part: 0.5, From: 20, To: 60}, 0, 300, 20, 60},
		{View{Part: 1, From: 20, To: 60}, 0, 9000, 20, 60}, {View{Part: 0.5, From: 60, To: 60}, 0, 300, 150, 300},
		{View{Part: 1}, 7000, 7004, 7000, 7010}, {View{Part: 1}, 7000, 7300, 7000, 7300}, {View{Part: 0.1}, 7000, 7300, 7270, 7300},
	} {
		if first, last := c.view.Span(c.before, c.steps); first != c.first || last != c.last {
			t.Errorf("%+v of steps %d to %d shows %d to %d, want %d to %d", c.view, c.before, c.steps, first, last, c.first, c.last)
		}
	}
	if (View{}).Sound() || (View{Part: 1, From: -1}).Sound() || !(View{Part: 1, At: -1}).Sound() {
		t.Error("what cannot be drawn is sound, or the other way round")
	}
}
