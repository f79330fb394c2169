//go:build libtorch

package torch

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/net"

	lib "github.com/sugarme/gotch/libtch"
)

// run is one forward pass under way.
type run struct {
	*scope
	net    *Net
	rows   int
	mode   engine.Mode
	labels []int32
	placed map[int]tensor // tensors in the place of parameters
}

// layer takes a tensor of rows samples through, and autograd notes the way.
type layer func(r *run, x tensor) tensor

// layerOf is libtorch's form of a layer for input of that shape; first is the place of its first parameter.
func layerOf(l net.Layer, in net.Shape, first int) (layer, error) {
	switch l := l.(type) {
	case net.Linear:
		return linear(l, in, first), nil
	case net.LeakyReLU:
		return leaky(l), nil
	case net.Tanh:
		return tanh, nil
	case net.Sigmoid:
		return sigmoid, nil
	case net.Dropout:
		return dropout(l), nil
	case net.Noise:
		return noise(l), nil
	case net.Augment:
		return augment(l), nil
	case net.OneHot:
		return oneHot(l, in), nil
	case net.Reshape, net.AsImage, net.Flatten:
		return same, nil
	case net.Conv2d:
		return conv2d(l, in, first), nil
	case net.ConvTranspose2d:
		return convTranspose2d(l, in, first), nil
	case net.BatchNorm:
		return batchNorm(in, first), nil
	case net.LayerNorm:
		return layerNorm(in, first), nil
	case net.PixelNorm:
		return pixelNorm(in), nil
	case net.MinibatchStd:
		return minibatchStd(in), nil
	case net.Upsample:
		return upsample(l, in), nil
	case net.AvgPool:
		return avgPool(l.Size, in, int64(l.Size*l.Size)), nil
	case net.SumPool:
		return avgPool(l.Size, in, 1), nil
	case net.Pad:
		return padded(l, in), nil
	case net.LabelProduct:
		return labelProduct(l, in, first), nil
	case net.Equalized:
		return equalized(l, in, first)
	case net.Spectral:
		return spectral(l, in, first)
	case net.Named:
		return rowOf(l.Layers, in, first)
	case net.Residual:
		return residual(l, in, first)
	case net.Fade:
		return fade(l, in, first)
	}
	return nil, fmt.Errorf("libtorch's engine has no layer %T: take --engine go", l)
}

// maps is x as feature maps (rows, C, H, W).
func (r *run) maps(x tensor, s net.Shape) tensor { return r.reshape(x, r.rows, s.C, s.H, s.W) }

// param is a parameter as autograd knows it.
func (r *run) param(i int) tensor {
	if t := r.placed[i]; t != nil {
		return t
	}
	return r.net.leaves[i]
}

// factors are what a product is made of: x, the weight and the bias behind it, or none. An engine of bfloat16 rounds
// them, and autograd takes the gradients back to the float32 weights.
func (r *run) factors(x tensor, first int, noBias bool) (in, weight, bias tensor) {
	in, weight = r.rounded(x), r.rounded(r.param(first))
	if noBias {
		return in, weight, r.make(func(to *tensor) { *to = lib.AtNewTensor() })
	}
	return in, weight, r.rounded(r.param(first + 1))
}

// rounded is t as bfloat16 where the engine computes its products so.
func (r *run) rounded(t tensor) tensor {
	if !r.net.e.bf16 {
		return t
	}
	return r.as(t, kindBFloat16)
}

// full is a product as float32 again.
func (r *run) full(t tensor) tensor {
	if !r.net.e.bf16 {
		return t
	}
	return r.as(t, kindFloat32)
}

// same: the values lie the same way, whatever shape they are read in; layers that mind it reshape what they take.
func same(_ *run, x tensor) tensor { return x }

func linear(l net.Linear, in net.Shape, first int) layer {
	return func(r *run, x tensor) tensor {
		x, w, b := r.factors(r.reshape(x, r.rows, in.Size()), first, l.NoBias)
		return r.full(r.make(func(to *tensor) { lib.AtgLinear(to, x, w, b) }))
	}
}

// leaky is leaky_relu_backward of x by x itself, x where x > 0 and else leak·x: gotch's binding of leaky_relu knows no
// other slope than 0.01, and PReLU would compute its slope's gradient every time.
func leaky(l net.LeakyReLU) layer {
	if l.Leak == 0 {
		return func(r *run, x tensor) tensor { return r.make(func(to *tensor) { lib.AtgRelu(to, x) }) }
	}
	return func(r *run, x tensor) (y tensor) {
		side := r.detached(x)
		r.with(l.Leak, func(slope scalar) {
			y = r.make(func(to *tensor) { lib.AtgLeakyReluBackward(to, x, side, slope, 0) })
		})
		return y
	}
}

func tanh(r *run, x tensor) tensor {
	return r.make(func(to *tensor) { lib.AtgTanh(to, x) })
}

func sigmoid(r *run, x tensor) tensor {
	return r.make(func(to *tensor) { lib.AtgSigmoid(to, x) })
}

// dropout draws from libtorch's own generator, which every pass seeds: the masks follow from the pass's seed, but are
// not those of the other engines.
func dropout(l net.Dropout) layer {
	return func(r *run, x tensor) tensor {
		if !r.mode.Train || l.P == 0 {
			return x
		}
		return r.make(func(to *tensor) { lib.AtgDropout(to, x, l.P, 1) })
	}
}

// noise draws from libtorch's own generator, as dropout does.
func noise(l net.Noise) layer {
	return func(r *run, x tensor) tensor {
		if !r.mode.Train || l.Std == 0 {
			return x
		}
		drawn := r.times(r.make(func(to *tensor) { lib.AtgRandnLike(to, x) }), l.Std)
		return r.make(func(to *tensor) { lib.AtgAdd(to, x, drawn) })
	}
}

func oneHot(l net.OneHot, in net.Shape) layer {
	area := in.H * in.W
	return func(r *run, x tensor) tensor {
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
	return func(r *run, x tensor) tensor {
		x, w, b := r.factors(r.maps(x, in), first, l.NoBias)
		return r.full(r.make(func(to *tensor) { lib.AtgConv2d(to, x, w, b, stride, 2, pad, 2, one, 2, 1) }))
	}
}

func convTranspose2d(l net.ConvTranspose2d, in net.Shape, first int) layer {
	stride, pad, none, one := pair(l.Stride), pair(l.Pad), pair(0), pair(1)
	return func(r *run, x tensor) tensor {
		x, w, b := r.factors(r.maps(x, in), first, l.NoBias)
		return r.full(r.make(func(to *tensor) {
			lib.AtgConvTranspose2d(to, x, w, b, stride, 2, pad, 2, none, 2, 1, one, 2)
		}))
	}
}

// PyTorch's defaults, which the core's BatchNorm has too.
const (
	batchMomentum = 0.1
	batchEps      = 1e-5
)

// batchNorm moves the running statistics in place; the count of batches is this engine's own.
func batchNorm(in net.Shape, first int) layer {
	return func(r *run, x tensor) tensor {
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
				int32(number(r.mode.Train || r.mode.Batch)), momentum, batchEps, 1)
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
