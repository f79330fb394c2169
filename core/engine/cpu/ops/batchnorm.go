package ops

import (
	"math"

	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
)

const batchMomentum = 0.1

func (b *binding) BatchNorm(l net.BatchNorm) Op {
	in := b.in
	c := in.C
	return &batchNorm{eps: l.Epsilon(), n: b.N, maps: c, area: in.H * in.W, ctx: b.Ctx, gamma: b.Take(), beta: b.Take(), mean: b.Take(), variance: b.Take(), seen: b.Take(),
		y: b.Buf(in.Size()), hat: b.Buf(in.Size()), dx: b.Buf(in.Size()),
		inv: make([]float32, c), sums: make([]float32, 2*c), own: make([]float64, 2*c), rows: make([]float32, 2*b.N*c), by: make([]float32, 4*c)}
}

// batchNorm is a bound BatchNorm over (n, maps, area).
type batchNorm struct {
	eps                               float64
	n, maps, area                     int
	ctx                               *Context
	gamma, beta, mean, variance, seen View
	trained                           bool // in the last Forward
	y, hat, dx                        []float32
	inv                               []float32 // (maps) 1/√(σ² + eps) of the last Forward
	sums                              []float32 // (2·maps) over the whole batch
	own                               []float64 // (2·maps) over this program's rows
	rows                              []float32 // (n, maps, 1 or 2) over each sample's map
	by                                []float32 // (maps, 3 or 4) scalars of a pass
	parts                             []float32 // (members, 2·maps + 1) each member's means, sums of squares around them, count
}

// total puts the sums over samples of k values a map, of which rows has one sample after the other, in own: (k, maps).
func (b *batchNorm) total(k int) {
	own := b.own[:k*b.maps]
	clear(own)
	for i := range b.n {
		for c := range b.maps {
			for j, v := range b.rows[(i*b.maps+c)*k:][:k] {
				own[j*b.maps+c] += float64(v)
			}
		}
	}
}

func (b *batchNorm) Forward(x []float32) []float32 {
	b.trained = b.ctx.Train || b.ctx.Batch
	switch {
	case b.ctx.held():
		kept := b.ctx.Reference.Next()
		copy(b.sums, kept[:b.maps])
		copy(b.inv, kept[b.maps:])
	case b.trained:
		b.measure(x)
		if b.ctx.Batch {
			b.ctx.Reference.Keep(append(append([]float32(nil), b.sums[:b.maps]...), b.inv...))
		}
	default:
		for c, v := range b.variance.W {
			b.inv[c] = float32(1 / math.Sqrt(float64(v)+b.eps))
		}
		copy(b.sums, b.mean.W)
	}
	for c := range b.maps {
		copy(b.by[4*c:], []float32{b.sums[c], b.inv[c], b.gamma.W[c], b.beta.W[c]})
	}
	f32.Normalize(b.y, b.hat, x, b.by, b.n*b.maps, b.area)
	return b.y
}

// measure takes the batch's mean (into sums) and 1/σ, and moves the running averages in training. Every member of the group puts what
// its own rows have in a place of its own, so that one sum tells all of them: a sum of squares around another mean follows
// by Σ(x − m)² = Σ(x − mᵢ)² + nᵢ·(mᵢ − m)².
func (b *batchNorm) measure(x []float32) {
	rows, group, each := b.n*b.maps, b.group(), 2*b.maps+1
	b.parts = sized(b.parts, group.Size()*each)
	clear(b.parts)
	part := b.parts[group.Rank()*each:][:each]
	own := float64(b.n * b.area)
	f32.Sums(b.rows, x, x, rows, b.area)
	b.total(2)
	part[2*b.maps] = float32(own)
	for c := range b.maps {
		part[c] = float32(b.own[c] / own)
	}
	f32.Squares(b.rows, x, part[:b.maps], rows, b.area)
	b.total(1)
	for c := range b.maps {
		part[b.maps+c] = float32(b.own[c])
	}
	if group.Size() > 1 {
		group.Sum(b.parts)
	}
	for c := range b.maps {
		mean, variance, count := b.combine(c, each)
		b.sums[c], b.inv[c] = float32(mean), float32(1/math.Sqrt(variance+b.eps))
		if !b.ctx.Train {
			continue
		}
		b.mean.W[c] += batchMomentum * (float32(mean) - b.mean.W[c])
		b.variance.W[c] += batchMomentum * (float32(variance*count/math.Max(1, count-1)) - b.variance.W[c])
	}
	if b.ctx.Train {
		b.seen.W[0]++
	}
}

// group is who shares the batch: in training the whole group, else nobody.
func (b *batchNorm) group() engine.Group {
	if b.ctx.Train {
		return b.ctx.Group
	}
	return engine.Solo{}
}

// combine is map c's mean and variance over the count values that all members have.
func (b *batchNorm) combine(c, each int) (mean, variance, count float64) {
	for p := b.parts; len(p) > 0; p = p[each:] {
		mean += float64(p[c]) * float64(p[each-1])
		count += float64(p[each-1])
	}
	mean /= count
	for p := b.parts; len(p) > 0; p = p[each:] {
		off := float64(p[c]) - mean
		variance += float64(p[b.maps+c]) + float64(p[each-1])*off*off
	}
	return mean, variance / count, count
}

// Backward: dx = γ/σ·(dy − mean dy − x̂·mean(dy·x̂)), means over the whole batch; dγ += Σ dy·x̂ and dβ += Σ dy, over this
// program's rows.
func (b *batchNorm) Backward(dy []float32, w engine.Wrt) []float32 {
	clear(b.sums)
	f32.Sums(b.rows, dy, b.hat, b.n*b.maps, b.area)
	b.total(2)
	if w&engine.Params != 0 {
		for c := range b.maps {
			b.beta.G[c] += float32(b.own[c])
			b.gamma.G[c] += float32(b.own[b.maps+c])
		}
	}
	if b.trained {
		for c, v := range b.own {
			b.sums[c] = float32(v)
		}
		b.group().Sum(b.sums)
	}
	if w&engine.Input == 0 {
		return nil
	}
	count := float32(b.n * b.area)
	if b.ctx.Train {
		count = float32(b.ctx.Rows * b.area)
	}
	for c := range b.maps {
		copy(b.by[3*c:], []float32{b.gamma.W[c] * b.inv[c], b.sums[c] / count, b.sums[b.maps+c] / count})
	}
	f32.NormalizeGrad(b.dx, dy, b.hat, b.by[:3*b.maps], b.n*b.maps, b.area)
	return b.dx
}
