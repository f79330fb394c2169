package ops

import (
	"strings"

	"ganvas/core/net"
)

// Place is one of a bound network's places.
type Place struct {
	net.Place
	chain *Chain
	op    int // of the chain's; −1 for its input
	made  *reweighed
	used  func() bool
}

// Activation is what came out of the place in the last Forward (n, out): a buffer that is valid until the next one. It is
// nil where that pass did not go this way.
func (p *Place) Activation() []float32 {
	switch {
	case !p.used():
		return nil
	case p.op < 0:
		return p.chain.x
	}
	return p.chain.ys[p.op]
}

// Made is the weight that the layer computes with where that is made of the learned one, as a pass in the context's mode
// would make it; else nil.
func (p *Place) Made() []float32 {
	if p.made == nil {
		return nil
	}
	p.made.rule.weigh(p.made.made.W)
	return p.made.made.W
}

// Places lists where a network that was bound as c can be looked into, in the order of computation. Its first is its input.
func (c *Chain) Places(s net.Spec) []Place {
	g := gathering{prefix: "", start: "input", used: func() bool { return true }}
	g.all = []Place{{Place: net.Place{Name: "input", In: s.In, Out: s.In}, chain: c, op: -1, used: g.used}}
	g.row(c, s.In, s.Layers, true)
	return g.all
}

// gathering collects the places of layers in a row.
type gathering struct {
	prefix string // of parameter names
	start  string // name of a place before the first weights
	used   func() bool
	all    []Place
}

// row adds the places of layers bound as c. With open, layers without weights belong to the place before them, if the
// row begins with such.
func (g *gathering) row(c *Chain, in net.Shape, layers []net.Layer, open bool) {
	names, begin := net.Numbered(layers), 0
	for op, end := range c.ends {
		l, out := layers[begin], in
		for _, each := range layers[begin : end+1] {
			out, _ = each.Out(out) // accepted when it was bound
		}
		p := Place{Place: net.Place{Name: g.prefix + names[begin], Layers: layers[begin : end+1], In: in, Out: out}, chain: c, op: op, used: g.used}
		nested, inside := l.(net.Nested)
		switch {
		case inside:
			g.inside(nested, c.ops[op], p)
		case len(l.Params(in)) > 0:
			p.weigh(l, g.prefix+names[begin]+".", c.ops[op])
			g.all = append(g.all, p)
		case open:
			last := &g.all[len(g.all)-1]
			last.Layers = append(append([]net.Layer{}, last.Layers...), p.Layers...)
			last.Out, last.chain, last.op, last.used = out, c, op, g.used
		default:
			p.Name = g.start
			g.all = append(g.all, p)
		}
		in, begin, open = out, end+1, true
	}
}

// inside adds the places of layers made of layers, and that of the sum where they are two ways.
func (g *gathering) inside(l net.Nested, op Op, behind Place) {
	rows := l.Rows()
	if c, ok := op.(*Chain); ok {
		name := l.(net.Named).Name
		g.under(name+".", name+".in", g.used, c, behind.In, rows[0])
		return
	}
	ways, used := op.(*sum), g.used
	prefixes, starts := [2]string{"", ""}, [2]string{"fade.old", "fade.new"}
	if _, residual := l.(net.Residual); residual {
		at := strings.TrimPrefix(behind.Name, g.prefix)
		prefixes = [2]string{at + ".main.", at + ".skip."}
		starts = [2]string{at + ".main.in", at + ".skip.in"}
	} else {
		behind.Name = g.prefix + "fade"
	}
	g.under(prefixes[0], starts[0], func() bool { return used() && ways.p != 0 }, ways.a, behind.In, rows[0])
	g.under(prefixes[1], starts[1], func() bool { return used() && ways.q != 0 }, ways.b, behind.In, rows[1])
	g.all = append(g.all, behind)
}

// under adds the places of a row whose names have more before them.
func (g *gathering) under(prefix, start string, used func() bool, c *Chain, in net.Shape, layers []net.Layer) {
	below := gathering{prefix: g.prefix + prefix, start: g.prefix + start, used: used, all: g.all}
	below.row(c, in, layers, false)
	g.all = below.all
}

// weigh finds the place's weight among its first layer's parameters.
func (p *Place) weigh(l net.Layer, prefix string, op Op) {
	for _, q := range l.Params(p.In) {
		if !q.Buffer && strings.HasPrefix(q.Name, "weight") {
			p.Weight = q
			p.Weight.Name = prefix + q.Name
			break
		}
	}
	p.made, _ = op.(*reweighed)
}
