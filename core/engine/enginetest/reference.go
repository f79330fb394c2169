package enginetest

import (
	"math"
	"testing"

	"ganvas/core/engine"
)

// reference: with the statistics of a batch as reference its rows come out as in that batch, whatever is beside them.
func (c *tried) reference(t *testing.T) {
	if !c.net.Spec().Measures() {
		t.Skip("no layer looks at the batch")
	}
	var ref engine.Reference
	read := func(a engine.Array) []float32 {
		y := make([]float32, rows*c.outSize)
		a.Read(y)
		return y
	}
	c.in.X.Write(c.x)
	want := read(c.pass.Forward(c.in, engine.Mode{Alpha: 1, Batch: true, Reference: &ref}))
	other, err := c.net.Bind(rows)
	if err != nil {
		t.Fatal(err)
	}
	beside := random("beside", rows*c.inSize)
	copy(beside[:c.inSize], c.x)
	for range 2 { // a reference serves any number of passes
		got := read(other.Forward(engine.Batch{X: c.array(beside, c.inSize), Labels: c.in.Labels}, engine.Mode{Alpha: 1, Reference: &ref}))
		for i, w := range want[:c.outSize] {
			if math.Abs(float64(got[i]-w)) > 1e-5*(1+math.Abs(float64(w))) {
				t.Fatalf("row 0 gives %v, and %v in the batch that was measured", got[i], w)
			}
		}
	}
}
