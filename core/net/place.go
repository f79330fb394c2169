package net

import (
	"strconv"
	"strings"
)

// Place is somewhere in a network that can be looked into: behind a layer with weights and the layers without any that
// follow it, or behind what comes before all weights.
type Place struct {
	Name   string  // its parameters' name without the last part, such as "3" or "2.main.1"; "input" before all layers
	Layers []Layer // in order; none for an input that nothing is done to
	In     Shape   // of one sample, before the first of them
	Out    Shape   // and behind the last
	Weight Param   // the learned weight under its full name; Size 0 and no Name where there is none
}

// Numbered is the number that nn.Sequential gives each layer.
func Numbered(layers []Layer) []string {
	names, k := make([]string, len(layers)), 0
	for i, l := range layers {
		names[i] = strconv.Itoa(k)
		if _, outside := l.(Outside); !outside {
			k++
		}
	}
	return names
}

// Spot is a place, and where in the network it lies: from the layer First to the layer Last of a row, which is known by the address of its
// first layer. The input's row is nil, and its layers −1, where nothing is done to it. From are the places, by their number among all, that its first
// layer takes its input from: none of the network's input, and of a layer with two ways the ends of both.
type Spot struct {
	Place
	Row         *Layer
	First, Last int
	From        []int
}

// Spots lists where a network can be looked into, in the order of computation, from its layers alone. Its first is the input. Layers
// without weights belong to the place before them in their row; what a row of another begins with before any weights is a place of its own.
func Spots(s Spec) []Spot {
	l := spots{begin: "input", all: []Spot{{Place: Place{Name: "input", In: s.In, Out: s.In}, First: -1, Last: -1}}}
	l.row(s.In, s.Layers, true)
	return l.all
}

// spots goes through layers in a row.
type spots struct {
	prefix string // of parameters' names
	begin  string // the name of a place before the first weights
	all    []Spot
	from   int // the place behind which the row goes on
}

// add adds a place that takes its input from where the row has come to.
func (s *spots) add(at Spot) {
	if at.From == nil {
		at.From = []int{s.from}
	}
	s.from, s.all = len(s.all), append(s.all, at)
}

func (s *spots) row(in Shape, layers []Layer, open bool) {
	names := Numbered(layers)
	for i, l := range layers {
		out, _ := l.Out(in) // accepted when the network was made
		at := Spot{Place: Place{Name: s.prefix + names[i], Layers: layers[i : i+1], In: in, Out: out}, Row: &layers[0], First: i, Last: i}
		nested, isNested := l.(Nested)
		switch {
		case isNested:
			s.within(nested, at)
		case len(l.Params(in)) > 0:
			at.Weight = learned(l, in, at.Name+".")
			s.add(at)
		case open:
			last := &s.all[len(s.all)-1]
			if last.Row != at.Row {
				last.First = i
			}
			last.Layers = append(last.Layers[:len(last.Layers):len(last.Layers)], l)
			last.Out, last.Row, last.Last = out, at.Row, i
		default:
			at.Name = s.begin
			s.add(at)
		}
		in, open = out, true
	}
}

// within adds the places of a layer made of layers, and behind two ways that of their sum.
func (s *spots) within(l Nested, behind Spot) {
	rows := l.Rows()
	if named, alone := l.(Named); alone {
		name := s.prefix + named.Name
		s.from = s.under(name+".", name+".in", behind.In, rows[0])
		return
	}
	prefixes, begins := [2]string{s.prefix, s.prefix}, [2]string{s.prefix + "fade.old", s.prefix + "fade.new"}
	if _, residual := l.(Residual); residual {
		prefixes = [2]string{behind.Name + ".main.", behind.Name + ".skip."}
		begins = [2]string{behind.Name + ".main.in", behind.Name + ".skip.in"}
	} else {
		behind.Name = s.prefix + "fade"
	}
	for k := range rows {
		behind.From = append(behind.From, s.under(prefixes[k], begins[k], behind.In, rows[k]))
	}
	s.add(behind)
}

// under adds the places of a row inside a layer, and returns that which it ends in.
func (s *spots) under(prefix, begin string, in Shape, layers []Layer) int {
	below := spots{prefix: prefix, begin: begin, all: s.all, from: s.from}
	below.row(in, layers, false)
	s.all = below.all
	return below.from
}

// learned is the weight among a layer's parameters, under its full name.
func learned(l Layer, in Shape, prefix string) Param {
	for _, p := range l.Params(in) {
		if !p.Buffer && strings.HasPrefix(p.Name, "weight") {
			p.Name = prefix + p.Name
			return p
		}
	}
	return Param{}
}
