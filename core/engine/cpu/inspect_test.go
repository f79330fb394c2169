package cpu_test

import (
	"math"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/net"
	"ganvas/core/rng"
)

// The weight seen of a layer whose weight is made of another is the one that its output comes of.
func TestSeenWeightIsTheOneInUse(t *testing.T) {
	for name, l := range map[string]net.Layer{
		"plain": net.Linear{Units: 3, NoBias: true}, "spectral": net.Spectral{Layer: net.Linear{Units: 3, NoBias: true}},
		"equalized": net.Equalized{Layer: net.Linear{Units: 3, NoBias: true}, Gain: 2},
	} {
		e := cpu.New(nil)
		net, err := e.Build(net.Spec{Name: "discriminator", In: net.Vec(4), Layers: []net.Layer{l}}, rng.New(1, "net"))
		if err != nil {
			t.Fatal(err)
		}
		look, err := net.(engine.Inspector).Inspect(1)
		if err != nil {
			t.Fatal(err)
		}
		x := []float32{1, -2, 0.5, 3}
		look.Forward(x, nil, engine.Mode{Alpha: 1})
		w, y := look.Weight(1), look.Activation(1, 0)
		for i := range y {
			sum := 0.0
			for j, v := range x {
				sum += float64(w[i*len(x)+j]) * float64(v)
			}
			if math.Abs(sum-float64(y[i])) > 1e-5 {
				t.Errorf("%s: unit %d gives %v, and the weight seen %v", name, i, y[i], sum)
			}
		}
	}
}
