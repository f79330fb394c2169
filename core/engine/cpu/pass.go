package cpu

import (
	"math"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu/ops"
	"ganvas/core/f32"
	"ganvas/core/net"
)

// pass is a network bound to rows.
type pass struct {
	net     *Net
	rows    int
	ctx     *ops.Context
	chain   *ops.Chain
	in, out int
	y, dx   Array // views of the chain's buffers

	ones, v []float32 // Penalize: dD = 1 at the first output; v (rows, in)
}

// newPass is a pass without its layers.
func newPass(n *Net, rows int, shapes []net.Shape) *pass {
	ctx := &ops.Context{Group: n.e.group}
	p := &pass{net: n, rows: rows, ctx: ctx, in: shapes[0].Size(), out: shapes[len(shapes)-1].Size()}
	p.y, p.dx = Array{f32.Matrix(rows, p.out, nil)}, Array{f32.Matrix(rows, p.in, nil)}
	return p
}

func (p *pass) Release() {
	p.ctx, p.chain, p.ones, p.v = nil, nil, nil, nil
	p.y.Release()
	p.dx.Release()
}

// share tells the Ops which rows of the whole batch are this program's.
func (p *pass) share(in engine.Batch, m engine.Mode) {
	p.ctx.Begin(m)
	p.ctx.Labels = in.Labels
	if m.Rows == 0 {
		p.ctx.Rows = p.rows
	}
}

func (p *pass) Forward(in engine.Batch, m engine.Mode) engine.Array {
	p.share(in, m)
	p.y.Data = p.chain.Forward(in.X.(*Array).Data)
	return &p.y
}

func (p *pass) Backward(dy engine.Array, w engine.Wrt) engine.Array {
	p.dx.Data = p.chain.Backward(dy.(*Array).Data, w)
	if p.dx.Data == nil {
		return nil
	}
	return &p.dx
}

// tiny keeps the norm's derivative finite where a gradient vanishes.
const tiny = 1e-30

// Penalize: with g = ∇ₓD, mean c(‖g‖) over all rows of the batch; v = c′(‖g‖)·g/(n‖g‖) held fixed, the parameter
// gradients are those of Σ v·∇ₓD.
func (p *pass) Penalize(in engine.Batch, m engine.Mode, c engine.Curve, mean engine.Array) {
	if p.ones == nil {
		p.ones, p.v = make([]float32, p.rows*p.out), make([]float32, p.rows*p.in)
		for i := range p.rows {
			p.ones[i*p.out] = 1
		}
	}
	p.share(in, m)
	p.chain.Forward(in.X.(*Array).Data)
	g := p.chain.Backward(p.ones, engine.Input)
	total, n := 0.0, float64(p.ctx.Rows)
	for i := range p.rows {
		row, v := g[i*p.in:][:p.in], p.v[i*p.in:][:p.in]
		sum := tiny
		for _, x := range row {
			sum += float64(x) * float64(x)
		}
		norm := math.Sqrt(sum)
		value, slope := c.At(norm)
		total += value / n
		scale := float32(slope / (n * norm))
		for j, x := range row {
			v[j] = scale * x
		}
	}
	p.chain.Push(p.v)
	p.chain.Pull(nil, engine.Params)
	mean.(*Array).Data[0] = float32(total)
}
