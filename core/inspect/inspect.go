// Package inspect looks into a run's networks without touching them: what their weights are and have been, what becomes of
// one sample in them, and how D wishes an image were.
package inspect

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/net"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// Networks by their names in messages.
const (
	Generator     = "generator"
	Discriminator = "discriminator"
)

// ErrNoInside says that an engine does not offer what looking takes.
var ErrNoInside = errors.New("this engine's networks cannot be looked into: take the engine of the page or --engine go")

// Samples are the rows that are looked at together, either fakes from Noise (rows, noise) or images (rows, sample).
type Samples struct {
	Noise  []float32
	Images []float32
	Labels []int32 // (rows), nil in an unconditional run
}

// Glass looks into one run's networks, and follows them where they grow.
type Glass struct {
	m       *gan.GAN
	rows    int
	sampler *gan.Sampler
	bound   [2]engine.Net // that g and d look into
	shown   *network      // the generator whose images are shown: the averaged one where there is one
	learns  *network      // the one that learns, the same without an average
	d       *network

	images []float32 // (rows, sample)
	x      []float32 // (rows, D's input)
	past   *Past
}

// network is one that is looked into.
type network struct {
	engine.Inspection
	name   string
	spec   net.Spec
	places []net.Place
	from   [][]int // the places that each takes its input from
	layers []wire.Layer
}

// New looks at rows samples at a time, and keeps what it records in past.
func New(m *gan.GAN, rows int, past *Past) (*Glass, error) {
	g := &Glass{m: m, rows: rows, past: past}
	if err := g.follow(); err != nil {
		return nil, err
	}
	var err error
	g.sampler, err = m.NewSampler(rows)
	g.images = make([]float32, rows*m.Data.Sample.Size())
	return g, err
}

// follow binds anew when the networks have been replaced.
func (g *Glass) follow() (err error) {
	now := [2]engine.Net{g.m.Shown(), g.m.D}
	if now == g.bound {
		return nil
	}
	if g.shown, err = g.bind(Generator, now[0]); err != nil {
		return err
	}
	g.learns = g.shown
	if g.m.Average != nil {
		if g.learns, err = g.bind(Generator, g.m.G); err != nil {
			return err
		}
	}
	if g.d, err = g.bind(Discriminator, now[1]); err != nil {
		return err
	}
	g.bound, g.x = now, make([]float32, g.rows*g.d.spec.In.Size())
	return nil
}

func (g *Glass) bind(name string, n engine.Net) (*network, error) {
	i, ok := n.(engine.Inspector)
	if !ok {
		return nil, ErrNoInside
	}
	look, err := i.Inspect(g.rows)
	if err != nil {
		return nil, err
	}
	bound := &network{Inspection: look, name: name, spec: n.Spec(), places: look.Places(), layers: describe(look.Places())}
	for _, s := range net.Spots(bound.spec) {
		bound.from = append(bound.from, s.From)
	}
	return bound, nil
}

// Question is what to look at.
type Question struct {
	Network, Layer string // "" for the discriminator and for its first layer with weights
	Samples        Samples
	Index          int    // the sample's row
	Unit           int    // the first unit to show the weights of
	Map            int    // and the activations
	Pixel          *Pixel // a value of the activations to take apart, nil for none
	Flow           bool   // how large the last updates' gradients were
}

// Look answers a question. The generator's activations are those of fakes; of images it has none.
func (g *Glass) Look(q Question) (*wire.Inspection, []byte, error) {
	if err := g.follow(); err != nil {
		return nil, nil, err
	}
	if q.Index < 0 || q.Index >= g.rows {
		return nil, nil, fmt.Errorf("index is %d: it must be from 0 to %d", q.Index, g.rows-1)
	}
	n, at, err := g.find(q.Network, q.Layer)
	if err != nil {
		return nil, nil, err
	}
	verdict := g.run(q.Samples, n)[q.Index]
	out := &wire.Inspection{Network: n.name, Layer: n.layers[at].Name, Averaged: n != g.d && n != g.learns, Generator: g.shown.layers, Discriminator: g.d.layers,
		Index: q.Index, Verdict: g.m.Verdict(verdict), Scores: g.m.Scores()}
	if q.Samples.Labels != nil {
		out.Label = &q.Samples.Labels[q.Index]
	}
	var b []byte
	if p := &n.places[at]; weighs(p) {
		b, out.Weights = g.weight(n, at).tiles(b, n.Weight(at), q.Unit)
		b, out.Past = g.past.of(b, n.name+"/"+p.Name)
	}
	if a := n.Activation(at, q.Index); a != nil && (n == g.d || q.Samples.Noise != nil) {
		b, out.Activations = g.activation(n, at).tiles(b, a, q.Map)
		if q.Pixel != nil {
			b, out.Sum = g.sum(b, n, at, q, *q.Pixel)
		}
	}
	if q.Flow {
		out.Flow = &wire.Flow{Generator: slopes(g.learns), Discriminator: slopes(g.d)}
	}
	return out, b, g.m.Engine.Err()
}

