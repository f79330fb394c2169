package enginetest

import (
	"math"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/optim"
	"ganvas/core/rng"
)

// release: what is given back, twice over, leaves everything else of the engine as it was.
func (c *tried) release(t *testing.T) {
	evaluated := func() (sum float64) {
		y := make([]float32, rows*c.outSize)
		c.pass.Forward(c.in, engine.Mode{Alpha: c.mode.Alpha}).Read(y)
		for i, v := range y {
			sum += float64(v) * float64(c.dy[i])
		}
		return sum
	}
	c.in.X.Write(c.x)
	want := evaluated()
	net, err := c.e.Build(c.net.Spec(), rng.New(9, "release"))
	if err != nil {
		t.Fatal(err)
	}
	optimizer, err := c.e.Optimize(net, optim.Spec{Rule: optim.Adam, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8})
	if err != nil {
		t.Fatal(err)
	}
	single, err := net.Bind(rows)
	if err != nil {
		t.Fatal(err)
	}
	pair, err := engine.BindPair(net, rows)
	if err != nil {
		t.Fatal(err)
	}
	x, dy := c.array(c.x, c.inSize), c.array(c.dy, c.outSize)
	in := engine.Batch{X: x, Labels: c.in.Labels}
	pair.Forward(in, in, c.mode, c.mode)
	pair.Backward(dy, dy)
	single.Forward(in, c.mode)
	single.Backward(dy, engine.Params|engine.Input)
	optimizer.Step(0.01)
	for range 2 {
		for _, r := range []engine.Released{single, pair, optimizer, net, x, dy} {
			r.Release()
		}
	}
	if got := evaluated(); math.Abs(got-want) > 1e-6*(1+math.Abs(want)) {
		t.Errorf("another network of the engine gives %v, and gave %v before", got, want)
	}
	if err := c.e.Err(); err != nil {
		t.Fatal(err)
	}
}
