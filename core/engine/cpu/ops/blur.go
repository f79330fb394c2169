package ops

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

func (b *binding) Blur(net.Blur) Op {
	in := b.in
	return &blur{maps: b.N * in.C, h: in.H, w: in.W, rows: make([]float32, in.H*in.W), y: b.Buf(in.Size()), dx: b.Buf(in.Size())}
}

// blur is linear and its own adjoint, so that all its ways are the same.
type blur struct {
	maps, h, w int
	rows       []float32 // one map (h, w), blurred along its rows
	y, dx      []float32
	ty, px     []float32
}

// smooth: to (maps, h, w) is from with [1 2 1]/4 along rows and columns, edges repeated.
func (b *blur) smooth(to, from []float32) {
	h, w := b.h, b.w
	for m := range b.maps {
		x, y := from[m*h*w:][:h*w], to[m*h*w:][:h*w]
		for i := range h {
			along(b.rows[i*w:][:w], x[i*w:][:w])
		}
		for i := range h {
			above, here, below := b.rows[max(i-1, 0)*w:][:w], b.rows[i*w:][:w], b.rows[min(i+1, h-1)*w:][:w]
			for j := range y[i*w:][:w] {
				y[i*w+j] = (above[j] + 2*here[j] + below[j]) * (1.0 / 16)
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
