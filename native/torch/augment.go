//go:build libtorch

package torch

import (
	"unsafe"

	"ganvas/core/net"

	lib "github.com/sugarme/gotch/libtch"
)

// augment changes samples as the core does: their light by each row's own factors, and their places by a table of where each
// value comes from, with black behind a row's values for what comes from nowhere.
func augment(l net.Augment) layer {
	size, area := l.Image.Size(), l.Image.H*l.Image.W
	return func(r *forward, x tensor) tensor {
		if !r.mode.Train || r.mode.Draws == nil {
			return x
		}
		contrast, rest, brightness := make([]float32, r.rows), make([]float32, r.rows), make([]float32, r.rows)
		from := make([]int64, r.rows*size)
		for i := range r.rows {
			w := l.Way(r.mode.Draws[i*net.AugmentDraws:][:net.AugmentDraws])
			contrast[i], rest[i], brightness[i] = w.Contrast, 1-w.Contrast, w.Brightness
			for k := range size {
				at := w.From(l.Image, k%l.Image.W, k%area/l.Image.W)
				if at < 0 {
					from[i*size+k] = int64(size)
					continue
				}
				from[i*size+k] = int64(k/area*area + at)
			}
		}
		x = r.reshape(x, r.rows, size)
		column := func(v []float32) tensor { return r.upload(v, r.rows, 1) }
		level := r.mul(r.mean(x, 1), column(rest))
		bright := column(brightness)
		level = r.make(func(to *tensor) { lib.AtgAdd(to, level, bright) })
		scaled := r.mul(x, column(contrast))
		lit := r.make(func(to *tensor) { lib.AtgAdd(to, scaled, level) })
		black := r.zeros(r.rows, 1)
		r.fill(black, -1)
		table := r.send(unsafe.Pointer(unsafe.SliceData(from)), kindInt64, 8, []int{r.rows, size})
		all := r.cat(1, lit, black)
		return r.make(func(to *tensor) { lib.AtgGather(to, all, 1, table, 0) })
	}
}
