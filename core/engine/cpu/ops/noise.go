package ops

import (
	"math"

	"ganvas/core/net"
)

func (b *binding) Noise(l net.Noise) Op {
	in := b.in
	return &noise{std: l.Std, cols: in.Size(), ctx: b.Ctx, site: b.Ctx.Site() * 0x9E3779B97F4A7C15, y: b.Buf(in.Size())}
}

type noise struct {
	pass // the noise does not depend on x
	std  float64
	cols int
	ctx  *Context
	site uint64
	y    []float32
}

func (l *noise) Forward(x []float32) []float32 {
	if !l.ctx.Train || l.std == 0 {
		return x
	}
	seed, at := l.ctx.Seed^l.site, uint64(l.ctx.Row0*l.cols)
	for i, v := range x {
		l.y[i] = v + float32(l.std*normalAt(seed, at+uint64(i)))
	}
	return l.y
}

// normalAt is the i-th of a row of standard normal numbers that can be had in any order: Box and Muller's transform of
// the halves of a hash. (Hash: SplitMix64, Steele et al. 2014.)
func normalAt(seed, i uint64) float64 {
	h := seed + (i+1)*0x9E3779B97F4A7C15
	h = (h ^ h>>30) * 0xBF58476D1CE4E5B9
	h = (h ^ h>>27) * 0x94D049BB133111EB
	h ^= h >> 31
	const whole = 1 << 32
	u, v := (float64(h>>32)+0.5)/whole, float64(h&(whole-1))/whole
	return math.Sqrt(-2*math.Log(u)) * math.Cos(2*math.Pi*v)
}
