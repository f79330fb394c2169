package inspect_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/inspect"
	"ganvas/core/net"
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

// Every value of every layer comes apart: the parts that are shown, taken through the bias and what follows it, come to the value itself. Only labels,
// how varied a batch is and the input are nothing's sum. What norms make of it is not told.
func TestEverySum(t *testing.T) {
	for name := range recipes {
		t.Run(name, func(t *testing.T) {
			m := made(t, name)
			g, _ := glass(t, m)
			first, _, err := g.Look(inspect.Question{Samples: fakes(m)})
			if err != nil {
				t.Fatal(err)
			}
			shown := m.Shown()
			for network, n := range map[string]engine.Net{inspect.Generator: shown, inspect.Discriminator: m.D} {
				state, err := n.State()
				if err != nil {
					t.Fatal(err)
				}
				biases := map[string][]float64{}
				for _, x := range state {
					if at, is := strings.CutSuffix(x.Name, ".bias"); is {
						if biases[at], err = x.F64(); err != nil {
							t.Fatal(err)
						}
					}
				}
				for i, l := range map[string][]wire.Layer{inspect.Generator: first.Generator, inspect.Discriminator: first.Discriminator}[network] {
					spot := net.Spots(n.Spec())[i]
					size := spot.Out.Size()
					for k := 0; k < size; k += 1 + size/60 {
						q := inspect.Pixel{Unit: k / (l.Out[1] * l.Out[2]), Y: k / l.Out[2] % l.Out[1], X: k % l.Out[2]}
						in, b, err := g.Look(inspect.Question{Network: network, Layer: l.Name, Samples: fakes(m), Index: 1, Pixel: &q})
						if err != nil {
							t.Fatal(err)
						}
						s := in.Sum
						if s == nil {
							if l.Name != "input" && !slices.Contains(l.Kinds, "batchstd") {
								t.Errorf("%s %s: %+v is no sum", network, l.Name, q)
							}
							continue
						}
						if s.Map != nil && s.Map.At+s.Map.H*s.Map.W > len(b) {
							t.Errorf("%s %s: the map of %d × %d at %d lies outside of %d bytes", network, l.Name, s.Map.H, s.Map.W, s.Map.At, len(b))
						}
						if want, ok := become(s, spot.Layers, biases[l.Name]); ok && math.Abs(want-float64(s.Value)) > 1e-4*(1+math.Abs(want)) {
							t.Errorf("%s %s, %v: %+v is %v, its parts come to %v", network, l.Name, l.Kinds, q, s.Value, want)
						}
					}
				}
			}
		})
	}
}

// become takes the parts of a sum through the layers of its place; not ok behind a norm.
func become(s *wire.Sum, layers []net.Layer, bias []float64) (value float64, ok bool) {
	point := func(v float64) float64 { return v }
	for _, l := range layers {
		before := point
		switch l := l.(type) {
		case net.LeakyReLU:
			point = func(v float64) float64 { v = before(v); return max(v, v*l.Leak) }
		case net.Tanh:
			point = func(v float64) float64 { return math.Tanh(before(v)) }
		case net.BatchNorm, net.PixelNorm, net.LayerNorm:
			return 0, false
		}
	}
	parts := s.Over
	if parts == nil {
		parts = s.Ways
	}
	for _, p := range parts {
		v := float64(p.Value)
		if bias != nil {
			v += bias[p.Unit]
		}
		value += float64(p.Share) * point(v)
	}
	return value, true
}

// What is nothing's sum has none.
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
