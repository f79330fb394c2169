package inspect_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/gan"
	"ganvas/core/inspect"
	"ganvas/core/rng"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// value is what a byte of tiles means.
func value(b []byte, t *wire.Tiles, unit, each, y, x int) float64 {
	return float64(int8(b[t.At+((unit*t.Each+each)*t.H+y)*t.W+x])) / 127 * float64(t.Scale)
}

// Every layer of every network can be looked at, and all that is said of it lies within the bytes.
func TestEveryLayer(t *testing.T) {
	for name := range recipes {
		t.Run(name, func(t *testing.T) {
			m := made(t, name)
			g, _ := glass(t, m)
			if err := g.Record(1); err != nil {
				t.Fatal(err)
			}
			first, _, err := g.Look(inspect.Question{Samples: fakes(m)})
			if err != nil {
				t.Fatal(err)
			}
			if first.Network != inspect.Discriminator || first.Weights == nil {
				t.Errorf("without a name one sees %s of the %s", first.Layer, first.Network)
			}
			for network, layers := range map[string][]wire.Layer{inspect.Generator: first.Generator, inspect.Discriminator: first.Discriminator} {
				for _, l := range layers {
					in, b, err := g.Look(inspect.Question{Network: network, Layer: l.Name, Samples: fakes(m), Index: 1})
					if err != nil {
						t.Fatal(err)
					}
					if (in.Weights != nil) != (l.Weight != nil) || (in.Past != nil) != (l.Weight != nil) || in.Activations == nil {
						t.Errorf("%s %s: weights %v, past %v, activations %v; its weight is %v", network, l.Name, in.Weights, in.Past, in.Activations, l.Weight)
					}
					end := 0
					for _, tiles := range []*wire.Tiles{in.Weights, in.Activations} {
						if tiles != nil {
							end = max(end, tiles.At+tiles.Units*tiles.Each*tiles.H*tiles.W)
						}
					}
					if in.Past != nil {
						for _, s := range []wire.Strip{in.Past.Weights, in.Past.Gradients} {
							end = max(end, s.At+s.Bins*len(in.Past.Steps))
						}
					}
					if end != len(b) && in.Past == nil || end > len(b) {
						t.Errorf("%s %s: what is described ends at %d, the bytes at %d", network, l.Name, end, len(b))
					}
				}
			}
		})
	}
}

// An image that goes in or comes out is one picture in its colours, each channel behind the other.
func TestImagesInColour(t *testing.T) {
	for _, name := range []string{"dense", "dcgan"} {
		gray := made(t, name)
		m, err := gan.New(gray.Engine, gray.Recipe, gan.Data{Sample: sample.Shape{Channels: 3, Height: side, Width: side}})
		if err != nil {
			t.Fatal(err)
		}
		g, _ := glass(t, m)
		s := inspect.Samples{Images: make([]float32, rows*m.Data.Sample.Size())}
		rng.New(3, "images").Uniform(s.Images, -1, 1)
		const at = 1
		in, b, err := g.Look(inspect.Question{Network: inspect.Discriminator, Layer: "input", Samples: s, Index: at})
		if err != nil {
			t.Fatal(err)
		}
		a := in.Activations
		if !a.Image || a.Colours != 3 || a.Units != 1 || a.Each != 1 || a.H != side || a.W != side || len(b) != a.At+3*side*side {
			t.Fatalf("%s: an image in colour is %+v in %d bytes", name, a, len(b))
		}
		for i, v := range s.Images[at*m.Data.Sample.Size():][:m.Data.Sample.Size()] {
			if got := float64(int8(b[a.At+i])) / 127; math.Abs(got-float64(v)) > 0.01 {
				t.Fatalf("%s: value %d is %v, want %v", name, i, got, v)
			}
		}
		w, b := g.Wishes(s)
		if w.Sample != m.Data.Sample || len(b) != 2*rows*m.Data.Sample.Size() {
			t.Errorf("%s: wishes for %v in %d bytes", name, w.Sample, len(b))
		}
	}
}

