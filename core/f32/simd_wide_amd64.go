//go:build go1.27 && goexperiment.simd && amd64

package f32

import (
	"simd/archsimd"
	"unsafe"
)

// passes512 are passes of which those that the first cache's width holds back have vectors of 512 bits.
type passes512 struct{ passes }

type vec512 = archsimd.Float32x16

const lanes512 = 16

func splat512(x float32) vec512             { return archsimd.BroadcastFloat32x16(x) }
func loadAt512(p unsafe.Pointer) vec512     { return archsimd.LoadFloat32x16Array((*[lanes512]float32)(p)) }
func storeAt512(p unsafe.Pointer, v vec512) { v.StoreArray((*[lanes512]float32)(p)) }
func fma512(x, y, z vec512) vec512          { return x.MulAdd(y, z) }

func loadPart512(x []float32) vec512 {
	v, _ := archsimd.LoadFloat32x16Part(x)
	return v
}

// Mix keeps four vectors of a run in registers while an output's terms pass; what is left of a run has shorter vectors. The numbers are
// those of [passes], as each is a sum of its own.
func (p passes512) Mix(to, from []float32, s *Stencil, m Mixing) {
	s.Check(to, from, m)
	if m.Rows < 1 || m.Run < 1 || len(s.Out) == 0 {
		return
	}
	whole, four := m.Run&^(lanes512-1), m.Run&^(4*lanes512-1)
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
			for ; at < uintptr(4*four); at += 16 * lanes512 {
				var v0, v1, v2, v3 vec512
				for t, place := range in {
					x, b := unsafe.Add(src, uintptr(place)*unit+at), splat512(by[t])
					v0, v1 = fma512(b, loadAt512(x), v0), fma512(b, loadAt512(unsafe.Add(x, 4*lanes512)), v1)
					v2, v3 = fma512(b, loadAt512(unsafe.Add(x, 8*lanes512)), v2), fma512(b, loadAt512(unsafe.Add(x, 12*lanes512)), v3)
				}
				d := unsafe.Add(dst, at)
				storeAt512(d, v0)
				storeAt512(unsafe.Add(d, 4*lanes512), v1)
				storeAt512(unsafe.Add(d, 8*lanes512), v2)
				storeAt512(unsafe.Add(d, 12*lanes512), v3)
			}
			for ; at < uintptr(4*whole); at += 4 * lanes512 {
				var v vec512
				for t, place := range in {
					v = fma512(splat512(by[t]), loadAt512(unsafe.Add(src, uintptr(place)*unit+at)), v)
				}
				storeAt512(unsafe.Add(dst, at), v)
			}
			if whole < m.Run {
				var v vec512
				rest := uintptr(m.Run - whole)
				for t, place := range in {
					x := unsafe.Slice((*float32)(unsafe.Add(src, uintptr(place)*unit+at)), rest)
					v = fma512(splat512(by[t]), loadPart512(x), v)
				}
				v.StorePart(y[whole:])
			}
		}
	}
	clearUpper()
}
