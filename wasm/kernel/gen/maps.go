package gen

import "ganvas/wasm/kernel/asm"

// maps writes the kernels for images and feature maps: patches and their adjoint, transposition, sums and
// normalisation.
func (g *generator) maps() {
	g.patches("patches", func(f *asm.Func, image, col asm.I32, width int) {
		if width == 4 {
			f.StoreVector(g.mem.At(col, 0), g.mem.At(image, 0).Vector())
		} else {
			f.StoreWord(g.mem.At(col, 0), g.mem.At(image, 0).Word())
		}
	})
	g.patches("addPatches", func(f *asm.Func, image, col asm.I32, width int) {
		if width == 4 {
			f.StoreVector(g.mem.At(image, 0), g.mem.At(image, 0).Vector().Add(g.mem.At(col, 0).Vector()))
		} else {
			f.StoreWord(g.mem.At(image, 0), g.mem.At(image, 0).Word().Add(g.mem.At(col, 0).Word()))
		}
	})
	g.transpose()
	g.sums()
	g.mix()
	// y, hat, x, (mean, inv, gamma, beta), maps, rows, cols
	g.eachRow("normalize", 3, 4, 2, func(l *lane) {
		hat := l.let(l.load(2).Sub(l.scalars[0].V128).Mul(l.scalars[1].V128))
		l.store(1, hat)
		l.store(0, l.madd(hat, l.scalars[2].V128, l.scalars[3].V128))
	})
	// dx, dy, hat, (scale, mean, dot), maps, rows, cols
	g.eachRow("normalizeGrad", 3, 3, 2, func(l *lane) {
		l.store(0, l.scalars[0].V128.Mul(l.load(1).Sub(l.scalars[1].V128).Sub(l.load(2).Mul(l.scalars[2].V128))))
	})
}

// patches walks a k × k kernel over one padded image (C, h, w) and moves each row of taps between it and col
// (oh·ow, C·k·k). Parameters: col, image, C, h, w, k, stride, oh, ow.
func (g *generator) patches(name string, move func(f *asm.Func, image, col asm.I32, width int)) {
	f := g.m.Func(name)
	p := f.IntParams(9)
	col, image, maps, h, w, k, stride, oh, ow := p[0], p[1], p[2], p[3], p[4], p[5], p[6], p[7], p[8]
	row := f.Let(w.Shl(2))             // bytes of a row of pixels
	area := f.Let(row.Mul(h.I32))      // of a map
	right := f.Let(stride.Shl(2))      // from one place to the next
	down := f.Let(row.Mul(stride.I32)) // from one line of places to the next
	taps := f.Let(row.Mul(k.I32))      // from a patch's first row to beyond its last
	line, spot, oy, ox, c := f.Int(), f.Int(), f.Int(), f.Int(), f.Int()
	at, end, j, from := f.Int(), f.Int(), f.Int(), f.Int()

	walk := func(rowOfTaps func()) {
		line.Set(image.I32)
		oy.Set(oh.I32)
		f.While(oy.I32, func() {
			spot.Set(line.I32)
			ox.Set(ow.I32)
			f.While(ox.I32, func() {
				from.Set(spot.I32)
				c.Set(maps.I32)
				f.While(c.I32, func() {
					at.Set(from.I32)
					end.Set(from.Add(taps.I32))
					f.While(at.LessU(end.I32), func() {
						rowOfTaps()
						at.Set(at.Add(row.I32))
					})
					from.Set(from.Add(area.I32))
					c.Inc(-1)
				})
				spot.Set(spot.Add(right.I32))
				ox.Inc(-1)
			})
			line.Set(line.Add(down.I32))
			oy.Inc(-1)
		})
	}
	f.IfElse(k.Eq(asm.Int(4)), func() {
		walk(func() {
			move(f, at.I32, col.I32, 4)
			col.Inc(16)
		})
	}, func() {
		pixel := f.Int()
		walk(func() {
			j.Set(k.I32)
			pixel.Set(at.I32)
			f.While(j.I32, func() {
				move(f, pixel.I32, col.I32, 1)
				col.Inc(4)
				pixel.Inc(4)
				j.Inc(-1)
			})
		})
	})
}

