package enginetest

import (
	"math"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/rng"
)

// kinds: the engine has a layer of every kind, in training and in evaluation.
func kinds(t *testing.T, e engine.Engine) {
	for _, r := range net.Rows {
		t.Run(r.Name, func(t *testing.T) {
			built, err := e.Build(net.Spec{Name: "generator", In: r.In, Layers: []net.Layer{r.Layer}}, rng.New(6, r.Name))
			if err != nil {
				t.Fatal(err)
			}
			pass, err := built.Bind(rows)
			if err != nil {
				t.Fatal(err)
			}
			x := e.NewArray(rows, r.In.Size())
			x.Write(random(r.Name, rows*r.In.Size()))
			in := engine.Batch{X: x, Labels: []int32{0, 1, 2, 0, 1}}
			out, _ := r.Layer.Out(r.In)
			y := make([]float32, rows*out.Size())
			for _, m := range []engine.Mode{{Train: true, Alpha: 0.5, Draws: augmentDraws}, {Alpha: 0.5}} {
				made := pass.Forward(in, m)
				if made.Rows() != rows || made.Cols() != out.Size() {
					t.Fatalf("%d rows of %d values, want %d of %d", made.Rows(), made.Cols(), rows, out.Size())
				}
				made.Read(y)
				for i, v := range y {
					if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
						t.Fatalf("value %d is %v", i, v)
					}
				}
			}
			if err := e.Err(); err != nil {
				t.Fatal(err)
			}
		})
	}
}
