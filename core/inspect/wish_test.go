package inspect_test

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/engine"
)

// A wish is the gradient of D's logit by the pixels: against central differences, in every kind of network, for some
// pixels of each sample while the others stay as they are.
func TestWishesAreGradients(t *testing.T) {
	for name := range recipes {
		t.Run(name, func(t *testing.T) {
			m := made(t, name)
			s := images(m)
			sampler, err := m.NewSampler(rows)
			if err != nil {
				t.Fatal(err)
			}
			size := side * side
			grads := make([]float32, rows*size)
			sampler.Slopes(grads, s.Images, s.Labels)
			top := 0.0
			for _, v := range grads {
				top = max(top, math.Abs(float64(v)))
			}
			if top == 0 {
				t.Fatal("there is no gradient")
			}
			const h = 2e-3
			for i := range rows {
				for at := i; at < size; at += 17 {
					x := &s.Images[i*size+at]
					was := *x
					*x = was + h
					up := sampler.Logits(s.Images, s.Labels)[i]
					*x = was - h
					down := sampler.Logits(s.Images, s.Labels)[i]
					*x = was
					want := (up - down) / (2 * h)
					if got := float64(grads[i*size+at]); math.Abs(got-want) > 0.02*top {
						t.Errorf("sample %d, pixel %d: the wish is %.6f and differences give %.6f, the largest is %.6f", i, at, got, want, top)
					}
				}
			}
			look, err := m.D.(engine.Inspector).Inspect(1)
			if err != nil {
				t.Fatal(err)
			}
			for i, p := range look.Places() {
				if slices.ContainsFunc(look.Gradient(i), func(v float32) bool { return v != 0 }) {
					t.Fatalf("wishing has left gradients in %s", p.Name)
				}
			}
			g, _ := glass(t, m)
			w, b := g.Wishes(s)
			if w.Count != rows || w.Sample != m.Data.Sample || len(b) != 2*rows*size {
				t.Fatalf("%d wishes of %v in %d bytes", w.Count, w.Sample, len(b))
			}
			for i := range rows {
				for at := range size {
					got := float64(int8(b[w.Ink+i*size+at])) / 127 * float64(w.Largest[i])
					if math.Abs(got-float64(grads[i*size+at])) > 0.005*float64(w.Largest[i]) {
						t.Fatalf("sample %d, pixel %d: the byte means %v and the gradient is %v", i, at, got, grads[i*size+at])
					}
				}
			}
		})
	}
}

// Following the wish raises D's logit with every step, from a fake and from an image, and begins at the sample itself.
func TestFollowingRaisesTheVerdict(t *testing.T) {
	for name := range recipes {
		m := made(t, name)
		g, _ := glass(t, m)
		start, first := g.Wishes(fakes(m))
		w, b, err := g.Follow(fakes(m), 1, 12)
		if err != nil {
			t.Fatal(err)
		}
		size := side * side
		if w.Count < 3 || w.Count > 13 || len(w.Logits) != w.Count || len(b) != 2*w.Count*size || w.Index != 1 {
			t.Fatalf("%s: %d pictures with %d logits in %d bytes", name, w.Count, len(w.Logits), len(b))
		}
		if w.Logits[0] != start.Logits[1] || string(b[:size]) != string(first[size:2*size]) {
			t.Errorf("%s: the way does not begin at the sample", name)
		}
		for k := 1; k < w.Count; k++ {
			if !(w.Logits[k] > w.Logits[k-1]) {
				t.Errorf("%s: step %d brings D's logit from %v to %v", name, k, w.Logits[k-1], w.Logits[k])
			}
		}
		if string(b[:size]) == string(b[(w.Count-1)*size:w.Count*size]) {
			t.Errorf("%s: the image has not changed", name)
		}
	}
}

func TestFollowRefuses(t *testing.T) {
	m := made(t, "dense")
	g, _ := glass(t, m)
	for _, c := range [][2]int{{-1, 5}, {rows, 5}, {0, 0}, {0, 1000}} {
		if _, _, err := g.Follow(fakes(m), c[0], c[1]); err == nil {
			t.Errorf("index %d, %d steps are taken", c[0], c[1])
		}
	}
}
