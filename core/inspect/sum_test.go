package inspect_test

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/inspect"
	"ganvas/core/wire"
)

// Every value of a layer is the sum that is shown of it, with one bias for all places of a unit: a strided convolution with LeakyReLU behind, a
// transposed one and a dense layer with tanh.
func TestSums(t *testing.T) {
	leaky := func(v float64) float64 { return min(v, v/0.2) }
	for _, c := range []struct {
		recipe, network string
		last            bool // of the layers with weights
		back            func(v float64) float64
	}{{"dcgan", inspect.Discriminator, false, leaky}, {"dcgan", inspect.Generator, true, math.Atanh}, {"dense", inspect.Generator, true, math.Atanh}, {"dense", inspect.Discriminator, false, leaky}} {
		m := made(t, c.recipe)
		g, _ := glass(t, m)
		first, _, err := g.Look(inspect.Question{Samples: fakes(m)})
		if err != nil {
			t.Fatal(err)
		}
		layers := map[string][]wire.Layer{inspect.Generator: first.Generator, inspect.Discriminator: first.Discriminator}[c.network]
		layers = slices.DeleteFunc(slices.Clone(layers), func(l wire.Layer) bool { return l.Weight == nil })
		l := layers[0]
		if c.last {
			l = layers[len(layers)-1]
		}
		biases := map[int][]float64{}
		for y := range l.Out[1] {
			for x := range l.Out[2] {
				for unit := range l.Out[0] {
					in, _, err := g.Look(inspect.Question{Network: c.network, Layer: l.Name, Samples: fakes(m), Index: 1, Pixel: &inspect.Pixel{Unit: unit, Y: y, X: x}})
					if err != nil {
						t.Fatal(err)
					}
					s := in.Sum
					if s == nil || s.Unit != unit || s.Y != y || s.X != x || len(s.Shown) != min(4, s.Channels) || len(s.Shown[0].Kernel) != s.H*s.W {
						t.Fatalf("%s, %s %s, pixel %d %d %d: %+v", c.recipe, c.network, l.Name, unit, y, x, s)
					}
					biases[unit] = append(biases[unit], c.back(float64(s.Value))-float64(s.Total))
				}
			}
		}
		for unit, all := range biases {
			if spread := slices.Max(all) - slices.Min(all); spread > 1e-4 || math.IsNaN(spread) || math.Abs(all[0]) > 1 {
				t.Errorf("%s, %s %s: unit %d's values are %v more than their sums, which differ by %v", c.recipe, c.network, l.Name, unit, all[0], spread)
			}
		}
	}
}

// What cannot be taken apart has no sum.
func TestNoSums(t *testing.T) {
	m := made(t, "dcgan")
	g, _ := glass(t, m)
	for _, q := range []inspect.Question{
		{Layer: "input", Pixel: &inspect.Pixel{}}, {Pixel: &inspect.Pixel{Unit: 99}}, {Pixel: &inspect.Pixel{Y: -1}}, {},
	} {
		q.Samples = fakes(m)
		in, _, err := g.Look(q)
		if err != nil || in.Sum != nil {
			t.Errorf("%+v has the sum %+v, error %v", q.Pixel, in.Sum, err)
		}
	}
}
