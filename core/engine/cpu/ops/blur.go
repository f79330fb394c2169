package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
)

func (b *binding) Blur(net.Blur) Op {
	in := b.in
	return &blur{n: b.N, in: in, y: b.Buf(in.Size()), dx: b.Buf(in.Size())}
}

// blur is linear and its own adjoint, so that all its ways are the same.
type blur struct {
	n      int
	in     net.Shape
	rows   []float32 // one map (H, W), blurred along its rows, for every worker
	y, dx  []float32
	ty, px []float32
	work   smoothing
}

// smoothing is a blur under way, an image a part.
type smoothing struct {
	b        *blur
	to, from []float32
}

func (s *smoothing) Part(i, worker int) {
	b, size, area := s.b, s.b.in.Size(), s.b.in.H*s.b.in.W
	b.image(s.to[i*size:][:size], s.from[i*size:][:size], b.rows[worker*area:][:area])
}

// smooth: to (n, C, H, W) is from with [1 2 1]/4 along rows and columns, edges repeated.
func (b *blur) smooth(to, from []float32) {
	b.rows = sized(b.rows, f32.Workers()*b.in.H*b.in.W)
	b.work = smoothing{b, to, from}
	if len(to) < sharedSize {
		for i := range b.n {
			b.work.Part(i, 0)
		}
	} else {
		f32.Share(b.n, &b.work)
	}
	b.work = smoothing{} // not kept
}

// image is smooth for one image, with room for one of its maps.
func (b *blur) image(to, from, rows []float32) {
	h, w := b.in.H, b.in.W
	for m := range b.in.C {
		x, y := from[m*h*w:][:h*w], to[m*h*w:][:h*w]
		for i := range h {
			along(rows[i*w:][:w], x[i*w:][:w])
		}
		for i := range h {
			above, here, below := rows[max(i-1, 0)*w:][:w], rows[i*w:][:w], rows[min(i+1, h-1)*w:][:w]
			line := y[i*w:][:w]
			for j := range line {
				line[j] = (above[j] + 2*here[j] + below[j]) * (1.0 / 16)
			}
		}
	}
}

// along: to is [1 2 1] over from, whose ends are repeated.
func along(to, from []float32) {
	last, before := len(from)-1, from[0]
	for j := range last {
		to[j] = before + 2*from[j] + from[j+1]
		before = from[j]
	}
	to[last] = before + 3*from[last]
}

func (b *blur) Forward(x []float32) []float32 {
	b.smooth(b.y, x)
	return b.y
}

func (b *blur) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	b.smooth(b.dx, dy)
	return b.dx
}

func (b *blur) Push(t []float32) []float32 {
	b.ty = sized(b.ty, len(b.y))
	b.smooth(b.ty, t)
	return b.ty
}

func (b *blur) Pull(py []float32, w engine.Wrt) []float32 {
	if py == nil || w&engine.Input == 0 {
		return nil
	}
	b.px = sized(b.px, len(b.dx))
	b.smooth(b.px, py)
	return b.px
}
