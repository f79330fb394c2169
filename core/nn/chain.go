package nn

// Chain is Ops in a row, an Op itself.
type Chain struct {
	ops   []Op
	ends  []int       // the last layer that each Op computes
	first int         // the lowest Op with parameters; len(ops) when there is none
	x     []float32   // of the last Forward
	ys    [][]float32 // what each Op made of it
}

// Bind binds layers in a row. A dense or convolution layer takes the LeakyReLU or ReLU behind it into its own product.
func Bind(b *Binder, in Shape, layers []Layer) *Chain {
	c := &Chain{first: -1}
	for i := 0; i < len(layers); i++ {
		l := layers[i]
		if len(l.Params(in)) > 0 && c.first < 0 {
			c.first = len(c.ops)
		}
		out, err := l.Out(in)
		if err != nil {
			panic("nn: Bind of layers that Spec.Shapes refuses")
		}
		if act, ok := next(layers, i).(LeakyReLU); ok {
			if j, ok := l.(joiner); ok {
				i++
				c.add(j.bindJoined(b, in, float32(act.Leak)), i)
				in = out
				continue
			}
		}
		c.add(l.Bind(b, in), i)
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

// joiner is a layer that can apply the leaky activation behind it while its results are still in registers.
type joiner interface {
	bindJoined(b *Binder, in Shape, leak float32) Op
}

func next(layers []Layer, i int) Layer {
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
func (c *Chain) Backward(dy []float32, w Wrt) []float32 {
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

func (c *Chain) Pull(py []float32, w Wrt) []float32 {
	stop := c.stop(w)
	for i := len(c.ops) - 1; i >= stop; i-- {
		py = c.ops[i].(TangentOp).Pull(py, below(w, i, stop))
	}
	return result(py, w)
}

func (c *Chain) stop(w Wrt) int {
	if w&Input != 0 {
		return 0
	}
	return c.first
}

// below is w for Op i: every Op but the lowest one run must hand a gradient down.
func below(w Wrt, i, stop int) Wrt {
	if i > stop {
		return w | Input
	}
	return w
}

func result(d []float32, w Wrt) []float32 {
	if w&Input == 0 {
		return nil
	}
	return d
}
