package gpu

import (
	"strings"

	"ganvas/core/net"
)

// places lists where a network that was bound as c can be looked into, in the order of computation. Its first is its input.
func places(c *chain, s net.Spec) []place {
	always := func() bool { return true }
	w := walk{begin: "input", used: always, all: []place{{Place: net.Place{Name: "input", In: s.In, Out: s.In}, chain: c, op: -1, used: always}}}
	w.row(c, s.In, s.Layers, true)
	return w.all
}

// walk goes through layers in a row.
type walk struct {
	prefix string // of parameters' names
	begin  string // the name of a place before the first weights
	used   func() bool
	all    []place
}

// row adds a row's places: each op with weights is one, and what follows without any belongs to it; before the first, it belongs to the
// place that the row comes from where open, else to one of its own.
func (w *walk) row(c *chain, in net.Shape, layers []net.Layer, open bool) {
	names, first := net.Numbered(layers), 0
	for k, end := range c.ends {
		of, out := layers[first:end+1], in
		for _, l := range of {
			out, _ = l.Out(out) // accepted when it was bound
		}
		at := place{Place: net.Place{Name: w.prefix + names[first], Layers: of, In: in, Out: out}, chain: c, op: k, used: w.used, layer: of[0], param: -1}
		inside, nested := of[0].(net.Nested)
		switch {
		case nested:
			w.within(inside, c.ops[k], at)
		case len(of[0].Params(in)) > 0:
			at.Weight = learned(of[0], in, at.Name+".")
			w.all = append(w.all, at)
		case open:
			last := &w.all[len(w.all)-1]
			last.Layers = append(append([]net.Layer{}, last.Layers...), of...)
			last.Out, last.chain, last.op, last.used = out, c, k, w.used
		default:
			at.Name = w.begin
			w.all = append(w.all, at)
		}
		in, first, open = out, end+1, true
	}
}

// learned is the weight among a layer's parameters, under its full name.
func learned(l net.Layer, in net.Shape, prefix string) net.Param {
	for _, p := range l.Params(in) {
		if !p.Buffer && strings.HasPrefix(p.Name, "weight") {
			p.Name = prefix + p.Name
			return p
		}
	}
	return net.Param{}
}

// within adds the places of layers made of layers, and behind two ways that of their sum.
func (w *walk) within(l net.Nested, o op, behind place) {
	rows := l.Rows()
	if c, alone := o.(*chain); alone {
		name := w.prefix + l.(net.Named).Name
		w.under(name+".", name+".in", w.used, c, behind.In, rows[0])
		return
	}
	ways, used := o.(*sum), w.used
	prefixes, begins := [2]string{w.prefix, w.prefix}, [2]string{w.prefix + "fade.old", w.prefix + "fade.new"}
	if _, residual := l.(net.Residual); residual {
		prefixes = [2]string{behind.Name + ".main.", behind.Name + ".skip."}
		begins = [2]string{behind.Name + ".main.in", behind.Name + ".skip.in"}
	} else {
		behind.Name = w.prefix + "fade"
	}
	w.under(prefixes[0], begins[0], func() bool { return used() && ways.one }, ways.a, behind.In, rows[0])
	w.under(prefixes[1], begins[1], func() bool { return used() && ways.other }, ways.b, behind.In, rows[1])
	w.all = append(w.all, behind)
}

func (w *walk) under(prefix, begin string, used func() bool, c *chain, in net.Shape, layers []net.Layer) {
	below := walk{prefix: prefix, begin: begin, used: used, all: w.all}
	below.row(c, in, layers, false)
	w.all = below.all
}