// transpose: to (c, r) = from (r, c). Parameters: to, ldTo, from, ldFrom, r, c.
func (g *generator) transpose() {
	f := g.m.Func("transpose")
	p := f.IntParams(6)
	to, from, r, c := p[0], p[2], p[4], p[5]
	wide, high := f.Let(p[3].Shl(2)), f.Let(p[1].Shl(2)) // bytes from row to row of from and of to
	i, j, src, dst := f.Int(), f.Int(), f.Int(), f.Int()
	v := f.Vectors(8)
	i.Set(r.I32)
	// four rows at a time
	f.While(asm.Int(3).Less(i.I32), func() {
		src.Set(from.I32)
		dst.Set(to.I32)
		j.Set(c.I32)
		f.While(asm.Int(3).Less(j.I32), func() {
			at := f.Let(src.I32)
			for q := range 4 {
				v[q].Set(g.mem.At(at.I32, 0).Vector())
				if q < 3 {
					at.Set(at.Add(wide.I32))
				}
			}
			v[4].Set(v[0].Shuffle(v[1].V128, 0, 4, 1, 5))
			v[5].Set(v[2].Shuffle(v[3].V128, 0, 4, 1, 5))
			v[6].Set(v[0].Shuffle(v[1].V128, 2, 6, 3, 7))
			v[7].Set(v[2].Shuffle(v[3].V128, 2, 6, 3, 7))
			for q, pair := range [4][2]int{{4, 5}, {4, 5}, {6, 7}, {6, 7}} {
				low := byte(0)
				if q%2 == 1 {
					low = 2
				}
				f.StoreVector(g.mem.At(dst.I32, 0), v[pair[0]].Shuffle(v[pair[1]].V128, low, low+1, low+4, low+5))
				dst.Set(dst.Add(high.I32))
			}
			src.Inc(16)
			j.Inc(-4)
		})
		f.While(j.I32, func() {
			at := f.Let(src.I32)
			for q := range 4 {
				f.StoreWord(g.mem.At(dst.I32, 4*q), g.mem.At(at.I32, 0).Word())
				at.Set(at.Add(wide.I32))
			}
			dst.Set(dst.Add(high.I32))
			src.Inc(4)
			j.Inc(-1)
		})
		from.Set(from.Add(wide.Shl(2)))
		to.Inc(16)
		i.Inc(-4)
	})
	f.While(i.I32, func() {
		src.Set(from.I32)
		dst.Set(to.I32)
		j.Set(c.I32)
		f.While(j.I32, func() {
			f.StoreWord(g.mem.At(dst.I32, 0), g.mem.At(src.I32, 0).Word())
			dst.Set(dst.Add(high.I32))
			src.Inc(4)
			j.Inc(-1)
		})
		from.Set(from.Add(wide.I32))
		to.Inc(4)
		i.Inc(-1)
	})
}

// sums writes the two kernels that end in a number. Both keep four lanes for the vectors and one for the rest.
func (g *generator) sums() {
	// s (rows, 2), x, y, rows, cols: Σ x and Σ x·y of each row
	f := g.m.Func("sums")
	p := f.IntParams(5)
	n := f.Int()
	f.While(p[3].I32, func() {
		n.Set(p[4].I32)
		g.reduce(f, p[0].I32, n, p[1:3], 2, func(load func(array int) asm.V128, total []asm.VectorVar) {
			x := f.LetVector(load(0))
			total[0].Set(total[0].Add(x.V128))
			total[1].Set(g.madd(x.V128, load(1), total[1].V128))
		})
		p[0].Inc(8)
		p[3].Inc(-1)
	})
	// s (rows), x, mean (maps), maps, rows, cols: Σ (x − mean)² of each row
	f2 := g.m.Func("squares")
	q := f2.IntParams(6)
	n2, own := f2.Int(), f2.Let(q[2].I32)
	end := f2.Let(q[2].Add(q[3].Shl(2)))
	m := f2.Vector()
	f2.While(q[4].I32, func() {
		m.Set(g.mem.At(own.I32, 0).Splat())
		n2.Set(q[5].I32)
		g.reduce(f2, q[0].I32, n2, q[1:2], 1, func(load func(array int) asm.V128, total []asm.VectorVar) {
			d := f2.LetVector(load(0).Sub(m.V128))
			total[0].Set(g.madd(d.V128, d.V128, total[0].V128))
		})
		q[0].Inc(4)
		own.Inc(4)
		f2.If(own.Eq(end.I32), func() { own.Set(q[2].I32) })
		q[4].Inc(-1)
	})
}

// reduce runs add over arrays of n elements and stores the totals at s. A single element is loaded into the first lane
// with zeros in the others, which add must leave without effect or be masked: total's other lanes see x = 0, so each
// rest element is added through a total of its own whose first lane alone is used.
func (g *generator) reduce(f *asm.Func, s asm.I32, n asm.IntVar, arrays []asm.IntVar, totals int, add func(load func(array int) asm.V128, total []asm.VectorVar)) {
	lanes, rest := f.Vectors(totals), f.Vectors(totals)
	for k := range totals {
		lanes[k].Set(asm.Floats(0))
		rest[k].Set(asm.Floats(0))
	}
	f.While(asm.Int(3).Less(n.I32), func() {
		add(func(a int) asm.V128 { return g.mem.At(arrays[a].I32, 0).Vector() }, lanes)
		for _, a := range arrays {
			a.Inc(16)
		}
		n.Inc(-4)
	})
	f.While(n.I32, func() {
		add(func(a int) asm.V128 { return g.mem.At(arrays[a].I32, 0).Word() }, rest)
		for _, a := range arrays {
			a.Inc(4)
		}
		n.Inc(-1)
	})
	for k := range totals {
		x := f.LetVector(lanes[k].Add(lanes[k].Shuffle(lanes[k].V128, 2, 3, 0, 1)))
		x.Set(x.Add(x.Shuffle(x.V128, 1, 0, 3, 2)))
		f.StoreWord(g.mem.At(s, 4*k), x.Add(rest[k].V128))
	}
}
