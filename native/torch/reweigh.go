//go:build libtorch

package torch

import (
	"ganvas/core/net"

	lib "github.com/sugarme/gotch/libtch"
)

// instead runs a layer that finds its weight and bias at first and first+1 with others in their place.
func (r *forward) instead(l layer, x tensor, first int, weight, bias tensor) tensor {
	outer := r.placed
	r.placed = map[int]tensor{first: weight, first + 1: bias}
	y := l(r, x)
	r.placed, r.made = outer, weight
	return y
}

func equalized(l net.Equalized, in net.Shape, first int) (layer, error) {
	inner, err := layerOf(l.Layer, in, first)
	if err != nil {
		return nil, err
	}
	scale, biased := l.Scale(in), len(l.Layer.Params(in)) > 1
	return func(r *forward, x tensor) tensor {
		var bias tensor
		if biased {
			bias = r.param(first + 1)
		}
		return r.instead(inner, x, first, r.times(r.param(first), scale), bias)
	}, nil
}

// spectral keeps u and v as the core does: stepped once before every pass in training, constants for autograd.
func spectral(l net.Spectral, in net.Shape, first int) (layer, error) {
	inner, err := layerOf(l.Layer, in, first)
	if err != nil {
		return nil, err
	}
	ps := l.Params(in)
	at := first + len(ps) - 3 // weight_orig; u and v behind it
	w := ps[len(ps)-3]
	out, fan := w.Shape[0], w.Size()/w.Shape[0]
	biased := len(ps) > 3
	return func(r *forward, x tensor) tensor {
		u, v := r.net.data[at+1], r.net.data[at+2]
		raw := r.param(at)
		flat := r.reshape(raw, out, fan)
		if r.mode.Train {
			still := r.detached(flat)
			turned := r.make(func(to *tensor) { lib.AtgT(to, still) })
			r.scope.copy(v, r.direction(r.mv(turned, u)))
			r.scope.copy(u, r.direction(r.mv(still, v)))
		}
		// the graph keeps these, and the next pass moves u and v
		pu, pv := r.times(u, 1), r.times(v, 1)
		sigma := r.dot(pu, r.mv(flat, pv))
		var bias tensor
		if biased {
			bias = r.param(first)
		}
		eff := r.make(func(to *tensor) { lib.AtgDiv(to, raw, sigma) })
		return r.instead(inner, x, first, eff, bias)
	}, nil
}

// direction is x scaled to length 1.
func (s *scope) direction(x tensor) tensor {
	norm := s.sqrt(s.sum(s.square(x)))
	s.with(1e-12, func(least scalar) { s.change(func(to *tensor) { lib.AtgClampMin_(to, norm, least) }) })
	return s.make(func(to *tensor) { lib.AtgDiv(to, x, norm) })
}