// The weights of the dense networks as pictures: D's first layer shows what each unit looks for, with the label's weights
// in rows below; G's last shows what each of its inputs paints; between them lies a matrix.
func TestDenseWeightsAsPictures(t *testing.T) {
	m := made(t, "dense, labels")
	g, _ := glass(t, m)
	look := func(network, layer string) (*wire.Tiles, []byte, []float64) {
		t.Helper()
		in, b, err := g.Look(inspect.Question{Network: network, Layer: layer, Samples: fakes(m)})
		if err != nil {
			t.Fatal(err)
		}
		net := m.D
		if network == inspect.Generator {
			net = m.Average
		}
		ts, err := net.State()
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range ts {
			if x.Name == layer+".weight" {
				w, err := x.F64()
				if err != nil {
					t.Fatal(err)
				}
				return in.Weights, b, w
			}
		}
		t.Fatalf("there is no %s.weight", layer)
		return nil, nil, nil
	}
	same := func(what string, tiles *wire.Tiles, got, want float64) {
		t.Helper()
		want = max(-float64(tiles.Scale), min(float64(tiles.Scale), want))
		if math.Abs(got-want) > float64(tiles.Scale)/200 {
			t.Fatalf("%s: the picture says %v, the weight is %v", what, got, want)
		}
	}
	size := side * side
	tiles, b, w := look(inspect.Discriminator, "0")
	if tiles.Units != 24 || tiles.H != side+1 || tiles.W != side || tiles.Inputs {
		t.Fatalf("D's first layer is shown as %+v", tiles)
	}
	for u := range 24 {
		for i := range size + classes {
			same("D's first layer", tiles, value(b, tiles, u, 0, i/side, i%side), w[u*(size+classes)+i])
		}
		same("nothing", tiles, value(b, tiles, u, 0, side, classes), 0)
	}
	tiles, b, w = look(inspect.Generator, "4")
	if tiles.Units != 24 || tiles.H != side || tiles.W != side || !tiles.Inputs {
		t.Fatalf("G's last layer is shown as %+v", tiles)
	}
	for u := range 24 {
		for i := range size {
			same("G's last layer", tiles, value(b, tiles, u, 0, i/side, i%side), w[i*24+u])
		}
	}
	tiles, b, w = look(inspect.Discriminator, "3")
	if tiles.Units != 16 || tiles.H != 1 || tiles.W != 24 {
		t.Fatalf("D's second layer is shown as %+v", tiles)
	}
	for u := range 16 {
		for i := range 24 {
			same("D's second layer", tiles, value(b, tiles, u, 0, 0, i), w[u*24+i])
		}
	}
}

// A convolution's kernels are pictures, its feature maps too; the last one of G is the fake itself.
func TestConvolutions(t *testing.T) {
	m := made(t, "dcgan")
	g, _ := glass(t, m)
	see := func(network, layer string) *wire.Inspection {
		t.Helper()
		in, _, err := g.Look(inspect.Question{Network: network, Layer: layer, Samples: fakes(m)})
		if err != nil {
			t.Fatal(err)
		}
		return in
	}
	d := see(inspect.Discriminator, "0")
	if w, a := d.Weights, d.Activations; w.Units != 4 || w.Each != 1 || w.H != 4 || w.W != 4 || a.Units != 4 || a.H != side/2 || a.Image {
		t.Errorf("D's convolution: weights %+v, activations %+v", w, a)
	}
	in := see(inspect.Generator, "input").Activations
	if in.H*in.W < 8 || in.Image {
		t.Errorf("the noise is shown as %+v", in)
	}
	last := see(inspect.Generator, lastOf(d.Generator))
	if a := last.Activations; !a.Image || a.H != side || a.Scale != 1 {
		t.Errorf("the fake is shown as %+v", a)
	}
	if w := last.Weights; w.Units != 5 || w.Each != 1 || !w.Inputs {
		t.Errorf("the last layer's kernels: %+v", w)
	}
	dense := see(inspect.Generator, "0").Weights
	if dense.Units != 8 || dense.Each != 6 || dense.H != side/4 || !dense.Inputs {
		t.Errorf("what each noise value paints: %+v", dense)
	}
	head := see(inspect.Discriminator, lastOf(d.Discriminator)).Weights
	if head.Units != 1 || head.Each != 6 || head.H != side/4 || head.Inputs {
		t.Errorf("the feature maps that D's end looks at: %+v", head)
	}
	if x := see(inspect.Discriminator, "input").Activations; !x.Image || x.H != side {
		t.Errorf("D's input is shown as %+v", x)
	}
}

