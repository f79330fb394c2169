//go:build libtorch

package torch

import (
	"ganvas/core/net"

	lib "github.com/sugarme/gotch/libtch"
)

// Constants that the core's layers have too.
const (
	layerEps = 1e-5
	pixelEps = 1e-8
	stdEps   = 1e-8
)

func layerNorm(in net.Shape, first int) layer {
	size := []int64{int64(in.Size())}
	return func(r *forward, x tensor) tensor {
		x = r.reshape(x, r.rows, in.Size())
		w, b := r.reshape(r.param(first), in.Size()), r.reshape(r.param(first+1), in.Size())
		return r.make(func(to *tensor) { lib.AtgLayerNorm(to, x, size, 1, w, b, layerEps, 1) })
	}
}

func pixelNorm(in net.Shape) layer {
	return func(r *forward, x tensor) tensor {
		x = r.maps(x, in)
		inv := r.rsqrt(r.plus(r.mean(r.square(x), 1), pixelEps))
		return r.mul(x, inv)
	}
}

func minibatchStd(in net.Shape) layer {
	return func(r *forward, x tensor) tensor {
		x = r.reshape(x, r.rows, in.Size())
		var s tensor // (1, 1)
		if ref := r.mode.Reference; ref != nil && !r.mode.Batch {
			s = r.upload(ref.Next(), 1, 1)
		} else {
			d := r.difference(x, r.mean(x, 0))
			s = r.mean(r.sqrt(r.plus(r.mean(r.square(d), 0), stdEps)), 1)
			if ref != nil {
				kept := make([]float32, 1)
				r.read(kept, s)
				ref.Keep(kept)
			}
		}
		s = r.reshape(s, 1, 1, 1, 1)
		area := []int64{int64(r.rows), 1, int64(in.H), int64(in.W)}
		plane := r.make(func(to *tensor) { lib.AtgExpand(to, s, area, 4, 0) })
		return r.cat(1, r.maps(x, in), plane)
	}
}

// labelProduct takes each label's row of the table as a product with one-hot rows.
func labelProduct(l net.LabelProduct, in net.Shape, first int) layer {
	return func(r *forward, x tensor) tensor {
		hot := make([]float32, r.rows*l.Classes)
		for i := range r.rows {
			hot[i*l.Classes+int(r.labels[i])] = 1
		}
		rows := r.matmul(r.upload(hot, r.rows, l.Classes), r.param(first))
		return r.reshape(r.rowSums(r.mul(r.reshape(x, r.rows, in.Size()), rows)), r.rows, 1)
	}
}
