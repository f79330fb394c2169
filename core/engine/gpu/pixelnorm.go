package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

type pixelNorm struct {
	*ctx
	maps, area int
	made       struct{ y, inv, dx span } // inv (n, area) 1/√(mean square + eps)
}

func (b *binding) PixelNorm(net.PixelNorm) op {
	return &pixelNorm{ctx: b.ctx, maps: b.in.C, area: b.in.H * b.in.W}
}

func (p *pixelNorm) consts() []konst {
	return []konst{{"MAPS", p.maps}, {"AREA", p.area}, {"EPS", float32(1e-8)}}
}

func (p *pixelNorm) forward(r *recorder, x span) span {
	pixels := p.n() * p.area
	y := p.own(&p.made.y, pixels*p.maps)
	r.each(pixels, source("pixelnorm"), p.consts(), in("x", x), out("y", y), out("inv", p.own(&p.made.inv, pixels)))
	return y
}

// backward: dx = (dy − y·mean over C of dy·y)/√(…).
func (p *pixelNorm) backward(r *recorder, dy span, w engine.Wrt) span {
	if w&engine.Input == 0 {
		return span{}
	}
	dx := p.like(&p.made.dx, p.made.y)
	r.each(p.n()*p.area, source("pixelnorm_back"), p.consts(), in("dy", dy), out("dx", dx), in("y", p.made.y), in("inv", p.made.inv))
	return dx
}
