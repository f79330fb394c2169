package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

const batchMomentum = float32(0.1)

// batchNorm is a bound BatchNorm over (n, maps, area) with the leaky activation that may follow it. A workgroup has a map, and
// measures, normalises and moves the running statistics at once.
type batchNorm struct {
	*ctx
	maps, area                        int
	leak, eps                         float32
	gamma, beta, mean, variance, seen view
	trained                           bool // in the last forward
	x, y, stats                       span // stats: (parts, 2, maps) mean and 1/σ of the last forward
	made                              struct{ y, dx, stats span }
}

func (b *binding) BatchNorm(l net.BatchNorm) op {
	return &batchNorm{ctx: b.ctx, maps: b.in.C, area: b.in.H * b.in.W, leak: b.after.leak, eps: float32(l.Epsilon()),
		gamma: b.take(), beta: b.take(), mean: b.take(), variance: b.take(), seen: b.take()}
}

func (b *batchNorm) consts() []konst {
	return []konst{{"AREA", b.area}, {"EACH", b.rows * b.area}, {"PARTS", b.parts}, {"EPS", b.eps}, {"MOMENTUM", batchMomentum}, {"LEAK", b.leak},
		{"TRAIN", b.way.train}, {"HELD", b.way.held}, {"MEASURE", b.trained}}
}

func (b *batchNorm) forward(r *recorder, x span) span {
	b.trained = (b.way.train || b.way.batch) && !b.way.held
	b.x, b.y, b.stats = x, b.own(&b.made.y, x.count), b.own(&b.made.stats, b.parts*2*b.maps)
	r.looks = append(r.looks, func() span { return b.stats.part(0, 2*b.maps) })
	r.rows(b.maps, source("batchnorm"), b.consts(), in("x", x), out("y", b.y), out("stats", b.stats), in("gamma", b.gamma.w), in("beta", b.beta.w),
		out("mean", b.mean.w), out("variance", b.variance.w), out("seen", b.seen.w))
	return b.y
}

// backward: dx = γ/σ·(dy − mean dy − x̂·mean(dy·x̂)) where the statistics are the batch's own; dγ += Σ dy·x̂ and dβ += Σ dy.
func (b *batchNorm) backward(r *recorder, dy span, w engine.Wrt) span {
	s := slope{d: dy}
	if b.leak != 1 {
		s = slope{d: dy, y: b.y, after: after{leak: b.leak}}
	}
	consts := append(b.consts(), konst{"LEARN", w&engine.Params != 0}, r.adds())
	dx := b.own(&b.made.dx, b.x.count)
	buffers := append(s.bound(), in("x", b.x), out("dx", dx), in("stats", b.stats), in("gamma", b.gamma.w), out("dgamma", b.gamma.g), out("dbeta", b.beta.g))
	r.rows(b.maps, s.text()+source("batchnorm_back"), consts, buffers...)
	return result(dx, w)
}
