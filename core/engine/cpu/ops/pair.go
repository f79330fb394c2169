package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// Pair is two Chains of the same layers over as many rows each. Each has a Context and results of its own and can go
// alone; side by side, dense layers multiply the rows of both at once, which spares a pass over their weights and one
// over their gradients. All other layers do one and then the other.
type Pair struct {
	A, B *Chain
	both []*denseBoth // of each Op, nil where it isn't dense
}

// BindPair binds layers twice to n rows and the same parameters.
func BindPair(n int, a, b *Context, views []View, in net.Shape, layers []net.Layer) *Pair {
	first, second := NewBinder(n, a, views), NewBinder(n, b, views)
	h := &halves{}
	first.buf, second.buf = h.first, h.second
	p := &Pair{A: Bind(first, in, layers), B: Bind(second, in, layers)}
	p.both = make([]*denseBoth, len(p.A.ops))
	for i, op := range p.A.ops {
		if d, ok := op.(*dense); ok {
			p.both[i] = &denseBoth{a: d, b: p.B.ops[i].(*dense)}
		}
	}
	return p
}

// halves gives two Binders memory such that each buffer of the second lies right behind the first's.
type halves struct{ rest [][]float32 }

func (h *halves) first(size int) []float32 {
	whole := make([]float32, 2*size)
	h.rest = append(h.rest, whole[size:])
	return whole[:size]
}

func (h *halves) second(int) []float32 {
	half := h.rest[0]
	h.rest = h.rest[1:]
	return half
}

// Forward is A's of a and B's of b.
func (p *Pair) Forward(a, b []float32) (ya, yb []float32) {
	p.A.x, p.B.x = a, b
	for i, d := range p.both {
		if d != nil {
			a, b = d.forward(a, b)
		} else {
			a, b = p.A.ops[i].Forward(a), p.B.ops[i].Forward(b)
		}
		p.A.ys[i], p.B.ys[i] = a, b
	}
	return a, b
}

// Backward is A's of da and B's of db with respect to the parameters.
func (p *Pair) Backward(da, db []float32) {
	stop := p.A.stop(engine.Params)
	for i := len(p.both) - 1; i >= stop; i-- {
		w := below(engine.Params, i, stop)
		if d := p.both[i]; d != nil {
			da, db = d.backward(da, db, w)
		} else {
			da, db = p.A.ops[i].Backward(da, w), p.B.ops[i].Backward(db, w)
		}
	}
}

// denseBoth is a pair's two bindings of one dense layer. Their buffers lie behind each other.
type denseBoth struct {
	a, b  *dense
	x, dy []float32 // copies of what others' memory holds
}

func (d *denseBoth) forward(xa, xb []float32) (ya, yb []float32) {
	a, b := d.a, d.b
	x := adjoin(&d.x, xa, xb)
	a.x, b.x = x[:len(xa)], x[len(xa):]
	y := adjoin(nil, a.y, b.y)
	f32.GemmBias(blas.NoTrans, blas.Trans, f32.Matrix(2*a.n, a.in, x), f32.Matrix(a.out, a.in, a.w.W), a.b.W, a.leak, f32.Matrix(2*a.n, a.out, y))
	return a.y, b.y
}

func (d *denseBoth) backward(da, db []float32, w engine.Wrt) (dxa, dxb []float32) {
	a, b := d.a, d.b
	if a.leak != 1 {
		f32.LeakyGrad(a.dz, da, a.y, a.leak)
		f32.LeakyGrad(b.dz, db, b.y, b.leak)
		da, db = a.dz, b.dz
	}
	dz := adjoin(&d.dy, da, db)
	a.g, b.g = dz[:len(da)], dz[len(da):]
	x := adjoin(&d.x, a.x, b.x)
	blas32.Gemm(blas.Trans, blas.NoTrans, 1, f32.Matrix(2*a.n, a.out, dz), f32.Matrix(2*a.n, a.in, x), a.w.begun(), f32.Matrix(a.out, a.in, a.w.G))
	if a.b.G != nil {
		// Apart, so that sums that cancel do so exactly: see f32.Kernels.
		f32.AddColumnSums(a.b.G, a.g, a.n, a.out)
		f32.AddColumnSums(b.b.G, b.g, b.n, b.out)
	}
	if w&engine.Input == 0 {
		return nil, nil
	}
	dx := adjoin(nil, a.dx, b.dx)
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, f32.Matrix(2*a.n, a.out, dz), f32.Matrix(a.out, a.in, a.w.W), 0, f32.Matrix(2*a.n, a.in, dx))
	return a.dx, b.dx
}

// adjoin is a and b as one slice: themselves where b lies right behind a, else a copy in room.
func adjoin(room *[]float32, a, b []float32) []float32 {
	n := len(a)
	if cap(a) >= n+len(b) {
		if whole := a[:n+len(b)]; &whole[n] == &b[0] {
			return whole
		}
	}
	*room = sized(*room, n+len(b))
	copy(*room, a)
	copy((*room)[n:], b)
	return *room
}
