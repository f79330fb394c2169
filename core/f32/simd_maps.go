//go:build go1.27 && goexperiment.simd && (amd64 || arm64 || wasm)

package f32

import "unsafe"

// Mix keeps four vectors of a run in registers while an output's terms pass.
func (p passes) Mix(to, from []float32, s *Stencil, m Mixing) {
	s.Check(to, from, m)
	if m.Rows < 1 || m.Run < 1 || len(s.Out) == 0 {
		return
	}
	whole, four := m.Run&^(lanes-1), m.Run&^(4*lanes-1)
	var base unsafe.Pointer
	if len(from) > 0 {
		base = unsafe.Pointer(&from[0])
	}
	unit := uintptr(4 * m.Unit)
	for row := range m.Rows {
		src := unsafe.Add(base, uintptr(row*m.FromStep)*unit)
		first := 0
		for o, place := range s.Out {
			y := to[(row*m.ToStep+int(place))*m.Unit:][:m.Run]
			end := int(s.End[o])
			in, by := s.In[first:end], s.By[first:end]
			by = by[:len(in)]
			first = end
			dst, at := unsafe.Pointer(&y[0]), uintptr(0)
			for ; at < uintptr(4*four); at += 16 * lanes {
				var v0, v1, v2, v3 vec
				for t, place := range in {
					x, b := unsafe.Add(src, uintptr(place)*unit+at), splat(by[t])
					v0, v1 = fma(b, loadAt(x), v0), fma(b, loadAt(unsafe.Add(x, 4*lanes)), v1)
					v2, v3 = fma(b, loadAt(unsafe.Add(x, 8*lanes)), v2), fma(b, loadAt(unsafe.Add(x, 12*lanes)), v3)
				}
				d := unsafe.Add(dst, at)
				storeAt(d, v0)
				storeAt(unsafe.Add(d, 4*lanes), v1)
				storeAt(unsafe.Add(d, 8*lanes), v2)
				storeAt(unsafe.Add(d, 12*lanes), v3)
			}
			for ; at < uintptr(4*whole); at += 4 * lanes {
				var v vec
				for t, place := range in {
					v = fma(splat(by[t]), loadAt(unsafe.Add(src, uintptr(place)*unit+at)), v)
				}
				storeAt(unsafe.Add(dst, at), v)
			}
			if whole < m.Run {
				var v vec
				rest := uintptr(m.Run - whole)
				for t, place := range in {
					x := unsafe.Slice((*float32)(unsafe.Add(src, uintptr(place)*unit+at)), rest)
					v = fma(splat(by[t]), loadPart(x), v)
				}
				v.StorePart(y[whole:])
			}
		}
	}
	clearUpper()
}

func (passes) Sums(s, x, y []float32, rows, cols int) {
	s = s[:2*rows]
	for r := range rows {
		row, other := x[r*cols:][:cols], y[r*cols:][:cols]
		var sum, dot, sum1, dot1 vec
		for len(row) >= 2*lanes && len(other) >= 2*lanes {
			v, v1 := load(row), load(row[lanes:])
			sum, dot = sum.Add(v), fma(v, load(other), dot)
			sum1, dot1 = sum1.Add(v1), fma(v1, load(other[lanes:]), dot1)
			row, other = row[2*lanes:], other[2*lanes:]
		}
		sum, dot = sum.Add(sum1), dot.Add(dot1)
		if len(row) >= lanes && len(other) >= lanes {
			v := load(row)
			sum, dot = sum.Add(v), fma(v, load(other), dot)
			row, other = row[lanes:], other[lanes:]
		}
		v := loadPart(row)
		storeTotals((*[2]float32)(s[2*r:]), sum.Add(v), fma(v, loadPart(other), dot))
	}
	clearUpper()
}

func (passes) Squares(s, x, mean []float32, rows, cols int) {
	s = s[:rows]
	for r := range rows {
		row, m := x[r*cols:][:cols], splat(mean[r%len(mean)])
		var sum, sum1 vec
		for len(row) >= 2*lanes {
			d, d1 := load(row).Sub(m), load(row[lanes:]).Sub(m)
			sum, sum1 = fma(d, d, sum), fma(d1, d1, sum1)
			row = row[2*lanes:]
		}
		sum = sum.Add(sum1)
		if len(row) >= lanes {
			d := load(row).Sub(m)
			sum = fma(d, d, sum)
			row = row[lanes:]
		}
		d := loadPart(row).Sub(loadPart(ones[:len(row)]).Mul(m))
		storeTotal(&s[r], fma(d, d, sum))
	}
	clearUpper()
}

func (passes) Normalize(y, hat, x, by []float32, rows, cols int) {
	for r := range rows {
		b := by[4*r%len(by):][:4]
		mean, inv, gamma, beta := splat(b[0]), splat(b[1]), splat(b[2]), splat(b[3])
		to, h, row := y[r*cols:][:cols], hat[r*cols:][:cols], x[r*cols:][:cols]
		for len(row) >= lanes && len(h) >= lanes && len(to) >= lanes {
			v := load(row).Sub(mean).Mul(inv)
			v.Store(h)
			fma(gamma, v, beta).Store(to)
			to, h, row = to[lanes:], h[lanes:], row[lanes:]
		}
		v := loadPart(row).Sub(mean).Mul(inv)
		v.StorePart(h)
		fma(gamma, v, beta).StorePart(to)
	}
	clearUpper()
}

func (passes) NormalizeGrad(dx, dy, hat, by []float32, rows, cols int) {
	for r := range rows {
		b := by[3*r%len(by):][:3]
		scale, mean, dot := splat(b[0]), splat(b[1]), vec{}.Sub(splat(b[2]))
		to, h, row := dx[r*cols:][:cols], hat[r*cols:][:cols], dy[r*cols:][:cols]
		for len(row) >= lanes && len(h) >= lanes && len(to) >= lanes {
			scale.Mul(fma(load(h), dot, load(row).Sub(mean))).Store(to)
			to, h, row = to[lanes:], h[lanes:], row[lanes:]
		}
		scale.Mul(fma(loadPart(h), dot, loadPart(row).Sub(mean))).StorePart(to)
	}
	clearUpper()
}

// ones are loaded in part to choose the first lanes.
var ones = [8]float32{1, 1, 1, 1, 1, 1, 1, 1}
