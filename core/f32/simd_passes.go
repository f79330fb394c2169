//go:build go1.27 && goexperiment.simd && (amd64 || arm64 || wasm)

package f32

// passes are the routines over vectors in SIMD; what they lack is plain.
//
// On some processors an instruction of the older encoding that meets a vector register with a dirty upper half costs hundreds
// of cycles, and the compiler uses that encoding for all arithmetic on single numbers. So each routine ends with
// [clearUpper], and until then touches no single number but by loading it into all lanes of a vector.
type passes struct{ plain }

// leaky is v where v > 0, else l·v.
func leaky(v, l, zero vec) vec { return v.IfElse(v.Greater(zero), v.Mul(l)) }

func (passes) Leaky(y, x []float32, leak float32) {
	y = y[:len(x)]
	l, zero := splat(leak), vec{}
	for len(x) >= lanes && len(y) >= lanes {
		leaky(load(x), l, zero).Store(y)
		x, y = x[lanes:], y[lanes:]
	}
	leaky(loadPart(x), l, zero).StorePart(y)
	clearUpper()
}

// leakyGrad is d where y > 0, else l·d.
func leakyGrad(d, y, l, zero vec) vec { return d.IfElse(y.Greater(zero), d.Mul(l)) }

func (passes) LeakyGrad(dx, dy, y []float32, leak float32) {
	dx, y = dx[:len(dy)], y[:len(dy)]
	l, zero := splat(leak), vec{}
	for len(dx) >= lanes && len(dy) >= lanes && len(y) >= lanes {
		leakyGrad(load(dy), load(y), l, zero).Store(dx)
		dx, dy, y = dx[lanes:], dy[lanes:], y[lanes:]
	}
	leakyGrad(loadPart(dy), loadPart(y), l, zero).StorePart(dx)
	clearUpper()
}

func tanhGrad(d, y, one vec) vec { return d.Mul(one.Sub(y.Mul(y))) }

func (passes) TanhGrad(dx, dy, y []float32) {
	dx, dy = dx[:len(y)], dy[:len(y)]
	one := splat(1)
	for len(dx) >= lanes && len(dy) >= lanes && len(y) >= lanes {
		tanhGrad(load(dy), load(y), one).Store(dx)
		dx, dy, y = dx[lanes:], dy[lanes:], y[lanes:]
	}
	tanhGrad(loadPart(dy), loadPart(y), one).StorePart(dx)
	clearUpper()
}

func (passes) Add(y, x []float32) {
	y = y[:len(x)]
	for len(x) >= lanes && len(y) >= lanes {
		load(y).Add(load(x)).Store(y)
		x, y = x[lanes:], y[lanes:]
	}
	loadPart(y).Add(loadPart(x)).StorePart(y)
	clearUpper()
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
	clearUpper()
}

// dropping is what Drop computes with: the first numbers' products, and the scalars.
type dropping struct {
	first                           [lanes]uint32
	step, lo, hi, below, mix, other uint32
	scale                           float32
}

// Drop mixes as Keep does, a lane for each value's number.
func (passes) Drop(y, x []float32, p float32, seed uint64, base int) {
	const step = numberFactor * lanes & (1<<32 - 1)
	d := dropping{step: step, lo: uint32(seed), hi: uint32(seed >> 32), below: dropBelow(p), mix: mixFirst, other: mixSecond, scale: 1 / (1 - p)}
	for i := range d.first {
		d.first[i] = uint32(base+i) * numberFactor
	}
	d.run(y[:len(x)], x)
}

//go:noinline
func (d *dropping) run(y, x []float32) {
	at, step, lo := loadUint(&d.first), splatUint(d.step), splatUint(d.lo)
	key, below, first, second := splatUint(d.hi), splatUint(d.below), splatUint(d.mix), splatUint(d.other)
	scale, zero := splat(d.scale), vec{}
	for len(x) >= lanes && len(y) >= lanes {
		drop(load(x), at.Xor(lo), key, below, first, second, scale, zero).Store(y)
		at = at.Add(step)
		x, y = x[lanes:], y[lanes:]
	}
	drop(loadPart(x), at.Xor(lo), key, below, first, second, scale, zero).StorePart(y)
	clearUpper()
}

// drop is v·scale where the mix of at and the key is not below the threshold, else 0. Both have 24 bits, so that their
// order is the same as signed numbers.
func drop(v vec, at, key, below, first, second vecUint, scale, zero vec) vec {
	at = at.Xor(at.ShiftAllRight(16)).Mul(first)
	at = at.Xor(at.ShiftAllRight(15)).Xor(key).Mul(second)
	at = at.Xor(at.ShiftAllRight(16)).ShiftAllRight(8)
	dropped := below.BitsToInt32().Greater(at.BitsToInt32())
	return zero.IfElse(dropped, v.Mul(scale))
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
	clearUpper()
}

// adamScalars are an update's scalars in float32.
type adamScalars struct{ rate, root, b1, c1, b2, c2, eps float32 }

func (passes) Adam(w, g, m, v []float32, c AdamStep) {
	rest1, rest2 := c.Rests()
	k := adamScalars{c.Rate, c.Root, float32(c.Beta1), rest1, float32(c.Beta2), rest2, c.Eps}
	k.run(w[:len(g)], g, m[:len(g)], v[:len(g)])
}

//go:noinline
func (k *adamScalars) run(w, g, m, v []float32) {
	rate, root, eps := splat(k.rate), splat(k.root), splat(k.eps)
	b1, c1, b2, c2 := splat(k.b1), splat(k.c1), splat(k.b2), splat(k.c2)
	for len(w) >= lanes && len(g) >= lanes && len(m) >= lanes && len(v) >= lanes {
		x := load(g)
		m1, v1 := fma(b1, load(m), c1.Mul(x)), fma(b2, load(v), c2.Mul(x).Mul(x))
		m1.Store(m)
		v1.Store(v)
		load(w).Sub(rate.Mul(m1).Div(fma(v1.Sqrt(), root, eps))).Store(w)
		w, g, m, v = w[lanes:], g[lanes:], m[lanes:], v[lanes:]
	}
	x := loadPart(g)
	m1, v1 := fma(b1, loadPart(m), c1.Mul(x)), fma(b2, loadPart(v), c2.Mul(x).Mul(x))
	m1.StorePart(m)
	v1.StorePart(v)
	loadPart(w).Sub(rate.Mul(m1).Div(fma(v1.Sqrt(), root, eps))).StorePart(w)
	clearUpper()
}

func finishSIMD(c []float32, ldc, m, n int, bias []float32, leak float32) {
	l, zero := splat(leak), vec{}
	for i := range m {
		row, b := c[i*ldc:][:n], bias
		for len(row) >= lanes {
			v := load(row)
			if len(b) >= lanes {
				v = v.Add(load(b))
				b = b[lanes:]
			}
			leaky(v, l, zero).Store(row)
			row = row[lanes:]
		}
		if len(row) > 0 {
			leaky(loadPart(row).Add(loadPart(b)), l, zero).StorePart(row)
		}
	}
	clearUpper()
}
