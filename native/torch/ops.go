//go:build libtorch

package torch

import lib "github.com/sugarme/gotch/libtch"

// The operations of libtorch that the engine is made of. Those that end in an object's name change it in place.

func (s *scope) copy(to, from tensor) {
	if s.e.err == nil {
		lib.AtCopy_(to, from)
		s.fail()
	}
}

// detached is the same values without a way back through autograd.
func (s *scope) detached(t tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgDetach(to, t) })
}

// leaf is the same memory as something to differentiate with respect to.
func (s *scope) leaf(t tensor) tensor {
	l := s.detached(t)
	s.change(func(to *tensor) { lib.AtgRequiresGrad_(to, l, 1) })
	return l
}

func (s *scope) reshape(t tensor, sizes ...int) tensor {
	d := dims(sizes)
	if len(d) == 0 {
		return s.make(func(to *tensor) { lib.AtgSqueeze(to, t) })
	}
	return s.make(func(to *tensor) { lib.AtgReshape(to, t, d, len(d)) })
}

func (s *scope) reshapeLike(t, like tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgReshapeAs(to, t, like) })
}

// as is the same values as another type of number.
func (s *scope) as(t tensor, kind int32) tensor {
	return s.make(func(to *tensor) { lib.AtgToDtype(to, t, kind, 0, 0) })
}

func (s *scope) mul(a, b tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgMul(to, a, b) })
}

func (s *scope) square(a tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgSquare(to, a) })
}

func (s *scope) matmul(a, b tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgMatmul(to, a, b) })
}

func (s *scope) sqrt(a tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgSqrt(to, a) })
}

// sum of all values, a tensor without dimensions.
func (s *scope) sum(a tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgSum(to, a, kindFloat32) })
}

// rowSums: (rows) of a (rows, cols).
func (s *scope) rowSums(a tensor) tensor {
	dim := []int64{1}
	return s.make(func(to *tensor) { lib.AtgSumDimIntlist(to, a, dim, 1, 0, kindFloat32) })
}

// column: (rows) of a (rows, cols).
func (s *scope) column(a tensor, k int) tensor {
	return s.make(func(to *tensor) { lib.AtgSelect(to, a, 1, int64(k)) })
}

func (s *scope) cat(dim int, ts ...tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgCat(to, ts, len(ts), int64(dim)) })
}

func (s *scope) plus(a tensor, v float64) (t tensor) {
	s.with(v, func(x scalar) { t = s.make(func(to *tensor) { lib.AtgAddScalar(to, a, x) }) })
	return t
}

func (s *scope) fill(a tensor, v float64) {
	s.with(v, func(x scalar) { s.change(func(to *tensor) { lib.AtgFill_(to, a, x) }) })
}

func (s *scope) scale(a tensor, v float64) {
	s.with(v, func(x scalar) { s.change(func(to *tensor) { lib.AtgMulScalar_(to, a, x) }) })
}

func (s *scope) shift(a tensor, v float64) {
	s.with(v, func(x scalar) { s.change(func(to *tensor) { lib.AtgAddScalar_(to, a, x) }) })
}

func (s *scope) add(a, b tensor) {
	s.change(func(to *tensor) { lib.AtgAdd_(to, a, b) })
}

// lerp: a ← a + t·(b − a).
func (s *scope) lerp(a, b tensor, t float64) {
	s.with(t, func(x scalar) { s.change(func(to *tensor) { lib.AtgLerp_(to, a, b, x) }) })
}

// mix: to = a + t·(b − a), t (rows, 1).
func (s *scope) mix(out, a, b, t tensor) {
	s.change(func(to *tensor) { lib.AtgLerpTensorOut(to, out, a, b, t) })
}

// quotient: a ← a + x/y.
func (s *scope) quotient(a, x, y tensor) {
	s.change(func(to *tensor) { lib.AtgAddcdiv_(to, a, x, y) })
}

// gradients of root, a tensor of one value, with respect to leaves; nil for those that it does not depend on. With
// again the graph stays, and the gradients can be differentiated in their turn.
func (s *scope) gradients(root tensor, leaves []tensor, keep, again bool) []tensor {
	if s.e.err != nil {
		return make([]tensor, len(leaves))
	}
	roots, grads := []tensor{root}, make([]tensor, len(leaves))
	lib.AtRunBackward(&roots[0], 1, &leaves[0], len(leaves), &grads[0], number(keep || again), number(again))
	s.fail()
	for i, g := range grads {
		switch {
		case g == nil:
		case !lib.AtDefined(g):
			lib.AtFree(g)
			grads[i] = nil
		default:
			s.made = append(s.made, g)
		}
	}
	return grads
}

// times is a·v, a new tensor.
func (s *scope) times(a tensor, v float64) (t tensor) {
	s.with(v, func(x scalar) { t = s.make(func(to *tensor) { lib.AtgMulScalar(to, a, x) }) })
	return t
}

// mean over one dimension, which stays with size 1.
func (s *scope) mean(a tensor, dim int64) tensor {
	d := []int64{dim}
	return s.make(func(to *tensor) { lib.AtgMeanDim(to, a, d, 1, 1, kindFloat32) })
}

func (s *scope) rsqrt(a tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgRsqrt(to, a) })
}

// mv: matrix times vector.
func (s *scope) mv(a, v tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgMv(to, a, v) })
}

func (s *scope) dot(a, b tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgDot(to, a, b) })
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

func (s *scope) difference(a, b tensor) tensor {
	return s.make(func(to *tensor) { lib.AtgSub(to, a, b) })
}
