//go:build libtorch

package torch

import (
	"fmt"
	"runtime"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/weights"
)

// Net is a network's parameters as tensors, each with a second handle that autograd knows as a leaf. Updates go through
// the first, so that they are no part of what is differentiated.
type Net struct {
	e      *Engine
	spec   net.Spec
	params []net.Param
	way    layer // all layers in a row
	out    int
	data   []tensor
	leaves []tensor // nil for buffers
	grads  []tensor // nil where no gradient has come yet
	counts []int64  // of params that count
}

func newNet(e *Engine, s net.Spec) (*Net, error) {
	params, err := s.Params()
	if err != nil {
		return nil, err
	}
	shapes, err := s.Shapes()
	if err != nil {
		return nil, err
	}
	n := &Net{e: e, spec: s, params: params, out: shapes[len(shapes)-1].Size()}
	if n.way, err = rowOf(s.Layers, s.In, 0); err != nil {
		return nil, fmt.Errorf("%s: %w", s.Name, err)
	}
	return n, nil
}

// allocate makes the tensors with their first values.
func (n *Net) allocate(s *scope, values [][]float32) {
	k := len(n.params)
	n.data, n.leaves, n.grads, n.counts = make([]tensor, k), make([]tensor, k), make([]tensor, k), make([]int64, k)
	for i, p := range n.params {
		if p.Count {
			n.counts[i] = int64(values[i][0])
			continue
		}
		n.data[i] = s.upload(values[i], p.Shape...)
		if !p.Buffer {
			n.leaves[i] = s.leaf(n.data[i])
		}
		s.own(n.data[i], n.leaves[i])
	}
	for _, ts := range [][]tensor{n.data, n.leaves, n.grads} {
		runtime.AddCleanup(n, n.e.leave, ts)
	}
}

func (n *Net) Release() { n.e.releaseAll(n.data, n.leaves, n.grads) }

func (n *Net) Spec() net.Spec { return n.spec }

func (n *Net) Count() (count int) {
	for _, p := range n.params {
		if !p.Buffer {
			count += p.Size()
		}
	}
	return count
}

func (n *Net) State() ([]weights.Tensor, error) {
	ts := make([]weights.Tensor, len(n.params))
	n.e.do(func(s *scope) {
		for i, p := range n.params {
			if p.Count {
				ts[i] = weights.FromI64(p.Name, p.Shape, []int64{n.counts[i]})
				continue
			}
			v := make([]float32, p.Size())
			s.read(v, n.data[i])
			ts[i] = weights.FromF32(p.Name, p.Shape, v)
		}
	})
	return ts, n.e.Err()
}

func (n *Net) Load(ts []weights.Tensor) error {
	values, err := engine.Match(n.spec.Name, n.params, ts)
	if err != nil {
		return err
	}
	n.e.do(func(s *scope) {
		for i, v := range values {
			if n.params[i].Count {
				n.counts[i] = int64(v[0])
				continue
			}
			s.write(n.data[i], v)
		}
	})
	return n.e.Err()
}

func (n *Net) Bind(rows int) (engine.Pass, error) {
	if rows < 1 {
		return nil, fmt.Errorf("%s: a batch needs at least one row, not %d", n.spec.Name, rows)
	}
	held := make([]tensor, 4)
	p := &pass{net: n, rows: rows, x: &held[0], graph: &held[1],
		y:  Array{e: n.e, rows: rows, cols: n.out, cell: &held[2]},
		dx: Array{e: n.e, rows: rows, cols: n.spec.In.Size(), cell: &held[3]}}
	runtime.AddCleanup(p, n.e.leave, held)
	return p, nil
}

// receive adds gradients, those of the leaves that are not nil in order, to what has come before.
func (n *Net) receive(s *scope, grads []tensor) {
	k := 0
	for i, l := range n.leaves {
		if l == nil {
			continue
		}
		g := grads[k]
		k++
		switch {
		case g == nil:
		case n.grads[i] == nil:
			n.grads[i] = g
			s.own(g)
		default:
			s.add(n.grads[i], g)
		}
	}
}

// trained is the leaves that are not nil.
func (n *Net) trained() []tensor {
	ts := make([]tensor, 0, len(n.leaves)+1)
	for _, l := range n.leaves {
		if l != nil {
			ts = append(ts, l)
		}
	}
	return ts
}

func (n *Net) forget() {
	for i, g := range n.grads {
		n.e.free(g)
		n.grads[i] = nil
	}
}
