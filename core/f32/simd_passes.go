//go:build go1.27 && goexperiment.simd && (amd64 || wasm)

package f32

// passes are the routines over vectors in SIMD; what they lack is plain.
type passes struct{ plain }

// leaky is v where v > 0, else l·v.
func leaky(v, l vec) vec { return v.IfElse(v.Greater(splat(0)), v.Mul(l)) }

func (passes) Leaky(y, x []float32, leak float32) {
	y = y[:len(x)]
	l := splat(leak)
	for len(x) >= lanes && len(y) >= lanes {
		leaky(load(x), l).Store(y)
		x, y = x[lanes:], y[lanes:]
	}
	leaky(loadPart(x), l).StorePart(y)
}

// leakyGrad is d where y > 0, else l·d.
func leakyGrad(d, y, l vec) vec { return d.IfElse(y.Greater(splat(0)), d.Mul(l)) }

func (passes) LeakyGrad(dx, dy, y []float32, leak float32) {
	dx, y = dx[:len(dy)], y[:len(dy)]
	l := splat(leak)
	for len(dx) >= lanes && len(dy) >= lanes && len(y) >= lanes {
		leakyGrad(load(dy), load(y), l).Store(dx)
		dx, dy, y = dx[lanes:], dy[lanes:], y[lanes:]
	}
	leakyGrad(loadPart(dy), loadPart(y), l).StorePart(dx)
}

func tanhGrad(d, y vec) vec { return d.Mul(splat(1).Sub(y.Mul(y))) }

func (passes) TanhGrad(dx, dy, y []float32) {
	dx, dy = dx[:len(y)], dy[:len(y)]
	for len(dx) >= lanes && len(dy) >= lanes && len(y) >= lanes {
		tanhGrad(load(dy), load(y)).Store(dx)
		dx, dy, y = dx[lanes:], dy[lanes:], y[lanes:]
	}
	tanhGrad(loadPart(dy), loadPart(y)).StorePart(dx)
}

func (passes) Add(y, x []float32) {
	y = y[:len(x)]
	for len(x) >= lanes && len(y) >= lanes {
		load(y).Add(load(x)).Store(y)
		x, y = x[lanes:], y[lanes:]
	}
	loadPart(y).Add(loadPart(x)).StorePart(y)
}

func lerp(y, x, t vec) vec { return fma(t, x.Sub(y), y) }

func (passes) Lerp(y, x []float32, t float32) {
	y = y[:len(x)]
	tt := splat(t)
	for len(x) >= lanes && len(y) >= lanes {
		lerp(load(y), load(x), tt).Store(y)
		x, y = x[lanes:], y[lanes:]
	}
	lerp(loadPart(y), loadPart(x), tt).StorePart(y)
}

// Drop mixes as Keep does, a lane for each value's number.
func (passes) Drop(y, x []float32, p float32, seed uint64, base int) {
	y = y[:len(x)]
	var first [lanes]uint32
	for i := range first {
		first[i] = uint32(base+i) * numberFactor
	}
	const stride = numberFactor * lanes & (1<<32 - 1)
	at, step := loadUint(&first), splatUint(stride)
	lo, hi, below := splatUint(uint32(seed)), splatUint(uint32(seed>>32)), splatUint(dropBelow(p))
	scale := splat(1 / (1 - p))
	for len(x) >= lanes && len(y) >= lanes {
		drop(load(x), at.Xor(lo), hi, below, scale).Store(y)
		at = at.Add(step)
		x, y = x[lanes:], y[lanes:]
	}
	drop(loadPart(x), at.Xor(lo), hi, below, scale).StorePart(y)
}

// drop is v·scale where the mix of at and the key is not below the threshold, else 0. Both have 24 bits, so that their
// order is the same as signed numbers.
func drop(v vec, at, key, below vecUint, scale vec) vec {
	at = at.Xor(at.ShiftAllRight(16)).Mul(splatUint(mixFirst))
	at = at.Xor(at.ShiftAllRight(15)).Xor(key).Mul(splatUint(mixSecond))
	at = at.Xor(at.ShiftAllRight(16)).ShiftAllRight(8)
	dropped := below.BitsToInt32().Greater(at.BitsToInt32())
	return splat(0).IfElse(dropped, v.Mul(scale))
}

// AddColumnSums walks down four vectors of columns at a time, a cache line or more.
func (passes) AddColumnSums(s, x []float32, m, n int) {
	s, x = s[:n], x[:m*n]
	j := 0
	for ; j+4*lanes <= n; j += 4 * lanes {
		var s0, s1, s2, s3 vec
		for at := j; at < len(x); at += n {
			row := x[at:][:4*lanes]
			s0, s1 = s0.Add(load(row)), s1.Add(load(row[lanes:]))
			s2, s3 = s2.Add(load(row[2*lanes:])), s3.Add(load(row[3*lanes:]))
		}
		to := s[j:][:4*lanes]
		load(to).Add(s0).Store(to)
		load(to[lanes:]).Add(s1).Store(to[lanes:])
		load(to[2*lanes:]).Add(s2).Store(to[2*lanes:])
		load(to[3*lanes:]).Add(s3).Store(to[3*lanes:])
	}
	for ; j < n; j += lanes {
		width := min(lanes, n-j)
		var sum vec
		for at := j; at < len(x); at += n {
			sum = sum.Add(loadPart(x[at:][:width]))
		}
		to := s[j:][:width]
		loadPart(to).Add(sum).StorePart(to)
	}
}

// adamScalars are an update's scalars in every lane.
type adamScalars struct{ rate, root, b1, c1, b2, c2, eps vec }

func (k *adamScalars) moments(g, m, v vec) (vec, vec) {
	return fma(k.b1, m, k.c1.Mul(g)), fma(k.b2, v, k.c2.Mul(g).Mul(g))
}

func (k *adamScalars) weights(w, m, v vec) vec {
	return w.Sub(k.rate.Mul(m).Div(fma(v.Sqrt(), k.root, k.eps)))
}

func (passes) Adam(w, g, m, v []float32, c AdamStep) {
	w, m, v = w[:len(g)], m[:len(g)], v[:len(g)]
	rest1, rest2 := c.Rests()
	k := adamScalars{splat(c.Rate), splat(c.Root), splat(float32(c.Beta1)), splat(rest1), splat(float32(c.Beta2)), splat(rest2), splat(c.Eps)}
	for len(w) >= lanes && len(g) >= lanes && len(m) >= lanes && len(v) >= lanes {
		m1, v1 := k.moments(load(g), load(m), load(v))
		m1.Store(m)
		v1.Store(v)
		k.weights(load(w), m1, v1).Store(w)
		w, g, m, v = w[lanes:], g[lanes:], m[lanes:], v[lanes:]
	}
	m1, v1 := k.moments(loadPart(g), loadPart(m), loadPart(v))
	m1.StorePart(m)
	v1.StorePart(v)
	k.weights(loadPart(w), m1, v1).StorePart(w)
}

func finishSIMD(c []float32, ldc, m, n int, bias []float32, leak float32) {
	l := splat(leak)
	for i := range m {
		row, b := c[i*ldc:][:n], bias
		for len(row) >= lanes {
			v := load(row)
			if len(b) >= lanes {
				v = v.Add(load(b))
				b = b[lanes:]
			}
			leaky(v, l).Store(row)
			row = row[lanes:]
		}
		if len(row) > 0 {
			leaky(loadPart(row).Add(loadPart(b)), l).StorePart(row)
		}
	}
}
