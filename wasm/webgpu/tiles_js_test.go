package webgpu

import (
	"fmt"
	"math"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/engine/gpu"
	"ganvas/core/net"
	"ganvas/core/rng"
)

// Browsers compile the products of every tile, in float32 and with factors of float16, and they are the same numbers.
func TestTiles(t *testing.T) {
	d := open(t)
	spec := net.Spec{Name: "discriminator", In: net.Vec(2 * 9 * 9), Layers: []net.Layer{net.AsImage{Reshape: net.Reshape{To: net.Shape{C: 2, H: 9, W: 9}}},
		net.Conv2d{Maps: 5, Kernel: 4, Stride: 2, Pad: 1}, net.Tanh{}, net.Flatten{}, net.Linear{Units: 35}}}
	const rows = 37
	x := make([]float32, rows*2*9*9)
	rng.New(2, "data").Normal(x)
	var want []float32
	for k := range gpu.Tiles {
		for _, half := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d half=%v", k, half), func(t *testing.T) {
				e := gpu.New(d)
				says := e.Tile(k)
				e.Half(half)
				n, err := e.Build(spec, rng.New(1, "net"))
				if err != nil {
					t.Fatal(err)
				}
				defer n.Release()
				p, err := n.Bind(rows)
				if err != nil {
					t.Fatal(err)
				}
				in := e.NewArray(rows, 2*9*9)
				in.Write(x)
				got := make([]float32, rows*35)
				p.Forward(engine.Batch{X: in}, engine.Mode{Train: true, Alpha: 1}).Read(got)
				if err := e.Err(); err != nil {
					t.Fatal(err)
				}
				if want == nil {
					want = got
				}
				most, off := 0.0, 0.0
				for i, v := range want {
					most, off = max(most, math.Abs(float64(v))), max(off, math.Abs(float64(v-got[i])))
				}
				if bound := 2 * most / 2048; !half && off > 1e-6*most || half && (off > bound || off == 0) || most == 0 {
					t.Errorf("%s: %.2g off, of %.2g", says, off, most)
				}
			})
		}
	}
}
