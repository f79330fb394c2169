package ops

import (
	"math"

	"ganvas/core/engine"
	"ganvas/core/net"
)

const layerEps = 1e-5

func (b *binding) LayerNorm(_ net.LayerNorm) Op {
	in := b.in
	size := in.Size()
	return &layerNorm{n: b.N, size: size, gamma: b.Take(), beta: b.Take(), y: b.Buf(size), hat: b.Buf(size), dx: b.Buf(size), inv: b.Buf(1)}
}

// layerNorm: x̂ = (x − µ)/σ row by row, y = γ·x̂ + β. Both Jacobians of x̂ are P/σ with P a = a − mean a − x̂·mean(x̂·a).
type layerNorm struct {
	n, size     int
	gamma, beta View
	y, hat, dx  []float32
	inv         []float32 // (n) 1/σ

	d, g       []float32 // dy and γ·dy of the last Backward, (n, F)
	th, ty, px []float32 // of the last Push: x̂'s tangent; ẏ; ∂S/∂x
	rate       []float32 // (n) σ̇/σ
}

func (l *layerNorm) Forward(x []float32) []float32 {
	for i := range l.n {
		row, hat, y := x[i*l.size:][:l.size], l.hat[i*l.size:][:l.size], l.y[i*l.size:][:l.size]
		mean, squares := 0.0, 0.0
		for _, v := range row {
			mean += float64(v)
		}
		mean /= float64(l.size)
		for _, v := range row {
			squares += (float64(v) - mean) * (float64(v) - mean)
		}
		inv := float32(1 / math.Sqrt(squares/float64(l.size)+layerEps))
		l.inv[i] = inv
		for j, v := range row {
			hat[j] = (v - float32(mean)) * inv
			y[j] = l.gamma.W[j]*hat[j] + l.beta.W[j]
		}
	}
	return l.y
}

// means: of a and of x̂·a, over row i.
func (l *layerNorm) means(a []float32, i int) (mean, dot float32) {
	var s, d float64
	for j, v := range a {
		s += float64(v)
		d += float64(v) * float64(l.hat[i*l.size+j])
	}
	return float32(s / float64(l.size)), float32(d / float64(l.size))
}

// project: to = P·a/σ over row i, added where add asks.
func (l *layerNorm) project(to, a []float32, i int, add bool) (dot float32) {
	mean, dot := l.means(a, i)
	hat := l.hat[i*l.size:][:l.size]
	for j, v := range a {
		p := (v - mean - hat[j]*dot) * l.inv[i]
		if add {
			p += to[j]
		}
		to[j] = p
	}
	return dot
}

func (l *layerNorm) Backward(dy []float32, w engine.Wrt) []float32 {
	l.d, l.g = dy, sized(l.g, len(l.y))
	for i := range l.n {
		d, hat, g := dy[i*l.size:][:l.size], l.hat[i*l.size:][:l.size], l.g[i*l.size:][:l.size]
		for j, v := range d {
			g[j] = l.gamma.W[j] * v
			if w&engine.Params != 0 {
				l.gamma.G[j] += v * hat[j]
				l.beta.G[j] += v
			}
		}
		if w&engine.Input != 0 {
			l.project(l.dx[i*l.size:][:l.size], g, i, false)
		}
	}
	return result(l.dx, w)
}

// Push: ẏ = γ·P ẋ/σ; σ̇/σ = mean(x̂·ẋ)/σ.
func (l *layerNorm) Push(t []float32) []float32 {
	if l.th == nil {
		l.th, l.ty, l.px, l.rate = make([]float32, len(l.y)), make([]float32, len(l.y)), make([]float32, len(l.y)), make([]float32, l.n)
	}
	for i := range l.n {
		th, ty := l.th[i*l.size:][:l.size], l.ty[i*l.size:][:l.size]
		l.rate[i] = l.project(th, t[i*l.size:][:l.size], i, false) * l.inv[i]
		for j, v := range th {
			ty[j] = l.gamma.W[j] * v
		}
	}
	return l.ty
}

// Pull: ∂S/∂γ has dy·x̂̇ beside py·x̂; ∂S/∂x has the derivative of P g/σ along ẋ, with g = γ·dy:
// −σ̇/σ·P g/σ − (x̂̇·mean(x̂·g) + x̂·mean(x̂̇·g))/σ.
func (l *layerNorm) Pull(py []float32, w engine.Wrt) []float32 {
	for i := range l.n {
		at := i * l.size
		g, th, hat, px := l.g[at:][:l.size], l.th[at:][:l.size], l.hat[at:][:l.size], l.px[at:][:l.size]
		if w&engine.Params != 0 {
			for j, v := range l.d[at:][:l.size] {
				l.gamma.G[j] += v * th[j]
			}
		}
		dot := l.project(px, g, i, false)
		moved := 0.0
		for j := range g {
			moved += float64(g[j]) * float64(th[j])
		}
		m := float32(moved / float64(l.size))
		for j := range px {
			px[j] = -l.rate[i]*px[j] - (th[j]*dot+hat[j]*m)*l.inv[i]
		}
		if py == nil {
			continue
		}
		p, scaled := py[at:][:l.size], th // th is not needed any more
		for j, v := range p {
			if w&engine.Params != 0 {
				l.gamma.G[j] += v * hat[j]
				l.beta.G[j] += v
			}
			scaled[j] = l.gamma.W[j] * v
		}
		l.project(px, scaled, i, true)
	}
	return result(l.px, w)
}
