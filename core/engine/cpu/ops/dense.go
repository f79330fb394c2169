package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

func (b *binding) Linear(l net.Linear) Op {
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
	f32.GemmBias(blas.NoTrans, blas.Trans, f32.Matrix(d.n, d.in, x), f32.Matrix(d.out, d.in, d.w.W), d.b.W, d.leak, f32.Matrix(d.n, d.out, d.y))
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
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, f32.Matrix(d.n, d.out, dz), f32.Matrix(d.n, d.in, x), d.w.begun(), f32.Matrix(d.out, d.in, d.w.G))
		if d.b.G != nil {
			f32.AddColumnSums(d.b.G, dz, d.n, d.out)
		}
	}
	if w&engine.Input == 0 {
		return nil
	}
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, f32.Matrix(d.n, d.out, dz), f32.Matrix(d.out, d.in, d.w.W), 0, f32.Matrix(d.n, d.in, dx))
	return dx
}

// Push: ż = ẋ·Wᵀ, without the bias; ẏ = ż under Forward's mask.
func (d *dense) Push(t []float32) []float32 {
	if d.ty == nil {
		d.ty, d.pz = make([]float32, d.n*d.out), make([]float32, d.n*d.out)
	}
	d.t = t
	f32.GemmBias(blas.NoTrans, blas.Trans, f32.Matrix(d.n, d.in, t), f32.Matrix(d.out, d.in, d.w.W), nil, 1, f32.Matrix(d.n, d.out, d.ty))
	if d.leak != 1 {
		f32.LeakyGrad(d.ty, d.ty, d.y, d.leak)
	}
	return d.ty
}

// Pull: S holds Σ g·(ẋ·Wᵀ), so ∂S/∂W has gᵀ·ẋ beside what comes down through y.
func (d *dense) Pull(py []float32, w engine.Wrt) []float32 {
	if w&engine.Params != 0 {
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, f32.Matrix(d.n, d.out, d.g), f32.Matrix(d.n, d.in, d.t), d.w.begun(), f32.Matrix(d.out, d.in, d.w.G))
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
