package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// op is a layer bound to rows and parameters. Its methods record what computes it; results are memory of its own, valid
// until the same method is played again. It keeps what the last forward recorded for what is recorded after it.
type op interface {
	// forward: y (n, out) of x (n, in).
	forward(r *recorder, x span) span
	// backward takes dy (n, out), the gradient at y. With Params it adds to the parameters' gradients; with Input it returns
	// dx (n, in), else nothing.
	backward(r *recorder, dy span, w engine.Wrt) span
}

// tangentOp is an op that a gradient penalty can be taken through; see the CPU engine's for what each is of.
type tangentOp interface {
	op
	push(r *recorder, t span) span
	// pull: py is nothing where it is zero, and so is the result.
	pull(r *recorder, py span, w engine.Wrt) span
}

// ctx is what the ops of a bound network share.
type ctx struct {
	e      *Engine
	half   bool // factors of products are rounded to 16 bits
	held   *held
	rows   int           // of each part
	parts  int           // passes side by side
	modes  []engine.Mode // of each part in the pass that begins
	way    way           // the same, as far as kernels depend on it
	args   span          // words: the seed's halves of each part from 0 on, the fade's α at 4
	labels span          // words (n)
	sites  int
}

// way is what of a mode decides which kernels run.
type way struct {
	train, batch, held, draws bool
	old, new                  bool // ways of a fade that count for something
}

func wayOf(m engine.Mode) way {
	return way{train: m.Train, batch: m.Batch, held: m.Reference != nil && !m.Batch, draws: m.Draws != nil, old: m.Alpha != 1, new: m.Alpha != 0}
}

const (
	alphaAt  = 4 // in args
	argCount = 8
)

// n is the rows of all parts.
func (c *ctx) n() int { return c.rows * c.parts }

// buf is new memory of (n, cols).
func (c *ctx) buf(cols int) span { return c.e.memory(c.held, c.n()*cols) }

// own is s, made at its first use with that many values.
func (c *ctx) own(s *span, count int) span {
	if s.in == nil {
		*s = c.e.memory(c.held, count)
	}
	return *s
}

// like is s, made at its first use as large as other.
func (c *ctx) like(s *span, other span) span { return c.own(s, other.count) }

// site numbers a place that draws random numbers, as in the CPU engine.
func (c *ctx) site() uint64 {
	c.sites++
	return uint64(c.sites) * 0x9E3779B97F4A7C15
}

// binding makes a layer computable: a method for each kind takes its parameters in the order of the layer's Params.
type binding struct {
	*ctx
	views *[]view // that are not taken yet
	in    net.Shape
	after after   // what is behind the layer that its own kernels take in, where joins says so
	scale float32 // that the next product's weight is taken with
	under span    // 1 value that it is also taken with; nothing for none
	into  span    // where its gradient goes in place of its own; nothing for there
}

func (b *binding) take() view {
	v := (*b.views)[0]
	*b.views = (*b.views)[1:]
	return v
}

func (b *binding) takeAll(n int) []view {
	vs := make([]view, n)
	for i := range vs {
		vs[i] = b.take()
	}
	return vs
}

func (b *binding) first(vs ...view) { *b.views = append(append([]view{}, vs...), *b.views...) }

// measures reports whether a layer looks at all values of a batch before it makes any of its own.
func measures(l net.Layer) bool { _, is := l.(net.BatchNorm); return is }

// joins reports whether a layer's kernels can apply the leaky activation behind it.
func joins(l net.Layer) bool {
	switch l := l.(type) {
	case net.Linear, net.Conv2d, net.ConvTranspose2d, net.BatchNorm:
		return true
	case net.Spectral:
		return joins(l.Layer)
	case net.Equalized:
		return joins(l.Layer)
	}
	return false
}
