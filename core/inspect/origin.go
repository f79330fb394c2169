package inspect

import (
	"slices"

	"ganvas/core/net"
)

// share is a value that counts in another, and how much.
type share struct {
	Pixel
	of float32
}

// origins lists the values before layers in a row, in the order of computation, that one behind them is made of: several where they resample, none
// where it is no sample's value, such as a label's. Normalisation and activation functions leave a value where it is. In is the shape before them.
func origins(layers []net.Layer, in net.Shape, q Pixel) []share {
	all := []share{{q, 1}}
	shapes := []net.Shape{in}
	for _, l := range layers {
		in, _ = l.Out(in) // accepted when the network was made
		shapes = append(shapes, in)
	}
	for i := len(layers) - 1; i >= 0; i-- {
		var before []share
		for _, s := range all {
			before = behind(before, layers[i], shapes[i], shapes[i+1], s)
		}
		all = before
	}
	return all
}

// behind appends what s is made of, which lies behind a layer from in to out.
func behind(all []share, l net.Layer, in, out net.Shape, s share) []share {
	square := func(size int, of float32) {
		for k := range size * size {
			all = append(all, share{Pixel{s.Unit, s.Y*size + k/size, s.X*size + k%size}, of})
		}
	}
	switch l := l.(type) {
	case net.Reshape, net.Flatten, net.AsImage:
		i := (s.Unit*out.H+s.Y)*out.W + s.X
		s.Unit, s.Y, s.X = i/(in.H*in.W), i/in.W%in.H, i%in.W
	case net.Upsample:
		s.Y, s.X = s.Y/l.Scale, s.X/l.Scale
	case net.AvgPool:
		square(l.Size, s.of/float32(l.Size*l.Size))
		return all
	case net.SumPool:
		square(l.Size, s.of)
		return all
	case net.Blur:
		for dy := -1; dy <= 1; dy++ {
			for dx := -1; dx <= 1; dx++ {
				q := Pixel{s.Unit, max(0, min(in.H-1, s.Y+dy)), max(0, min(in.W-1, s.X+dx))}
				all = joined(all, share{q, s.of * float32((2-dy*dy)*(2-dx*dx)) / 16})
			}
		}
		return all
	case net.Pad:
		s.Y, s.X = s.Y-l.By, s.X-l.By
	}
	if !there(s.Pixel, in) {
		return all
	}
	return joined(all, s)
}

// joined adds a share to that of the same value.
func joined(all []share, s share) []share {
	if i := slices.IndexFunc(all, func(o share) bool { return o.Pixel == s.Pixel }); i >= 0 {
		all[i].of += s.of
		return all
	}
	return append(all, s)
}

// there reports whether maps of that shape have the value.
func there(q Pixel, in net.Shape) bool {
	return q.Unit >= 0 && q.Y >= 0 && q.X >= 0 && q.Unit < in.C && q.Y < in.H && q.X < in.W
}
