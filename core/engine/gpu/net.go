package gpu

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/weights"
)

// Net is a network whose weights, gradients and running statistics are one buffer each, so that whatever treats them all
// alike is one dispatch.
type Net struct {
	e                       *Engine
	held                    *held
	spec                    net.Spec
	params                  []net.Param
	views                   []view
	weights, grads, buffers span // nothing where there are none
	count                   int
	half                    bool // factors of its products are rounded to 16 bits
	forgotten               bool // the gradients count as zero, and are not
	apart                   bool // some parameters may have no part in a pass
	zero                    *playable
	average                 *playable // moves the parameters towards those of another
	averaged                *Net
	moving                  span // (1) how far
}

// view is a parameter's values and gradients inside the network's buffers; g is nothing for buffers.
type view struct{ w, g span }

func newNet(e *Engine, s net.Spec) (*Net, error) {
	params, err := s.Params()
	if err != nil {
		return nil, err
	}
	n := &Net{e: e, half: e.half, spec: s, params: params, views: make([]view, len(params))}
	n.held = holding(e, n)
	n.apart = has(s.Layers, func(l net.Layer) bool { _, is := l.(net.Fade); return is })
	var trained, kept int
	for _, p := range params {
		if p.Buffer {
			kept += padded(p.Size())
		} else {
			trained += padded(p.Size())
			n.count += p.Size()
		}
	}
	if trained > 0 {
		n.weights, n.grads = e.memory(n.held, trained), e.memory(n.held, trained)
	}
	if kept > 0 {
		n.buffers = e.memory(n.held, kept)
	}
	trained, kept = 0, 0
	for i, p := range params {
		size := p.Size()
		if p.Buffer {
			n.views[i].w = n.buffers.part(kept, size)
			kept += padded(size)
			continue
		}
		n.views[i] = view{n.weights.part(trained, size), n.grads.part(trained, size)}
		trained += padded(size)
	}
	return n, e.Err()
}

// learns is called before gradients are added, and reports whether they take the place of what is there.
func (n *Net) learns() bool {
	if n.apart {
		n.clear()
	}
	fresh := n.forgotten
	n.forgotten = false
	return fresh
}

// clear makes gradients zero that count as zero.
func (n *Net) clear() {
	if !n.forgotten {
		return
	}
	n.forgotten = false
	if n.zero == nil {
		r := &recorder{e: n.e}
		r.each(n.grads.count, source("zero"), nil, out("x", n.grads))
		n.zero = n.held.swap(nil, r.done())
	}
	n.e.play(n.zero)
}

func (n *Net) Release()       { n.held.Release() }
func (n *Net) Spec() net.Spec { return n.spec }
func (n *Net) Count() int     { return n.count }

// fetched is the values of spans, waiting for them once.
func (e *Engine) fetched(spans []span) [][]float32 {
	values, all := make([][]float32, len(spans)), make([]Reading, len(spans))
	for i, s := range spans {
		values[i] = make([]float32, s.count)
		all[i] = s.reading(values[i])
	}
	e.read(all)
	return values
}

func (n *Net) State() ([]weights.Tensor, error) {
	spans := make([]span, len(n.params))
	for i, v := range n.views {
		spans[i] = v.w
	}
	values, ts := n.e.fetched(spans), make([]weights.Tensor, len(n.params))
	for i, p := range n.params {
		if p.Count {
			ts[i] = weights.FromI64(p.Name, p.Shape, []int64{int64(values[i][0])})
			continue
		}
		ts[i] = weights.FromF32(p.Name, p.Shape, values[i])
	}
	return ts, n.e.Err()
}

func (n *Net) Load(ts []weights.Tensor) error {
	values, err := engine.Match(n.spec.Name, n.params, ts)
	if err != nil {
		return err
	}
	for i, v := range values {
		n.e.write(n.views[i].w, bytesOf(v))
	}
	return n.e.Err()
}

func (n *Net) Bind(rows int) (engine.Pass, error) {
	if err := n.check(rows); err != nil {
		return nil, err
	}
	p, err := newPass(n, rows, 1)
	if err != nil {
		return nil, err // not p: a nil *pass is no nil interface
	}
	return p, n.e.Err()
}

func (n *Net) check(rows int) error {
	if rows < 1 {
		return fmt.Errorf("%s: a batch needs at least one row, not %d", n.spec.Name, rows)
	}
	return n.e.Err()
}
