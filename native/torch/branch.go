//go:build libtorch

package torch

import (
	"fmt"

	"ganvas/core/net"

	lib "github.com/sugarme/gotch/libtch"
)

// rowOf is libtorch's form of layers in a row; first is the place of their first parameter.
func rowOf(layers []net.Layer, in net.Shape, first int) (layer, error) {
	shapes, err := net.Spec{In: in, Layers: layers}.Shapes()
	if err != nil {
		return nil, err
	}
	fs := make([]layer, len(layers))
	for i, l := range layers {
		if fs[i], err = layerOf(l, shapes[i], first); err != nil {
			return nil, fmt.Errorf("layer %d: %w", i+1, err)
		}
		first += len(l.Params(shapes[i]))
	}
	out := shapes[len(layers)]
	return func(r *forward, x tensor) tensor {
		for i, f := range fs {
			x = r.through(f, x, spot{&layers[0], i}, shapes[i+1].Size())
		}
		return r.maps(x, out)
	}, nil
}

// branched is two rows from the same input, weighted as shares says; a row that counts for nothing is not computed.
func branched(a, b []net.Layer, in net.Shape, first int, shares func(*forward) (p, q float64)) (layer, error) {
	one, err := rowOf(a, in, first)
	if err != nil {
		return nil, err
	}
	other, err := rowOf(b, in, first+len(net.Named{Layers: a}.Params(in)))
	if err != nil {
		return nil, err
	}
	return func(r *forward, x tensor) tensor {
		p, q := shares(r)
		switch {
		case p == 0:
			return r.times(other(r, x), q)
		case q == 0:
			return r.times(one(r, x), p)
		}
		y, z := r.times(one(r, x), p), r.times(other(r, x), q)
		return r.make(func(to *tensor) { lib.AtgAdd(to, y, z) })
	}, nil
}

func residual(l net.Residual, in net.Shape, first int) (layer, error) {
	return branched(l.Main, l.Skip, in, first, func(*forward) (p, q float64) { return 1, 1 })
}

func fade(l net.Fade, in net.Shape, first int) (layer, error) {
	return branched(l.Old, l.New, in, first, func(r *forward) (p, q float64) {
		return 1 - float64(r.mode.Alpha), float64(r.mode.Alpha)
	})
}

func upsample(l net.Upsample, in net.Shape) layer {
	size := []int64{int64(in.H * l.Scale), int64(in.W * l.Scale)}
	return func(r *forward, x tensor) tensor {
		x = r.maps(x, in)
		return r.make(func(to *tensor) { lib.AtgUpsampleNearest2d(to, x, size, 2, 0, 1, 0, 1) })
	}
}

// avgPool is the mean of every square, or with divisor 1 its sum.
func avgPool(size int, in net.Shape, divisor int64) layer {
	k, none := pair(size), pair(0)
	return func(r *forward, x tensor) tensor {
		x = r.maps(x, in)
		return r.make(func(to *tensor) { lib.AtgAvgPool2d(to, x, k, 2, k, 2, none, 2, 0, 1, divisor, 0) })
	}
}

// blur is a convolution of each map by itself, with the kernel [1 2 1]/4 in both directions.
func blur(in net.Shape) layer {
	kernel := make([]float32, 9*in.C)
	for i := range kernel {
		kernel[i] = [9]float32{1, 2, 1, 2, 4, 2, 1, 2, 1}[i%9] / 16
	}
	one, none, around := pair(1), pair(0), []int64{1, 1, 1, 1}
	return func(r *forward, x tensor) tensor {
		x = r.maps(x, in)
		x = r.make(func(to *tensor) { lib.AtgReplicationPad2d(to, x, around, 4) })
		w := r.upload(kernel, in.C, 1, 3, 3)
		bias := r.make(func(to *tensor) { *to = lib.AtNewTensor() })
		return r.make(func(to *tensor) { lib.AtgConv2d(to, x, w, bias, one, 2, none, 2, one, 2, int64(in.C)) })
	}
}

func padded(l net.Pad, in net.Shape) layer {
	by, h, w := int64(l.By), in.H+2*l.By, in.W+2*l.By
	around := []int64{by, by, by, by}
	var frame []float32 // (h, w); gotch's binding of constant_pad_nd pads with zeros only, and that of pad loses memory
	if l.Value != 0 && l.By > 0 {
		frame = make([]float32, h*w)
		for i := range frame {
			if y, x := i/w-l.By, i%w-l.By; y < 0 || y >= in.H || x < 0 || x >= in.W {
				frame[i] = float32(l.Value)
			}
		}
	}
	return func(r *forward, x tensor) (y tensor) {
		x = r.maps(x, in)
		y = r.make(func(to *tensor) { lib.AtgConstantPadNd(to, x, around, 4) })
		if frame == nil {
			return y
		}
		e := r.upload(frame, h, w)
		return r.make(func(to *tensor) { lib.AtgAdd(to, y, e) })
	}
}
