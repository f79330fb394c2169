package gen

import (
	"math"

	"ganvas/wasm/kernel/asm"
)

// ln 2 in two parts: the first has 16 bits, so that its product with an exponent is exact.
const (
	ln2High = 0.693145751953125
	ln2Low  = math.Ln2 - ln2High
)

// expm1 is eʸ − 1 in two parts, s·q and s − 1 with s a power of two; y in [−87, 88] or NaN.
//
// y = n·ln 2 + r with |r| ≤ ln 2/2; s = 2ⁿ; q = eʳ − 1 by its series up to r⁷/7!, the rest is below 6e-9 of r.
func (l *lane) expm1(y asm.V128) (s, q asm.V128) {
	n := l.let(y.Mul(asm.Floats(math.Log2E)).Nearest())
	r := l.let(l.madd(n, asm.Floats(-ln2High), y))
	r = l.let(l.madd(n, asm.Floats(-ln2Low), r))
	factorial := 5040.0
	sum := asm.Floats(float32(1 / factorial))
	for k := 6; k >= 1; k-- {
		factorial /= float64(k + 1)
		sum = l.madd(sum, r, asm.Floats(float32(1/factorial)))
	}
	s = l.let(n.ToInts().IntAdd(asm.Words(127, 127, 127, 127)).IntShl(23))
	return s, l.let(sum.Mul(r))
}

// tanh x = |e|/(e + 2) with the sign of x, e = exp(−2|x|) − 1. Beyond |x| = 20 it is 1 in float32.
func (l *lane) tanh(x asm.V128) asm.V128 {
	x = l.let(x)
	y := l.let(x.Abs().Mul(asm.Floats(-2)).PMax(asm.Floats(-40)))
	s, q := l.expm1(y)
	e := l.let(l.madd(s, q, s.Sub(asm.Floats(1))))
	sign := x.And(asm.Words(1<<31, 1<<31, 1<<31, 1<<31))
	return e.Abs().Div(e.Add(asm.Floats(2))).Or(sign)
}

// sigmoid x = 1/(1 + e⁻ˣ).
func (l *lane) sigmoid(x asm.V128) asm.V128 {
	y := l.let(x.Neg().PMin(asm.Floats(88)).PMax(asm.Floats(-87)))
	s, q := l.expm1(y)
	return asm.Floats(1).Div(asm.Floats(1).Add(l.madd(s, q, s)))
}
