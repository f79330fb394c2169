package ops

import (
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
)

func (b *binding) LeakyReLU(l net.LeakyReLU) Op {
	in := b.in
	return &leaky{leak: float32(l.Leak), y: b.Buf(in.Size()), dx: b.Buf(in.Size())}
}

type leaky struct {
	leak   float32
	y, dx  []float32
	ty, px []float32
}

func (l *leaky) Forward(x []float32) []float32 {
	f32.Leaky(l.y, x, l.leak)
	return l.y
}

func (l *leaky) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	f32.LeakyGrad(l.dx, dy, l.y, l.leak)
	return l.dx
}

func (l *leaky) Push(t []float32) []float32 {
	l.ty = sized(l.ty, len(t))
	f32.LeakyGrad(l.ty, t, l.y, l.leak)
	return l.ty
}

func (l *leaky) Pull(py []float32, w engine.Wrt) []float32 {
	if py == nil || w&engine.Input == 0 {
		return nil
	}
	l.px = sized(l.px, len(py))
	f32.LeakyGrad(l.px, py, l.y, l.leak)
	return l.px
}

// sized is b, made at its first use.
func sized(b []float32, n int) []float32 {
	if b == nil {
		b = make([]float32, n)
	}
	return b
}

func (b *binding) Tanh(_ net.Tanh) Op {
	in := b.in
	return &tanh{y: b.Buf(in.Size()), dx: b.Buf(in.Size())}
}

type tanh struct {
	y, dx  []float32
	dy, t  []float32
	ty, px []float32
}

func (l *tanh) Forward(x []float32) []float32 {
	f32.Tanh(l.y, x)
	return l.y
}

func (l *tanh) Backward(dy []float32, w engine.Wrt) []float32 {
	l.dy = dy
	if w&engine.Input == 0 {
		return nil
	}
	f32.TanhGrad(l.dx, dy, l.y)
	return l.dx
}

func (l *tanh) Push(t []float32) []float32 {
	l.ty, l.t = sized(l.ty, len(t)), t
	f32.TanhGrad(l.ty, t, l.y)
	return l.ty
}

// Pull: S holds Σ dy·(1−y²)·ẋ; its derivative by x has −2y(1−y²)·dy·ẋ beside py·(1−y²).
func (l *tanh) Pull(py []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	l.px = sized(l.px, len(l.y))
	for i, y := range l.y {
		p := -2 * y * l.dy[i] * l.t[i]
		if py != nil {
			p += py[i]
		}
		l.px[i] = p * (1 - y*y)
	}
	return l.px
}

func (b *binding) Sigmoid(_ net.Sigmoid) Op {
	in := b.in
	return &sigmoid{y: b.Buf(in.Size()), dx: b.Buf(in.Size())}
}

type sigmoid struct{ y, dx []float32 }

func (l *sigmoid) Forward(x []float32) []float32 {
	f32.Sigmoid(l.y, x)
	return l.y
}

func (l *sigmoid) Backward(dy []float32, w engine.Wrt) []float32 {
	if w&engine.Input == 0 {
		return nil
	}
	for i, y := range l.y {
		l.dx[i] = dy[i] * y * (1 - y)
	}
	return l.dx
}
