package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// chain is ops in a row, an op itself.
type chain struct {
	ops   []op
	ends  []int  // the last layer that each op computes
	first int    // the lowest op with parameters; len(ops) where there is none
	x     span   // of the last forward
	ys    []span // what each op made of it
}

func bind(c *ctx, views *[]view, in net.Shape, layers []net.Layer) *chain {
	ch := &chain{first: -1}
	for i := 0; i < len(layers); i++ {
		l := layers[i]
		if len(l.Params(in)) > 0 && ch.first < 0 {
			ch.first = len(ch.ops)
		}
		out, err := l.Out(in)
		if err != nil {
			panic("gpu: bind of layers that a spec refuses")
		}
		b := &binding{ctx: c, views: views, in: in, after: after{leak: 1}, scale: 1}
		if i+1 < len(layers) && joins(l) {
			if act, ok := layers[i+1].(net.LeakyReLU); ok {
				b.after.leak = float32(act.Leak)
				i++
			} else if _, ok := layers[i+1].(net.Tanh); ok && !measures(l) {
				b.after.tanh = true
				i++
			}
		}
		if i+1 < len(layers) && joins(l) && !measures(l) && !b.after.tanh {
			if d, ok := layers[i+1].(net.Dropout); ok && d.P > 0 {
				b.after.drop = b.dropping(d, out.Size())
				i++
			}
		}
		ch.ops, ch.ends = append(ch.ops, net.Visit[op](l, b)), append(ch.ends, i)
		in = out
	}
	ch.ys = make([]span, len(ch.ops))
	if ch.first < 0 {
		ch.first = len(ch.ops)
	}
	return ch
}

func (c *chain) forward(r *recorder, x span) span {
	c.x = x
	for i, o := range c.ops {
		x = o.forward(r, x)
		c.ys[i] = x
	}
	return x
}

// backward stops at the lowest layer with parameters when nobody asks for the input's gradient.
func (c *chain) backward(r *recorder, dy span, w engine.Wrt) span {
	stop := c.stop(w)
	for i := len(c.ops) - 1; i >= stop; i-- {
		dy = c.ops[i].backward(r, dy, below(w, i, stop))
	}
	return result(dy, w)
}

func (c *chain) push(r *recorder, t span) span {
	for _, o := range c.ops {
		t = o.(tangentOp).push(r, t)
	}
	return t
}

func (c *chain) pull(r *recorder, py span, w engine.Wrt) span {
	stop := c.stop(w)
	for i := len(c.ops) - 1; i >= stop; i-- {
		py = c.ops[i].(tangentOp).pull(r, py, below(w, i, stop))
	}
	return result(py, w)
}

func (c *chain) stop(w engine.Wrt) int {
	if w&engine.Input != 0 {
		return 0
	}
	return c.first
}

// below is w for op i: every op but the lowest one run must hand a gradient down.
func below(w engine.Wrt, i, stop int) engine.Wrt {
	if i > stop {
		return w | engine.Input
	}
	return w
}

func result(d span, w engine.Wrt) span {
	if w&engine.Input == 0 {
		return span{}
	}
	return d
}