// find is the network and the place of those names.
func (g *Glass) find(name, layer string) (*network, int, error) {
	n := g.d
	switch name {
	case Generator:
		n = g.shown
	case Discriminator, "":
	default:
		return nil, 0, fmt.Errorf("network is %q: it must be %s or %s", name, Generator, Discriminator)
	}
	if layer == "" {
		return n, slices.IndexFunc(n.places, func(p net.Place) bool { return weighs(&p) }), nil
	}
	at := slices.IndexFunc(n.places, func(p net.Place) bool { return p.Name == layer })
	if at < 0 {
		var all []string
		for _, p := range n.places {
			all = append(all, p.Name)
		}
		return nil, 0, fmt.Errorf("the %s has no layer %q; it has %s", n.name, layer, strings.Join(all, ", "))
	}
	return n, at, nil
}

// run takes the samples through the network that is asked for, and returns D's logits of them all.
func (g *Glass) run(s Samples, n *network) []float64 {
	images := g.Pictures(s)
	if n == g.d {
		g.sampler.Seen(g.x, images)
		n.Forward(g.x, s.Labels, g.m.Judging())
	} else if s.Noise != nil {
		n.Forward(s.Noise, s.Labels, engine.Mode{Alpha: float32(g.m.FadeIn())})
	}
	return g.sampler.Logits(images, s.Labels)
}

// Pictures is the samples as images (rows, sample), with a value for each byte that they are shown with.
func (g *Glass) Pictures(s Samples) []float32 {
	if s.Noise == nil {
		return s.Images
	}
	g.sampler.Images(g.images, s.Noise, s.Labels)
	img.Rounded(g.images)
	return g.images
}

// weight is how the weight of a place is shown.
func (g *Glass) weight(n *network, at int) arrangement {
	p := &n.places[at]
	made := net.Vec(p.Out.Size())
	switch {
	case p.Out.H > 1:
		made = p.Out
	case n != g.d && at == len(n.places)-1:
		made = net.Of(g.m.Data.Sample)
	}
	return weight(p.Layers[0], p.Weight.Shape, g.read(n, at), made)
}

// activation is how what comes out of a place is shown: an image as such, where it is one.
func (g *Glass) activation(n *network, at int) arrangement {
	p, s := &n.places[at], net.Of(g.m.Data.Sample)
	image := at == 0 && n == g.d || at == len(n.places)-1 && n != g.d
	if image && g.m.Data.Sample.Kind() == sample.Picture && p.Out.Size() == s.Size() {
		return picture(g.m.Data.Sample)
	}
	a := maps(p.Out)
	a.image = image && p.Out.H > 1 && p.Out.C == s.C
	return a
}

// read is the shape that a place's input vector had before it was made one: feature maps that were flattened, or an image
// that D is given as a vector, a label beside it or not. It is a vector where there is no such.
func (g *Glass) read(n *network, at int) net.Shape {
	in, whole := n.places[at].In.Size(), net.Of(g.m.Data.Sample)
	flat := map[int]net.Shape{} // feature maps by how many values they have
	if n == g.d {
		seen := whole
		seen.C *= g.m.Pack()
		flat[n.spec.In.Size()], flat[n.spec.In.Size()+g.m.Data.Classes] = seen, seen
	}
	for _, p := range n.places[:at] {
		s := p.In
		for _, l := range p.Layers {
			if s.H > 1 {
				flat[s.Size()] = s
			}
			s, _ = l.Out(s)
		}
		if s.H > 1 {
			flat[s.Size()] = s
		} else if len(p.Weight.Shape) == 2 {
			delete(flat, s.Size()) // a dense layer's units are in no order
		}
	}
	if s, ok := flat[in]; ok {
		return s
	}
	return net.Vec(1)
}
