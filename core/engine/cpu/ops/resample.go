package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
)

func (b *binding) Upsample(u net.Upsample) Op {
	in := b.in
	large := net.Shape{C: in.C, H: in.H * u.Scale, W: in.W * u.Scale}
	return &resample{n: b.N, small: in, k: u.Scale, up: true, there: 1, y: b.Buf(large.Size()), dx: b.Buf(in.Size())}
}

func (b *binding) AvgPool(a net.AvgPool) Op {
	in := b.in
	small := net.Shape{C: in.C, H: in.H / a.Size, W: in.W / a.Size}
	return &resample{n: b.N, small: small, k: a.Size, there: 1 / float32(a.Size*a.Size), y: b.Buf(small.Size()), dx: b.Buf(in.Size())}
}

func (b *binding) SumPool(a net.SumPool) Op {
	op := b.AvgPool(net.AvgPool(a)).(*resample)
	op.there = 1
	return op
}

// resample goes between small feature maps and ones k times as wide and high. Both ways are linear and adjoint to each
// other but for the factor: spread repeats small values, collect adds up squares.
type resample struct {
	n      int
	small  net.Shape
	k      int
	up     bool    // Forward spreads; else it collects
	there  float32 // the factor of both ways
	y, dx  []float32
	ty, px []float32
	work   resampling
}

func (r *resample) forward(to, from []float32) { r.way(to, from, r.up) }
func (r *resample) adjoint(to, from []float32) { r.way(to, from, !r.up) }

// resampling is a way of r under way, an image a part.
type resampling struct {
	r        *resample
	to, from []float32
	spread   bool
}

func (r *resample) way(to, from []float32, spread bool) {
	r.work = resampling{r, to, from, spread}
	if len(r.y)+len(r.dx) < sharedSize {
		for i := range r.n {
			r.work.Part(i, 0)
		}
	} else {
		f32.Share(r.n, &r.work)
	}
	r.work = resampling{} // not kept
}

func (w *resampling) Part(i, _ int) {
	few := w.r.small.Size()
	many := few * w.r.k * w.r.k
	if w.spread {
		w.r.spread(w.to[i*many:][:many], w.from[i*few:][:few])
		return
	}
	w.r.collect(w.to[i*few:][:few], w.from[i*many:][:many])
}

// spread: large (C, k·H, k·W) from small (C, H, W).
func (r *resample) spread(large, small []float32) {
	w, k := r.small.W, r.k
	for row := range r.small.C * r.small.H {
		from, to := small[row*w:][:w], large[row*k*k*w:][:k*k*w]
		first := to[:k*w]
		if k == 2 { // the usual one, without a loop for each value
			for j, v := range from {
				v *= r.there
				*(*[2]float32)(first[2*j:]) = [2]float32{v, v}
			}
			copy(to[2*w:], first)
			continue
		}
		for j, v := range from {
			for i := range k {
				first[j*k+i] = r.there * v
			}
		}
		for i := 1; i < k; i++ {
			copy(to[i*k*w:], first)
		}
	}
}

// collect: small (C, H, W) from large (C, k·H, k·W).
func (r *resample) collect(small, large []float32) {
	w, k := r.small.W, r.k
	for row := range r.small.C * r.small.H {
		to, from := small[row*w:][:w], large[row*k*k*w:][:k*k*w]
		if k == 2 {
			upper, lower := from[:2*w], from[2*w:]
			for j := range to {
				a, b := (*[2]float32)(upper[2*j:]), (*[2]float32)(lower[2*j:])
				to[j] = r.there * (a[0] + a[1] + b[0] + b[1])
			}
			continue
		}
		for j := range to {
			sum := float32(0)
			for y := range k {
				for _, v := range from[y*k*w+j*k:][:k] {
					sum += v
				}
			}
			to[j] = r.there * sum
		}
	}
}

func (r *resample) Forward(x []float32) []float32 {
	r.forward(r.y, x)
	return r.y
}

func (r *resample) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	r.adjoint(r.dx, dy)
	return r.dx
}

func (r *resample) Push(t []float32) []float32 {
	r.ty = sized(r.ty, len(r.y))
	r.forward(r.ty, t)
	return r.ty
}

func (r *resample) Pull(py []float32, w engine.Wrt) []float32 {
	if py == nil || w&engine.Input == 0 {
		return nil
	}
	r.px = sized(r.px, len(r.dx))
	r.adjoint(r.px, py)
	return r.px
}
