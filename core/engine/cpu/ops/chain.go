package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// Chain is Ops in a row, an Op itself.
type Chain struct {
	ops   []Op
	ends  []int       // the last layer that each Op computes
	first int         // the lowest Op with parameters; len(ops) when there is none
	x     []float32   // of the last Forward
	ys    [][]float32 // what each Op made of it
}

// Bind binds layers in a row. A dense or convolution layer takes the LeakyReLU or ReLU behind it into its own product.
func Bind(b *Binder, in net.Shape, layers []net.Layer) *Chain {
	c := &Chain{first: -1}
	for i := 0; i < len(layers); i++ {
		l := layers[i]
		if len(l.Params(in)) > 0 && c.first < 0 {
			c.first = len(c.ops)
		}
		out, err := l.Out(in)
		if err != nil {
			panic("ops: Bind of layers that a spec refuses")
		}
		leak := float32(1)
		if act, ok := next(layers, i).(net.LeakyReLU); ok && joins(l) {
			leak = float32(act.Leak)
			i++
		}
		c.add(net.Visit[Op](l, &binding{b, in, leak}), i)
		in = out
	}
	c.ys = make([][]float32, len(c.ops))
	if c.first < 0 {
		c.first = len(c.ops)
	}
	return c
}

// add takes an Op that computes the layers up to end.
func (c *Chain) add(op Op, end int) { c.ops, c.ends = append(c.ops, op), append(c.ends, end) }

func next(layers []net.Layer, i int) net.Layer {
	if i+1 < len(layers) {
		return layers[i+1]
	}
	return nil
}

func (c *Chain) Forward(x []float32) []float32 {
	c.x = x
	for i, op := range c.ops {
		x = op.Forward(x)
		c.ys[i] = x
	}
	return x
}

// Backward stops at the lowest layer with parameters when nobody asks for the input's gradient.
func (c *Chain) Backward(dy []float32, w engine.Wrt) []float32 {
	stop := c.stop(w)
	for i := len(c.ops) - 1; i >= stop; i-- {
		dy = c.ops[i].Backward(dy, below(w, i, stop))
	}
	return result(dy, w)
}

func (c *Chain) Push(t []float32) []float32 {
	for _, op := range c.ops {
		t = op.(TangentOp).Push(t)
	}
	return t
}

func (c *Chain) Pull(py []float32, w engine.Wrt) []float32 {
	stop := c.stop(w)
	for i := len(c.ops) - 1; i >= stop; i-- {
		py = c.ops[i].(TangentOp).Pull(py, below(w, i, stop))
	}
	return result(py, w)
}

func (c *Chain) stop(w engine.Wrt) int {
	if w&engine.Input != 0 {
		return 0
	}
	return c.first
}

// below is w for Op i: every Op but the lowest one run must hand a gradient down.
func below(w engine.Wrt, i, stop int) engine.Wrt {
	if i > stop {
		return w | engine.Input
	}
	return w
}

func result(d []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	return d
}