func lastOf(layers []wire.Layer) string { return layers[len(layers)-1].Name }

// A way that the sample does not go while a resolution has not begun to fade in has no activations, and the generator has
// none of a real sample.
func TestWaysNotTaken(t *testing.T) {
	m := made(t, "progressive, fading")
	if _, err := m.Grow(20); err != nil { // nothing of the new resolution yet
		t.Fatal(err)
	}
	g, _ := glass(t, m)
	for name, there := range map[string]bool{"block8.1": false, "image4.0": true} {
		in, _, err := g.Look(inspect.Question{Network: inspect.Generator, Layer: name, Samples: fakes(m)})
		if err != nil {
			t.Fatal(err)
		}
		if (in.Activations != nil) != there {
			t.Errorf("%s has activations %v", name, in.Activations)
		}
	}
	in, _, err := g.Look(inspect.Question{Network: inspect.Generator, Layer: "image4.0", Samples: images(m)})
	if err != nil || in.Activations != nil {
		t.Errorf("the generator makes %v of a real sample; %v", in.Activations, err)
	}
}

func TestLookRefuses(t *testing.T) {
	m := made(t, "dense")
	g, _ := glass(t, m)
	for _, c := range []struct {
		q    inspect.Question
		says string
	}{
		{inspect.Question{Network: "critic"}, "generator or discriminator"}, {inspect.Question{Layer: "77"}, "input, 0"},
		{inspect.Question{Index: rows}, "from 0 to 2"}, {inspect.Question{Index: -1}, "from 0 to 2"},
	} {
		c.q.Samples = fakes(m)
		if _, _, err := g.Look(c.q); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%+v is answered by %v", c.q, err)
		}
	}
}

// Pages of units follow each other without a gap and meet every unit once.
func TestPages(t *testing.T) {
	m := made(t, "dense")
	g, _ := glass(t, m)
	in, _, err := g.Look(inspect.Question{Network: inspect.Generator, Layer: "0", Samples: fakes(m), Unit: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if w := in.Weights; w.From+w.Units != w.Total {
		t.Errorf("the last page is %+v", w)
	}
}

// The past is there for layers of both networks, by moments in order, and stays in bounds.
func TestPastIsThinned(t *testing.T) {
	m := made(t, "dense")
	g, past := glass(t, m)
	taken := 0
	for step := 1; step <= 3000; step++ {
		if past.Due(step) {
			taken++
			if err := g.Record(step); err != nil {
				t.Fatal(err)
			}
		}
	}
	in, _, err := g.Look(inspect.Question{Network: inspect.Generator, Layer: "0", Samples: fakes(m)})
	if err != nil {
		t.Fatal(err)
	}
	steps := in.Past.Steps
	if n := len(steps); n > 128 || n < 64 || steps[0] != 1 || 3000-steps[n-1] > 3000/n*2 || !slices.IsSorted(steps) {
		t.Errorf("after 3000 steps %d moments from %d to %d", n, steps[0], steps[n-1])
	}
	if taken > 1000 {
		t.Errorf("%d moments were taken", taken)
	}
	for i := 2; i < len(steps); i++ {
		if a, b := steps[i-1]-steps[i-2], steps[i]-steps[i-1]; a > 2*b || b > 2*a {
			t.Errorf("moments %d, %d, %d", steps[i-2], steps[i-1], steps[i])
		}
	}
}
