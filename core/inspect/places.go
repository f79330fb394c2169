package inspect

import (
	"ganvas/core/net"
	"ganvas/core/wire"
)

// describe is a network's places in messages.
func describe(places []net.Place) []wire.Layer {
	all := make([]wire.Layer, len(places))
	for i, p := range places {
		l := wire.Layer{Name: p.Name, Kinds: []string{}, In: triple(p.In), Out: triple(p.Out), Weight: p.Weight.Shape}
		for _, each := range p.Layers {
			l.Kinds = append(l.Kinds, net.Kinds(each)...)
		}
		all[i] = l
	}
	return all
}

func triple(s net.Shape) [3]int { return [3]int{s.C, s.H, s.W} }
