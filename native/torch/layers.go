//go:build libtorch

package torch

import (
	"ganvas/core/engine"
	"ganvas/core/net"

	lib "github.com/sugarme/gotch/libtch"
)

// forward is one forward pass under way.
type forward struct {
	*scope
	net    *Net
	rows   int
	mode   engine.Mode
	labels []int32
	placed map[int]tensor // tensors in the place of parameters
	look   *inspection    // what comes out of layers is shown to, or nil
	made   tensor         // the weight that the layer just gone through computed with in the place of the learned one
}

// layer takes a tensor of rows samples through, and autograd notes the way.
type layer func(r *forward, x tensor) tensor

// layerOf is libtorch's form of a layer for input of that shape; first is the place of its first parameter.
func layerOf(l net.Layer, in net.Shape, first int) (layer, error) {
	m := net.Visit[made](l, making{in, first})
	return m.layer, m.err
}

// made is a layer, or why there is none.
type made struct {
	layer layer
	err   error
}

// making has libtorch's form of each kind of layer.
type making struct {
	in    net.Shape
	first int
}

func known(l layer) made              { return made{layer: l} }
func perhaps(l layer, err error) made { return made{l, err} }

func (m making) Linear(l net.Linear) made       { return known(linear(l, m.in, m.first)) }
func (m making) LeakyReLU(l net.LeakyReLU) made { return known(leaky(l)) }
func (m making) Tanh(net.Tanh) made             { return known(tanh) }
func (m making) Sigmoid(net.Sigmoid) made       { return known(sigmoid) }
func (m making) Dropout(l net.Dropout) made     { return known(dropout(l)) }
func (m making) Noise(l net.Noise) made         { return known(noise(l)) }
func (m making) Augment(l net.Augment) made     { return known(augment(l)) }
func (m making) OneHot(l net.OneHot) made       { return known(oneHot(l, m.in)) }
func (m making) Reshape(net.Reshape) made       { return known(same) }
func (m making) AsImage(net.AsImage) made       { return known(same) }
func (m making) Flatten(net.Flatten) made       { return known(same) }
func (m making) Conv2d(l net.Conv2d) made       { return known(conv2d(l, m.in, m.first)) }
func (m making) ConvTranspose2d(l net.ConvTranspose2d) made {
	return known(convTranspose2d(l, m.in, m.first))
}
func (m making) BatchNorm(l net.BatchNorm) made     { return known(batchNorm(m.in, m.first, l.Epsilon())) }
func (m making) LayerNorm(net.LayerNorm) made       { return known(layerNorm(m.in, m.first)) }
func (m making) PixelNorm(net.PixelNorm) made       { return known(pixelNorm(m.in)) }
func (m making) MinibatchStd(net.MinibatchStd) made { return known(minibatchStd(m.in)) }
func (m making) Upsample(l net.Upsample) made       { return known(upsample(l, m.in)) }
func (m making) AvgPool(l net.AvgPool) made {
	return known(avgPool(l.Size, m.in, int64(l.Size*l.Size)))
}
func (m making) SumPool(l net.SumPool) made           { return known(avgPool(l.Size, m.in, 1)) }
func (m making) Blur(net.Blur) made                   { return known(blur(m.in)) }
func (m making) Pad(l net.Pad) made                   { return known(padded(l, m.in)) }
func (m making) LabelProduct(l net.LabelProduct) made { return known(labelProduct(l, m.in, m.first)) }
func (m making) Equalized(l net.Equalized) made       { return perhaps(equalized(l, m.in, m.first)) }
func (m making) Spectral(l net.Spectral) made         { return perhaps(spectral(l, m.in, m.first)) }
func (m making) Named(l net.Named) made               { return perhaps(rowOf(l.Layers, m.in, m.first)) }
func (m making) Residual(l net.Residual) made         { return perhaps(residual(l, m.in, m.first)) }
func (m making) Fade(l net.Fade) made                 { return perhaps(fade(l, m.in, m.first)) }

// through takes x through the layer at a spot of its row, of whose output a row is that long.
func (r *forward) through(l layer, x tensor, at spot, size int) tensor {
	if r.look == nil {
		return l(r, x)
	}
	y := l(r, x)
	r.look.see(r.scope, at, y, size)
	if r.made != nil {
		r.look.use(r.scope, at, r.made)
	}
	r.made = nil
	return y
}

// maps is x as feature maps (rows, C, H, W).
func (r *forward) maps(x tensor, s net.Shape) tensor { return r.reshape(x, r.rows, s.C, s.H, s.W) }

// param is a parameter as autograd knows it.
func (r *forward) param(i int) tensor {
	if t := r.placed[i]; t != nil {
		return t
	}
	return r.net.leaves[i]
}

// factors are what a product is made of: x, the weight and the bias behind it, or none. An engine of bfloat16 rounds
// them, and autograd takes the gradients back to the float32 weights.
func (r *forward) factors(x tensor, first int, noBias bool) (in, weight, bias tensor) {
	in, weight = r.rounded(x), r.rounded(r.param(first))
	if noBias {
		return in, weight, r.make(func(to *tensor) { *to = lib.AtNewTensor() })
	}
	return in, weight, r.rounded(r.param(first + 1))
}

// rounded is t as bfloat16 where the engine computes its products so.
func (r *forward) rounded(t tensor) tensor {
	if !r.net.e.bf16 {
		return t
	}
	return r.as(t, kindBFloat16)
}

// full is a product as float32 again.
func (r *forward) full(t tensor) tensor {
	if !r.net.e.bf16 {
		return t
	}
	return r.as(t, kindFloat32)
}

