package ops

import (
	"math"

	"ganvas/core/engine"
	"ganvas/core/net"
)

const pixelEps = 1e-8

func (b *binding) PixelNorm(_ net.PixelNorm) Op {
	in := b.in
	return &pixelNorm{n: b.N, maps: in.C, area: in.H * in.W, y: b.Buf(in.Size()), dx: b.Buf(in.Size()),
		inv: b.Buf(in.H * in.W), dot: make([]float32, in.H*in.W)}
}

type pixelNorm struct {
	n, maps, area int
	y, dx         []float32
	inv           []float32 // (n, area) 1/√(mean square + eps) of the last Forward
	dot           []float32 // (area) one sample's sums over its maps
}

// dots: dot (area) = Σ over maps of a·b, both (maps, area).
func (p *pixelNorm) dots(a, b []float32) {
	clear(p.dot)
	for c := range p.maps {
		x, y := a[c*p.area:][:p.area], b[c*p.area:][:p.area]
		for j := range p.dot {
			p.dot[j] += x[j] * y[j]
		}
	}
}

func (p *pixelNorm) Forward(x []float32) []float32 {
	size := p.maps * p.area
	for i := range p.n {
		in, out, inv := x[i*size:][:size], p.y[i*size:][:size], p.inv[i*p.area:][:p.area]
		p.dots(in, in)
		for j, s := range p.dot {
			inv[j] = float32(1 / math.Sqrt(float64(s)/float64(p.maps)+pixelEps))
		}
		for c := range p.maps {
			for j := range inv {
				out[c*p.area+j] = in[c*p.area+j] * inv[j]
			}
		}
	}
	return p.y
}

// Backward: dx = (dy − y·mean over C of dy·y)/√(…).
func (p *pixelNorm) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	size, over := p.maps*p.area, 1/float32(p.maps)
	for i := range p.n {
		d, y, dx, inv := dy[i*size:][:size], p.y[i*size:][:size], p.dx[i*size:][:size], p.inv[i*p.area:][:p.area]
		p.dots(d, y)
		for c := range p.maps {
			for j := range inv {
				k := c*p.area + j
				dx[k] = inv[j] * (d[k] - y[k]*over*p.dot[j])
			}
		}
	}
	return p.dx
}
