//go:build libtorch

package torch

import (
	"unsafe"

	"ganvas/core/net"

	lib "github.com/sugarme/gotch/libtch"
)

// augment changes samples as the core does: their light by two matrices of each row's own over the channels, one for pixels
// and one for the channels' means, and their places by a table of where each value comes from, with black behind a row's
// values for what comes from nowhere.
func augment(l net.Augment) layer {
	size, area, channels := l.Image.Size(), l.Image.H*l.Image.W, l.Image.C
	return func(r *forward, x tensor) tensor {
		if !r.mode.Train || r.mode.Draws == nil {
			return x
		}
		pixels, means := make([]float32, r.rows*channels*channels), make([]float32, r.rows*channels*channels)
		brightness := make([]float32, r.rows*channels)
		from := make([]int64, r.rows*size)
		for i := range r.rows {
			w := l.Way(r.mode.Draws[i*net.AugmentDraws:][:net.AugmentDraws])
			light(l, w, pixels[i*channels*channels:], means[i*channels*channels:], brightness[i*channels:])
			for k := range size {
				at := w.From(l.Image, k%l.Image.W, k%area/l.Image.W)
				if at < 0 {
					from[i*size+k] = int64(size)
					continue
				}
				from[i*size+k] = int64(k/area*area + at)
			}
		}
		x = r.reshape(x, r.rows, channels, area)
		level := r.matmul(r.upload(means, r.rows, channels, channels), r.mean(x, 2))
		bright := r.upload(brightness, r.rows, channels, 1)
		level = r.make(func(to *tensor) { lib.AtgAdd(to, level, bright) })
		mixed := r.matmul(r.upload(pixels, r.rows, channels, channels), x)
		lit := r.reshape(r.make(func(to *tensor) { lib.AtgAdd(to, mixed, level) }), r.rows, size)
		black := r.zeros(r.rows, 1)
		r.fill(black, -1)
		table := r.send(unsafe.Pointer(unsafe.SliceData(from)), kindInt64, 8, []int{r.rows, size})
		all := r.cat(1, lit, black)
		return r.make(func(to *tensor) { lib.AtgGather(to, all, 1, table, 0) })
	}
}

// light fills one row's matrices (to, from) over the channels, and what is added to each channel.
func light(l net.Augment, w net.AugmentWay, pixels, means, brightness []float32) {
	channels, lit := l.Image.C, l.Lit()
	for c := range channels {
		if c >= lit {
			pixels[c*channels+c] = 1
			continue
		}
		brightness[c] = w.Brightness
		for k := range lit {
			pixels[c*channels+k] = w.Contrast * (1 - w.Saturation) / float32(lit)
			means[c*channels+k] = (1 - w.Contrast) / float32(lit)
		}
		pixels[c*channels+c] += w.Contrast * w.Saturation
	}
}