// same: the values lie the same way, whatever shape they are read in; layers that mind it reshape what they take.
func same(_ *forward, x tensor) tensor { return x }

func linear(l net.Linear, in net.Shape, first int) layer {
	return func(r *forward, x tensor) tensor {
		x, w, b := r.factors(r.reshape(x, r.rows, in.Size()), first, l.NoBias)
		return r.full(r.make(func(to *tensor) { lib.AtgLinear(to, x, w, b) }))
	}
}

// leaky is leaky_relu_backward of x by x itself, x where x > 0 and else leak·x: gotch's binding of leaky_relu knows no
// other slope than 0.01, and PReLU would compute its slope's gradient every time.
func leaky(l net.LeakyReLU) layer {
	if l.Leak == 0 {
		return func(r *forward, x tensor) tensor { return r.make(func(to *tensor) { lib.AtgRelu(to, x) }) }
	}
	return func(r *forward, x tensor) (y tensor) {
		side := r.detached(x)
		r.with(l.Leak, func(slope scalar) {
			y = r.make(func(to *tensor) { lib.AtgLeakyReluBackward(to, x, side, slope, 0) })
		})
		return y
	}
}

func tanh(r *forward, x tensor) tensor {
	return r.make(func(to *tensor) { lib.AtgTanh(to, x) })
}

func sigmoid(r *forward, x tensor) tensor {
	return r.make(func(to *tensor) { lib.AtgSigmoid(to, x) })
}

// dropout draws from libtorch's own generator, which every pass seeds: the masks follow from the pass's seed, but are
// not those of the other engines.
func dropout(l net.Dropout) layer {
	return func(r *forward, x tensor) tensor {
		if !r.mode.Train || l.P == 0 {
			return x
		}
		return r.make(func(to *tensor) { lib.AtgDropout(to, x, l.P, 1) })
	}
}

// noise draws from libtorch's own generator, as dropout does.
func noise(l net.Noise) layer {
	return func(r *forward, x tensor) tensor {
		if !r.mode.Train || l.Std == 0 {
			return x
		}
		drawn := r.times(r.make(func(to *tensor) { lib.AtgRandnLike(to, x) }), l.Std)
		return r.make(func(to *tensor) { lib.AtgAdd(to, x, drawn) })
	}
}

func oneHot(l net.OneHot, in net.Shape) layer {
	area := in.H * in.W
	return func(r *forward, x tensor) tensor {
		hot := make([]float32, r.rows*l.Classes*area)
		for i := range r.rows {
			plane := hot[(i*l.Classes+int(r.labels[i]))*area:][:area]
			for j := range plane {
				plane[j] = 1
			}
		}
		return r.cat(1, r.maps(x, in), r.upload(hot, r.rows, l.Classes, in.H, in.W))
	}
}

func pair(n int) []int64 { return []int64{int64(n), int64(n)} }

func conv2d(l net.Conv2d, in net.Shape, first int) layer {
	stride, pad, one := pair(l.Stride), pair(l.Pad), pair(1)
	return func(r *forward, x tensor) tensor {
		x, w, b := r.factors(r.maps(x, in), first, l.NoBias)
		return r.full(r.make(func(to *tensor) { lib.AtgConv2d(to, x, w, b, stride, 2, pad, 2, one, 2, 1) }))
	}
}

func convTranspose2d(l net.ConvTranspose2d, in net.Shape, first int) layer {
	stride, pad, none, one := pair(l.Stride), pair(l.Pad), pair(0), pair(1)
	return func(r *forward, x tensor) tensor {
		x, w, b := r.factors(r.maps(x, in), first, l.NoBias)
		return r.full(r.make(func(to *tensor) {
			lib.AtgConvTranspose2d(to, x, w, b, stride, 2, pad, 2, none, 2, 1, one, 2)
		}))
	}
}

// batchMomentum is PyTorch's default, which the core's BatchNorm has too.
const batchMomentum = 0.1

// batchNorm moves the running statistics in place; the count of batches is this engine's own.
func batchNorm(in net.Shape, first int, eps float64) layer {
	return func(r *forward, x tensor) tensor {
		x = r.maps(x, in)
		if r.mode.Train {
			r.net.counts[first+4]++
		}
		mean, variance, momentum := r.net.data[first+2], r.net.data[first+3], batchMomentum
		switch ref := r.mode.Reference; {
		case r.mode.Batch && ref != nil: // moved all the way to the batch's own
			mean, variance, momentum = r.upload(make([]float32, in.C), in.C), r.upload(make([]float32, in.C), in.C), 1
		case r.mode.Batch:
			mean, variance = nil, nil // taken from the batch and not kept
		case ref != nil:
			kept := ref.Next()
			mean, variance = r.upload(kept[:in.C], in.C), r.upload(kept[in.C:], in.C)
		}
		y := r.make(func(to *tensor) {
			lib.AtgBatchNorm(to, x, r.param(first), r.param(first+1), mean, variance,
				int32(number(r.mode.Train || r.mode.Batch)), momentum, eps, 1)
		})
		if r.mode.Batch && r.mode.Reference != nil {
			kept, count := make([]float32, 2*in.C), float32(r.rows*in.H*in.W)
			r.read(kept[:in.C], mean)
			r.read(kept[in.C:], variance)
			for i := range kept[in.C:] {
				kept[in.C+i] *= (count - 1) / count // libtorch keeps the unbiased one
			}
			r.mode.Reference.Keep(kept)
		}
		return y
	}
}
