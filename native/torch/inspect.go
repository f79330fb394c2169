//go:build libtorch

package torch

import (
	"fmt"
	"slices"

	"ganvas/core/engine"
	"ganvas/core/net"
)

// inspection is a network bound for looking. A pass brings what its layers compute into Go's memory.
type inspection struct {
	net    *Net
	rows   int
	spots  []net.Spot
	places []net.Place // the same
	params []int       // of each, the learned weight among the network's; −1 for none
	sizes  map[spot]int
	seen   map[spot][]float32 // of the last pass: what came out (rows, size)
	made   map[spot][]float32 // and the weights that were made of the learned ones
}

// spot is behind a layer of the row that begins with that one.
type spot struct {
	row   *net.Layer
	layer int
}

// Inspect implements engine.Inspector.
func (n *Net) Inspect(rows int) (engine.Inspection, error) {
	if rows < 1 {
		return nil, fmt.Errorf("%s: looking inside needs at least one row, not %d", n.spec.Name, rows)
	}
	i := &inspection{net: n, rows: rows, spots: net.Spots(n.spec), sizes: map[spot]int{}}
	for _, p := range i.spots {
		i.places = append(i.places, p.Place)
		i.params = append(i.params, slices.IndexFunc(n.params, func(q net.Param) bool { return p.Weight.Name != "" && q.Name == p.Weight.Name }))
		i.sizes[spot{p.Row, p.First}] = p.Weight.Size()
	}
	return i, nil
}

func (i *inspection) Places() []net.Place { return i.places }

func (i *inspection) Forward(x []float32, labels []int32, m engine.Mode) {
	i.seen, i.made = map[spot][]float32{}, map[spot][]float32{}
	i.net.e.do(func(s *scope) {
		seed(m.Seed)
		m.Reference.Begin(m.Batch)
		size := i.net.spec.In.Size()
		in := s.upload(x[:i.rows*size], i.rows, size)
		r := &forward{scope: s, net: i.net, rows: i.rows, mode: m, labels: labels, look: i}
		i.see(s, spot{nil, -1}, in, size)
		i.net.way(r, in)
	})
}

// see keeps what comes out at a spot, of which a row is that long.
func (i *inspection) see(s *scope, at spot, y tensor, size int) {
	v := make([]float32, i.rows*size)
	s.read(v, y)
	i.seen[at] = v
}

// use keeps the weight that a layer is about to compute with in the place of the learned one.
func (i *inspection) use(s *scope, at spot, w tensor) {
	v := make([]float32, i.sizes[at])
	s.read(v, w)
	i.made[at] = v
}

func (i *inspection) Activation(place, row int) []float32 {
	p := &i.spots[place]
	y := i.seen[spot{p.Row, p.Last}]
	if y == nil {
		return nil
	}
	size := p.Out.Size()
	return y[row*size:][:size]
}

func (i *inspection) Weight(place int) []float32 {
	p := &i.spots[place]
	if i.params[place] < 0 {
		return nil
	}
	if w := i.made[spot{p.Row, p.First}]; w != nil {
		return w
	}
	return i.fetched(p.Weight.Size(), i.net.data[i.params[place]])
}

func (i *inspection) Gradient(place int) []float32 {
	if i.params[place] < 0 {
		return nil
	}
	return i.fetched(i.spots[place].Weight.Size(), i.net.grads[i.params[place]])
}

// fetched is a tensor's n values, zeros where there is none.
func (i *inspection) fetched(n int, t tensor) []float32 {
	v := make([]float32, n)
	if t != nil {
		i.net.e.do(func(s *scope) { s.read(v, t) })
	}
	return v
}
