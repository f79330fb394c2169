package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"

	"gonum.org/v1/gonum/blas"
)

func (b binding) Linear(l net.Linear) Op {
	in := b.in
	d := &dense{n: b.N, in: in.Size(), out: l.Units, leak: b.leak, w: b.takeProduct()}
	if !l.NoBias {
		d.b = b.Take()
	}
	d.y, d.dx = b.Buf(d.out), b.Buf(d.in)
	if b.leak != 1 {
		d.dz = b.Buf(d.out)
	}
	return d
}

// dense is a bound Linear with the leaky activation that may follow it (leak 1: none).
// z (n, out) = x·Wᵀ + b; y = z where z > 0, else leak·z.
type dense struct {
	n, in, out int
	leak       float32
	w, b       View // W (out, in), b (out)
	x, y       []float32
	dz, dx     []float32
	g          []float32 // gradient at z of the last Backward, for Pull
	t, ty      []float32 // tangent pass: ẋ (n, in), ẏ (n, out)
	pz, px     []float32 // ∂S/∂z (n, out), ∂S/∂x (n, in)
}

func (d *dense) Forward(x []float32) []float32 {
	d.x = x
	f32.GemmBias(blas.NoTrans, blas.Trans, d.n, d.out, d.in, x, d.in, d.w.W, d.in, d.b.W, d.leak, d.y, d.out)
	return d.y
}

func (d *dense) Backward(dy []float32, w engine.Wrt) []float32 {
	if d.leak != 1 {
		f32.LeakyGrad(d.dz, dy, d.y, d.leak)
		dy = d.dz
	}
	d.g = dy
	return d.spread(d.dx, dy, d.x, w)
}

// spread adds dz's parameter gradients (dW += dzᵀ·x, db += column sums of dz) and returns dx = dz·W, as w asks.
func (d *dense) spread(dx, dz, x []float32, w engine.Wrt) []float32 {
	if w&engine.Params != 0 {
		f32.Gemm(blas.Trans, blas.NoTrans, d.out, d.in, d.n, 1, dz, d.out, x, d.in, d.w.begun(), d.w.G, d.in)
		if d.b.G != nil {
			f32.AddColumnSums(d.b.G, dz, d.n, d.out)
		}
	}
	if w&engine.Input == 0 {
		return nil
	}
	f32.Gemm(blas.NoTrans, blas.NoTrans, d.n, d.in, d.out, 1, dz, d.out, d.w.W, d.in, 0, dx, d.in)
	return dx
}

// Push: ż = ẋ·Wᵀ, without the bias; ẏ = ż under Forward's mask.
func (d *dense) Push(t []float32) []float32 {
	if d.ty == nil {
		d.ty, d.pz = make([]float32, d.n*d.out), make([]float32, d.n*d.out)
	}
	d.t = t
	f32.GemmBias(blas.NoTrans, blas.Trans, d.n, d.out, d.in, t, d.in, d.w.W, d.in, nil, 1, d.ty, d.out)
	if d.leak != 1 {
		f32.LeakyGrad(d.ty, d.ty, d.y, d.leak)
	}
	return d.ty
}

// Pull: S holds Σ g·(ẋ·Wᵀ), so ∂S/∂W has gᵀ·ẋ beside what comes down through y.
func (d *dense) Pull(py []float32, w engine.Wrt) []float32 {
	if w&engine.Params != 0 {
		f32.Gemm(blas.Trans, blas.NoTrans, d.out, d.in, d.n, 1, d.g, d.out, d.t, d.in, d.w.begun(), d.w.G, d.in)
	}
	if py == nil {
		return nil
	}
	if d.leak != 1 {
		f32.LeakyGrad(d.pz, py, d.y, d.leak)
		py = d.pz
	}
	d.px = sized(d.px, len(d.dx)) // layers below still need Backward's
	return d.spread(d.px, py, d.x, w)
}
