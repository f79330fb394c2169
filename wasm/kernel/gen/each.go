package gen

import "ganvas/wasm/kernel/asm"

// lane is one group of elements inside a pass over arrays: four, or at the end one.
type lane struct {
	*generator
	f       *asm.Func
	ints    []asm.VectorVar // the pass's integers and
	scalars []asm.VectorVar // floats, in all lanes
	load    func(array int) asm.V128
	store   func(array int, x asm.V128)
	index   func() asm.V128 // the elements' numbers within the pass
}

// let names a value that is used more than once.
func (l *lane) let(x asm.V128) asm.V128 { return l.f.LetVector(x).V128 }

// signature is how many parameters of each sort a pass has; the last arrays may be in the shared memory.
type signature struct{ arrays, shared, ints, floats int }

// each writes a pass over arrays of one length. Parameters: an address for every array, the number of elements,
// integers, floats. Groups of together vectors share a turn of the loop.
func (g *generator) each(name string, has signature, together int, body func(l *lane)) *asm.Func {
	f := g.m.Func(name)
	at := f.IntParams(has.arrays)
	n := f.IntParam()
	ints, floats := f.IntParams(has.ints), f.FloatParams(has.floats)
	l := &lane{generator: g, f: f}
	for _, x := range ints {
		l.ints = append(l.ints, f.LetVector(x.Splat()))
	}
	for _, x := range floats {
		l.scalars = append(l.scalars, f.LetVector(x.Splat()))
	}
	l.along(at, n, has.shared, together, body)
	return f
}

// eachRow writes a pass over arrays (rows, cols) with scalars of their own for each of maps, which follow each other from
// row to row. Parameters: an address for every array, that of the scalars (maps, scalars), maps, rows, cols.
func (g *generator) eachRow(name string, arrays, scalars, together int, body func(l *lane)) {
	f := g.m.Func(name)
	at := f.IntParams(arrays)
	p := f.IntParams(4)
	by, maps, rows, cols := p[0], p[1], p[2], p[3]
	l := &lane{generator: g, f: f, scalars: f.Vectors(scalars)}
	n, own := f.Int(), f.Let(by.I32)
	end := f.Let(by.Add(maps.Mul(asm.Int(int32(4 * scalars)))))
	f.While(rows.I32, func() {
		for i, x := range l.scalars {
			x.Set(g.mem.At(own.I32, 4*i).Splat())
		}
		n.Set(cols.I32)
		l.along(at, n, 0, together, body)
		own.Inc(4 * scalars)
		f.If(own.Eq(end.I32), func() { own.Set(by.I32) })
		rows.Inc(-1)
	})
}

// along runs body over n elements at the addresses at, which it moves behind them; the last shared are in the shared memory.
func (l *lane) along(at []asm.IntVar, n asm.IntVar, shared, together int, body func(l *lane)) {
	g, f := l.generator, l.f
	place := func(a, offset int) asm.Place {
		if a >= len(at)-shared {
			return g.shared.At(at[a].I32, offset)
		}
		return g.mem.At(at[a].I32, offset)
	}
	start := f.Let(at[0].I32)
	turn := func(vectors int) {
		bytes := 16 * vectors
		end := f.Let(at[0].Add(n.And(asm.Int(int32(-4 * vectors))).Shl(2)))
		n.Set(n.And(asm.Int(int32(4*vectors - 1))))
		f.While(at[0].LessU(end.I32), func() {
			for v := range vectors {
				l.load = func(a int) asm.V128 { return place(a, 16*v).Vector() }
				l.store = func(a int, x asm.V128) { f.StoreVector(place(a, 16*v), x) }
				l.index = func() asm.V128 {
					i := at[0].Sub(start.I32).Shr(2).Add(asm.Int(int32(4 * v))).Splat()
					return i.IntAdd(asm.Words(0, 1, 2, 3))
				}
				body(l)
			}
			for _, p := range at {
				p.Inc(bytes)
			}
		})
	}
	if together > 1 {
		turn(together)
	}
	turn(1)
	f.While(n.I32, func() {
		l.load = func(a int) asm.V128 { return place(a, 0).Word() }
		l.store = func(a int, x asm.V128) { f.StoreWord(place(a, 0), x) }
		l.index = func() asm.V128 { return at[0].Sub(start.I32).Shr(2).Splat() }
		body(l)
		for _, p := range at {
			p.Inc(4)
		}
		n.Inc(-1)
	})
}

