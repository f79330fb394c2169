package gpu

import (
	"fmt"
	"slices"

	"ganvas/core/engine"
	"ganvas/core/net"
)

// inspection is a network bound for looking. What is looked at is fetched when it is asked for.
type inspection struct {
	net    *Net
	rows   int
	pass   *pass
	x      span
	mode   engine.Mode
	places []place
}

// place is where one can look: what comes out of an op of a chain.
type place struct {
	net.Place
	chain  *chain
	op     int // of the chain's; −1 for its input
	layer  net.Layer
	prefix string // of its parameters' names
	used   func() bool
	param  int // of the learned weight among the network's; −1 for none
}

// Inspect implements engine.Inspector.
func (n *Net) Inspect(rows int) (engine.Inspection, error) {
	if rows < 1 {
		return nil, fmt.Errorf("%s: looking inside needs at least one row, not %d", n.spec.Name, rows)
	}
	p, err := newPass(n, rows, 1)
	if err != nil {
		return nil, err
	}
	i := &inspection{net: n, rows: rows, pass: p, x: n.e.memory(p.held, rows*p.in)}
	i.places = places(p.chain, n.spec)
	for k := range i.places {
		at := &i.places[k]
		at.param = slices.IndexFunc(n.params, func(q net.Param) bool { return at.Weight.Name != "" && q.Name == at.Weight.Name })
	}
	return i, n.e.Err()
}

func (i *inspection) Places() (all []net.Place) {
	for _, p := range i.places {
		all = append(all, p.Place)
	}
	return all
}

func (i *inspection) Forward(x []float32, labels []int32, m engine.Mode) {
	m.Rows = i.rows
	i.net.e.write(i.x, bytesOf(x[:i.x.count]))
	i.pass.forward(i.x, [][]int32{labels}, []engine.Mode{m})
	i.pass.renote()
}

func (i *inspection) Activation(at, row int) []float32 {
	p := &i.places[at]
	if !p.used() {
		return nil
	}
	s := p.chain.x
	if p.op >= 0 {
		s = p.chain.ys[p.op]
	}
	size := p.Out.Size()
	return i.net.e.fetched([]span{s.part(row*size, size)})[0]
}

// Weight is the learned one with what its layer makes of it; in evaluation spectral norm's u and v rest.
func (i *inspection) Weight(at int) []float32 {
	p := &i.places[at]
	if p.param < 0 {
		return nil
	}
	switch l := p.layer.(type) {
	case net.Equalized:
		w := i.net.e.fetched([]span{i.net.views[p.param].w})[0]
		scale := float32(l.Scale(p.In))
		for k := range w {
			w[k] *= scale
		}
		return w
	case net.Spectral:
		v := i.net.e.fetched([]span{i.net.views[p.param].w, i.net.views[p.param+1].w, i.net.views[p.param+2].w}) // u and v lie behind it
		w, sigma := v[0], 0.0
		for k := range w {
			sigma += float64(v[1][k/len(v[2])]) * float64(w[k]) * float64(v[2][k%len(v[2])])
		}
		for k := range w {
			w[k] = float32(float64(w[k]) / sigma)
		}
		return w
	}
	return i.net.e.fetched([]span{i.net.views[p.param].w})[0]
}

func (i *inspection) Gradient(at int) []float32 {
	if p := i.places[at].param; p >= 0 {
		i.net.clear()
		return i.net.e.fetched([]span{i.net.views[p].g})[0]
	}
	return nil
}
