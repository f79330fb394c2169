package cpu

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu/ops"
	"ganvas/core/net"
	"ganvas/core/weights"
)

// Net is a network whose weights, gradients and running statistics are one slab each.
type Net struct {
	e       *Engine
	spec    net.Spec
	params  []net.Param
	views   []ops.View // of each param, in order
	weights []float32  // trainable
	grads   []float32
	buffers []float32 // running statistics and the like
}

func newNet(e *Engine, s net.Spec, params []net.Param) *Net {
	n := &Net{e: e, spec: s, params: params, views: make([]ops.View, len(params))}
	var trained, kept int
	for _, p := range params {
		if p.Buffer {
			kept += p.Size()
		} else {
			trained += p.Size()
		}
	}
	n.weights, n.grads, n.buffers = make([]float32, trained), make([]float32, trained), make([]float32, kept)
	trained, kept = 0, 0
	for i, p := range params {
		size := p.Size()
		if p.Buffer {
			n.views[i] = ops.View{W: n.buffers[kept:][:size:size]}
			kept += size
			continue
		}
		n.views[i] = ops.View{W: n.weights[trained:][:size:size], G: n.grads[trained:][:size:size], Stale: new(ops.Stale)}
		trained += size
	}
	return n
}

// forget leaves no gradients but stale ones.
func (n *Net) forget() {
	for _, v := range n.views {
		switch {
		case v.G == nil:
		case v.Stale.May:
			v.Stale.Now = true
		default:
			clear(v.G)
		}
	}
}

// settle clears the gradients that nothing was added to since they were forgotten.
func (n *Net) settle() {
	for _, v := range n.views {
		if v.G != nil && v.Stale.Now {
			clear(v.G)
			v.Stale.Now = false
		}
	}
}

func (n *Net) Release() { n.views, n.weights, n.grads, n.buffers = nil, nil, nil, nil }

func (n *Net) Spec() net.Spec { return n.spec }
func (n *Net) Count() int     { return len(n.weights) }

// Grads is every parameter's gradient, in the order of the spec's parameters.
func (n *Net) Grads() []float32 {
	n.settle()
	return n.grads
}

// Weights is every parameter's values, in the order of the spec's parameters.
func (n *Net) Weights() []float32 { return n.weights }

// Param is the view of the named parameter.
func (n *Net) Param(name string) (ops.View, bool) {
	n.settle()
	for i, p := range n.params {
		if p.Name == name {
			return n.views[i], true
		}
	}
	return ops.View{}, false
}

func (n *Net) State() ([]weights.Tensor, error) {
	ts := make([]weights.Tensor, len(n.params))
	for i, p := range n.params {
		if p.Count {
			ts[i] = weights.FromI64(p.Name, p.Shape, []int64{int64(n.views[i].W[0])})
			continue
		}
		ts[i] = weights.FromF32(p.Name, p.Shape, n.views[i].W)
	}
	return ts, nil
}

func (n *Net) Load(ts []weights.Tensor) error {
	values, err := engine.Match(n.spec.Name, n.params, ts)
	if err != nil {
		return err
	}
	for i, v := range values {
		copy(n.views[i].W, v)
	}
	return nil
}

// Bind binds the network to that many rows of this program's own.
func (n *Net) Bind(rows int) (engine.Pass, error) {
	shapes, err := n.shapes(rows)
	if err != nil {
		return nil, err
	}
	p := newPass(n, rows, shapes)
	p.chain = ops.Bind(ops.NewBinder(rows, p.ctx, n.views), shapes[0], n.spec.Layers)
	return p, nil
}

// shapes is the spec's, where it can be bound to that many rows.
func (n *Net) shapes(rows int) ([]net.Shape, error) {
	if rows < 1 {
		return nil, fmt.Errorf("%s: a batch needs at least one row, not %d", n.spec.Name, rows)
	}
	return n.spec.Shapes()
}
