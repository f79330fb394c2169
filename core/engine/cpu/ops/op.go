package ops

import (
	"ganvas/core/engine"
	"ganvas/core/winograd"
)

// Op is a layer bound to n rows and to its parameters. Its results are buffers of its own, valid until its next call of
// the same method.
type Op interface {
	// Forward: y (n, out) of x (n, in). The Op may keep x until Backward.
	Forward(x []float32) []float32
	// Backward takes dy (n, out), the gradient at the last Forward's y. With Params it adds to the parameter gradients;
	// with Input it returns dx (n, in), else nil. It may keep dy until Pull.
	Backward(dy []float32, w engine.Wrt) []float32
}

// TangentOp is an Op that a gradient penalty can be taken through. With v held fixed, S = Σ v·∇ₓD is the derivative of
// D along v, so its parameter gradients follow from one tangent pass (Push, first layer to last) and one adjoint pass
// over it (Pull, last layer to first), after a Forward and a Backward with respect to Input from dD = 1.
type TangentOp interface {
	Op
	// Push: ẏ (n, out) = J·ẋ with J the layer's Jacobian at the last Forward's x. The Op may keep ẋ until Pull.
	Push(t []float32) []float32
	// Pull adds the layer's share of ∂S/∂θ to its parameter gradients. py (n, out) is ∂S/∂y, nil where that is zero; the
	// result is ∂S/∂x (n, in), nil where it is zero or w lacks Input. The gradient of D at y is the last Backward's dy.
	Pull(py []float32, w engine.Wrt) []float32
}

// Context is what the Ops of one bound network share: the current pass's mode and labels, and the group.
type Context struct {
	engine.Mode
	Labels   []int32 // (n), nil where the network takes none
	Group    engine.Group
	sites    int
	spare    [2][]float32     // memory that one Op uses at a time
	winograd winograd.Scratch // and that of convolutions
}

// Begin makes m the mode of the pass that begins.
func (c *Context) Begin(m engine.Mode) {
	c.Mode = m
	m.Reference.Begin(m.Batch)
}

// held reports whether layers take their statistics from a reference.
func (c *Context) held() bool { return c.Reference != nil && !c.Batch }

// reserve makes sure that scratch k holds n values.
func (c *Context) reserve(k, n int) {
	if len(c.spare[k]) < n {
		c.spare[k] = make([]float32, n)
	}
}

// scratch is n values of memory that the next Op overwrites.
func (c *Context) scratch(k, n int) []float32 { return c.spare[k][:n] }

// Site numbers a place in the network that draws random numbers, so that each draws its own.
func (c *Context) Site() uint64 {
	c.sites++
	return uint64(c.sites)
}

// View is a parameter's values and gradients (nil for buffers) inside the network's slabs.
type View struct {
	W, G  []float32
	Stale *Stale // nil: G is cleared when gradients are forgotten
}

// Stale lets a gradient that is forgotten stay in memory until the first product of the next one overwrites it.
type Stale struct {
	May bool // the layer that the parameter belongs to asks begun before it adds to G
	Now bool // what G holds is forgotten
}

// begun is what the first product to be added to G takes G times: 0 where G is stale, which it then is no more, else 1.
func (v View) begun() float32 {
	if v.Stale == nil || !v.Stale.Now {
		return 1
	}
	v.Stale.Now = false
	return 0
}

// Binder hands a network's memory to its layers while they are bound.
type Binder struct {
	N     int // rows
	Ctx   *Context
	views []View
	buf   func(size int) []float32 // nil for memory of its own
}

// NewBinder binds to n rows with the parameters in the order of net.Spec.Params.
func NewBinder(n int, ctx *Context, views []View) *Binder {
	return &Binder{N: n, Ctx: ctx, views: views}
}

// Take is the next parameter, in the order of the layer's Params.
func (b *Binder) Take() View {
	v := b.views[0]
	b.views = b.views[1:]
	return v
}

// takeProduct is the next parameter for a layer that asks begun before it adds to the gradient.
func (b *Binder) takeProduct() View {
	v := b.Take()
	if v.Stale != nil {
		v.Stale.May = true
	}
	return v
}

// takeAll is the next n parameters.
func (b *Binder) takeAll(n int) []View {
	vs := make([]View, n)
	for i := range vs {
		vs[i] = b.Take()
	}
	return vs
}

// first makes vs the next parameters to be taken.
func (b *Binder) first(vs []View) { b.views = append(vs, b.views...) }

// Buf is a new (n, cols) buffer.
func (b *Binder) Buf(cols int) []float32 {
	if b.buf != nil {
		return b.buf(b.N * cols)
	}
	return make([]float32, b.N*cols)
}
