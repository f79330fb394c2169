package nn

import (
	"fmt"
	"math"
)

// Noise adds normal noise of standard deviation Std to each value while training. In front of a discriminator it blurs
// what tells real samples from fakes, so that the two overlap from the start. (Sønderby et al. 2017.) Like [Dropout]'s masks it follows
// from the pass's seed, the layer's place and the value's place in the whole batch. PyTorch's equivalent adds it before
// its nn.Sequential.
type Noise struct{ Std float64 }

func (l Noise) Out(in Shape) (Shape, error) {
	if !(l.Std >= 0) {
		return Shape{}, fmt.Errorf("noise of deviation %g is impossible: it must be at least 0", l.Std)
	}
	return in, nil
}
func (Noise) Params(Shape) []Param { return nil }
func (Noise) Outside()             {}
func (l Noise) Bind(b *Binder, in Shape) Op {
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
