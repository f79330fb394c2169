//go:build go1.27 && goexperiment.simd && (amd64 || arm64 || wasm)

package f32

// ln 2 in two parts: the first has few bits, so that its product with a small whole number is exact.
const (
	log2e = 1.44269504088896340736
	ln2Hi = 0.693359375
	ln2Lo = -2.12194440054690583e-4
)

// expParts splits eˣ, −87 ≤ x ≤ 88, as 2ⁿ·(1+q): p is 2ⁿ and q = eʳ − 1 for the rest |r| ≤ ln(2)/2, by its Taylor series to r⁷,
// whose first missing term is under 6e-9 of the result. It takes and gives vectors with dirty upper halves.
func expParts(x vec) (p, q vec) {
	n := x.Mul(splat(log2e)).Round()
	r := fma(n, splat(-ln2Hi), x)
	r = fma(n, splat(-ln2Lo), r)
	q = splat(1. / 5040)
	q = fma(q, r, splat(1./720))
	q = fma(q, r, splat(1./120))
	q = fma(q, r, splat(1./24))
	q = fma(q, r, splat(1./6))
	q = fma(q, r, splat(1./2))
	q = fma(q.Mul(r), r, r)
	return n.ConvertToInt32().ToBits().Add(splatUint(127)).ShiftAllLeft(23).BitsToFloat32(), q
}

// clamp is x between lo and hi; what it makes of NaN depends on the machine.
func clamp(x vec, lo, hi float32) vec { return x.Max(splat(lo)).Min(splat(hi)) }

// orNaN is v, or x where x is NaN.
func orNaN(v, x vec) vec { return v.IfElse(x.Equal(x), x) }

// tanh x = (e²ˣ − 1)/(e²ˣ + 1); e²ˣ − 1 is formed without cancellation as 2ⁿ·q + (2ⁿ − 1). Beyond 10 it is 1 in float32.
func tanh(x vec) vec {
	p, q := expParts(clamp(x.Add(x), -20, 20))
	e := fma(p, q, p.Sub(splat(1)))
	return orNaN(e.Div(e.Add(splat(2))), x)
}

func (passes) Tanh(y, x []float32) {
	y = y[:len(x)]
	for len(x) >= lanes && len(y) >= lanes {
		tanh(load(x)).Store(y)
		x, y = x[lanes:], y[lanes:]
	}
	tanh(loadPart(x)).StorePart(y)
	clearUpper()
}

// sigmoid x = 1/(1 + e⁻ˣ), with e⁻ˣ at most e⁸⁷.
func sigmoid(x vec) vec {
	var zero vec
	p, q := expParts(clamp(zero.Sub(x), -87, 87))
	return orNaN(splat(1).Div(fma(p, q, p).Add(splat(1))), x)
}

func (passes) Sigmoid(y, x []float32) {
	y = y[:len(x)]
	for len(x) >= lanes && len(y) >= lanes {
		sigmoid(load(x)).Store(y)
		x, y = x[lanes:], y[lanes:]
	}
	sigmoid(loadPart(x)).StorePart(y)
	clearUpper()
}
