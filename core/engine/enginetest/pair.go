package enginetest

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/rng"
)

// pair: two passes side by side give what two passes one after the other give, and may go alone afterwards.
func (c *tried) pair(t *testing.T) {
	x, labels := random("other x", rows*c.inSize), slices.Clone(c.in.Labels)
	slices.Reverse(labels)
	first := engine.Batch{X: c.array(c.x, c.inSize), Labels: c.in.Labels}
	second := engine.Batch{X: c.array(x, c.inSize), Labels: labels}
	da, db := c.array(c.dy, c.outSize), c.array(random("other dy", rows*c.outSize), c.outSize)
	read := func(a engine.Array) []float32 {
		y := make([]float32, rows*c.outSize)
		a.Read(y)
		return y
	}
	run := func(sideBySide bool) (ys [][]float32, grads [][]float32) {
		net, err := c.e.Build(c.net.Spec(), rng.New(8, "pair"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := engine.BindPair(net, rows)
		if err != nil {
			t.Fatal(err)
		}
		a, b := p.Passes()
		for _, g := range learned(t, c.e, net, func() {
			for range 2 { // the second adds to the first
				var ya, yb engine.Array
				if sideBySide {
					ya, yb = p.Forward(first, second, c.mode, c.mode)
					p.Backward(da, db)
				} else {
					ya, yb = a.Forward(first, c.mode), b.Forward(second, c.mode)
					a.Backward(da, engine.Params)
					b.Backward(db, engine.Params)
				}
				ys = append(ys, read(ya), read(yb))
			}
		}) {
			grads = append(grads, f32s(t, g))
		}
		return append(ys, read(b.Forward(first, c.mode)), read(a.Forward(second, c.mode))), grads
	}
	wantY, wantG := run(false)
	gotY, gotG := run(true)
	for what, both := range map[string][2][][]float32{"output": {gotY, wantY}, "gradient": {gotG, wantG}} {
		for k, want := range both[1] {
			for i, w := range want {
				if got := both[0][k][i]; !(math.Abs(float64(got-w)) <= 1e-5*(1+math.Abs(float64(w)))) {
					t.Fatalf("%s %d[%d]: %v side by side, %v one after the other", what, k, i, got, w)
				}
			}
		}
	}
}