// passes writes the elementwise kernels; the comments name their parameters.
func (g *generator) passes() {
	zero, one := asm.Floats(0), asm.Floats(1)

	// y, x, n, leak
	g.each("leaky", signature{arrays: 2, floats: 1}, 4, func(l *lane) {
		l.store(0, leaky(l.let(l.load(1)), l.scalars[0].V128))
	})
	// dx, dy, y, n, leak
	g.each("leakyGrad", signature{arrays: 3, floats: 1}, 4, func(l *lane) {
		dy := l.let(l.load(1))
		l.store(0, l.load(2).Greater(zero).Select(dy, dy.Mul(l.scalars[0].V128)))
	})
	// y, x, n
	g.each("tanh", signature{arrays: 2}, 1, func(l *lane) { l.store(0, l.tanh(l.load(1))) })
	g.each("sigmoid", signature{arrays: 2}, 1, func(l *lane) { l.store(0, l.sigmoid(l.load(1))) })
	// dx, dy, y, n
	g.each("tanhGrad", signature{arrays: 3}, 2, func(l *lane) {
		y := l.let(l.load(2))
		l.store(0, l.load(1).Mul(one.Sub(y.Mul(y))))
	})
	// y, x, n
	g.each("add", signature{arrays: 2}, 4, func(l *lane) { l.store(0, l.load(0).Add(l.load(1))) })
	// y, x, n, t
	g.each("lerp", signature{arrays: 2, floats: 1}, 4, func(l *lane) {
		y := l.let(l.load(0))
		l.store(0, g.madd(l.scalars[0].V128, l.load(1).Sub(y), y))
	})
	// y, x, n, a: y += a·x
	g.each("axpy", signature{arrays: 2, floats: 1}, 4, func(l *lane) { l.store(0, g.madd(l.scalars[0].V128, l.load(1), l.load(0))) })
	// x, n, a: x ·= a
	g.each("scale", signature{arrays: 1, floats: 1}, 4, func(l *lane) { l.store(0, l.load(0).Mul(l.scalars[0].V128)) })
	// y, x, n, low and high half of the seed, number of the first element, threshold, 1/(1−p)
	g.each("drop", signature{arrays: 2, ints: 4, floats: 1}, 2, (*lane).drop)
	// w, g, m, v, n, rate, root, β₁, β₂, 1−β₁, 1−β₂, ε
	g.each("adam", signature{arrays: 4, floats: 7}, 2, func(l *lane) { l.adam(l.load(1)) })
}

// adam updates weights (array 0) and moments (2 and 3) by gradient grad; see passes for the scalars.
func (l *lane) adam(grad asm.V128) {
	rate, root, b1, b2 := l.scalars[0], l.scalars[1], l.scalars[2], l.scalars[3]
	rest1, rest2, eps := l.scalars[4], l.scalars[5], l.scalars[6]
	d := l.let(grad)
	m := l.let(l.madd(b1.V128, l.load(2), rest1.Mul(d)))
	v := l.let(l.madd(b2.V128, l.load(3), rest2.Mul(d).Mul(d)))
	l.store(2, m)
	l.store(3, v)
	l.store(0, l.load(0).Sub(rate.Mul(m).Div(l.madd(v.Sqrt(), root.V128, eps.V128))))
}

// drop keeps what f32.Keep keeps, whose steps these are.
func (l *lane) drop() {
	low, high, base, below := l.ints[0], l.ints[1], l.ints[2], l.ints[3]
	all := func(x uint32) asm.V128 { return asm.Words(x, x, x, x) }
	h := l.let(l.index().IntAdd(base.V128).IntMul(all(0x9E3779B1)).Xor(low.V128))
	h = l.let(h.IntShr(16).Xor(h).IntMul(all(0x7FEB352D)))
	h = l.let(h.IntShr(15).Xor(high.V128).Xor(h).IntMul(all(0x846CA68B)))
	h = l.let(h.IntShr(16).Xor(h))
	keep := h.IntShr(8).IntGreaterEqU(below.V128)
	l.store(0, l.load(1).Mul(l.scalars[0].V128).And(keep))
}
