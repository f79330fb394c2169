package nn

import "fmt"

// Upsample repeats every value Scale times in both directions: PyTorch's nn.Upsample with mode nearest.
type Upsample struct{ Scale int }

func (u Upsample) Out(in Shape) (Shape, error) {
	if u.Scale < 1 {
		return Shape{}, fmt.Errorf("upsampling by %d is impossible: the scale is at least 1", u.Scale)
	}
	return Shape{in.C, in.H * u.Scale, in.W * u.Scale}, nil
}
func (Upsample) Params(Shape) []Param { return nil }
func (u Upsample) Bind(b *Binder, in Shape) Op {
	large := Shape{in.C, in.H * u.Scale, in.W * u.Scale}
	return &resample{n: b.N, small: in, k: u.Scale, up: true, there: 1, y: b.Buf(large.Size()), dx: b.Buf(in.Size())}
}

// AvgPool is the mean of every Size × Size square: PyTorch's nn.AvgPool2d. Sides must be multiples of Size.
type AvgPool struct{ Size int }

func (a AvgPool) Out(in Shape) (Shape, error) {
	if a.Size < 1 || in.H%a.Size != 0 || in.W%a.Size != 0 {
		return Shape{}, fmt.Errorf("%v feature maps cannot be pooled in squares of %d", in, a.Size)
	}
	return Shape{in.C, in.H / a.Size, in.W / a.Size}, nil
}
func (AvgPool) Params(Shape) []Param { return nil }
func (a AvgPool) Bind(b *Binder, in Shape) Op {
	small := Shape{in.C, in.H / a.Size, in.W / a.Size}
	return &resample{n: b.N, small: small, k: a.Size, there: 1 / float32(a.Size*a.Size), y: b.Buf(small.Size()), dx: b.Buf(in.Size())}
}

// SumPool is the sum of every Size × Size square.
type SumPool struct{ Size int }

func (a SumPool) Out(in Shape) (Shape, error) { return AvgPool(a).Out(in) }
func (SumPool) Params(Shape) []Param          { return nil }
func (a SumPool) Bind(b *Binder, in Shape) Op {
	op := AvgPool(a).Bind(b, in).(*resample)
	op.there = 1
	return op
}

// resample goes between small feature maps and ones k times as wide and high. Both ways are linear and adjoint to each
// other but for the factor: spread repeats small values, collect adds up squares.
type resample struct {
	n      int
	small  Shape
	k      int
	up     bool    // Forward spreads; else it collects
	there  float32 // the factor of both ways
	y, dx  []float32
	ty, px []float32
}

func (r *resample) forward(to, from []float32) {
	if r.up {
		r.spread(to, from)
		return
	}
	r.collect(to, from)
}

func (r *resample) adjoint(to, from []float32) {
	if r.up {
		r.collect(to, from)
		return
	}
	r.spread(to, from)
}

// spread: large (n, C, k·H, k·W) from small (n, C, H, W).
func (r *resample) spread(large, small []float32) {
	w, k := r.small.W, r.k
	for row := range r.n * r.small.C * r.small.H {
		from, to := small[row*w:][:w], large[row*k*k*w:][:k*k*w]
		first := to[:k*w]
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

// collect: small (n, C, H, W) from large (n, C, k·H, k·W).
func (r *resample) collect(small, large []float32) {
	w, k := r.small.W, r.k
	for row := range r.n * r.small.C * r.small.H {
		to, from := small[row*w:][:w], large[row*k*k*w:][:k*k*w]
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

func (r *resample) Backward(dy []float32, w Wrt) []float32 {
	if w&Input == 0 {
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

func (r *resample) Pull(py []float32, w Wrt) []float32 {
	if py == nil || w&Input == 0 {
		return nil
	}
	r.px = sized(r.px, len(r.dx))
	r.adjoint(r.px, py)
	return r.px
}
