package kernel

import (
	"unsafe"

	"ganvas/core/f32"
)

//go:wasmimport kernel patches
//go:noescape
func patches(col, image unsafe.Pointer, c, h, w, k, stride, oh, ow uint32)

//go:wasmimport kernel addPatches
//go:noescape
func addPatches(col, image unsafe.Pointer, c, h, w, k, stride, oh, ow uint32)

//go:wasmimport kernel transpose
//go:noescape
func transpose(to unsafe.Pointer, ldTo uint32, from unsafe.Pointer, ldFrom, r, c uint32)

//go:wasmimport kernel mix
//go:noescape
func mix(to, from, out, end, in, by unsafe.Pointer, outputs, rows, toStep, fromStep, unit, run uint32)

//go:wasmimport kernel sums
//go:noescape
func sums(s, x, y unsafe.Pointer, rows, cols uint32)

//go:wasmimport kernel squares
//go:noescape
func squares(s, x, mean unsafe.Pointer, maps, rows, cols uint32)

//go:wasmimport kernel normalize
//go:noescape
func normalize(y, hat, x, by unsafe.Pointer, maps, rows, cols uint32)

//go:wasmimport kernel normalizeGrad
//go:noescape
func normalizeGrad(dx, dy, hat, by unsafe.Pointer, maps, rows, cols uint32)

var _ f32.Mapper = (*set)(nil)

func (s *set) Patches(col, image []float32, p f32.Patch) {
	checkPatch(col, image, p)
	patches(ptr(col), ptr(image), uint32(p.C), uint32(p.H), uint32(p.W), uint32(p.Kernel), uint32(p.Stride), uint32(p.OH), uint32(p.OW))
}

func (s *set) AddPatches(image, col []float32, p f32.Patch) {
	checkPatch(col, image, p)
	addPatches(ptr(col), ptr(image), uint32(p.C), uint32(p.H), uint32(p.W), uint32(p.Kernel), uint32(p.Stride), uint32(p.OH), uint32(p.OW))
}

func (s *set) Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	if r <= 0 || c <= 0 {
		return
	}
	if ldTo < r || ldFrom < c || len(to) < (c-1)*ldTo+r || len(from) < (r-1)*ldFrom+c {
		panic("kernel: matrix is larger than its slice")
	}
	transpose(ptr(to), uint32(ldTo), ptr(from), uint32(ldFrom), uint32(r), uint32(c))
}

func (s *set) Mix(to, from []float32, st *f32.Stencil, m f32.Mixing) {
	st.Check(to, from, m)
	mix(ptr(to), ptr(from), unsafe.Pointer(unsafe.SliceData(st.Out)), unsafe.Pointer(unsafe.SliceData(st.End)), unsafe.Pointer(unsafe.SliceData(st.In)),
		ptr(st.By), uint32(len(st.Out)), uint32(m.Rows), uint32(m.ToStep), uint32(m.FromStep), uint32(m.Unit), uint32(m.Run))
}

func (s *set) Sums(to, x, y []float32, rows, cols int) {
	checkRows(rows, cols, x, y)
	checkRows(rows, 2, to)
	sums(ptr(to), ptr(x), ptr(y), uint32(rows), uint32(cols))
}

func (s *set) Squares(to, x, mean []float32, rows, cols int) {
	checkRows(rows, cols, x)
	checkRows(rows, 1, to)
	squares(ptr(to), ptr(x), ptr(mean), uint32(len(mean)), uint32(rows), uint32(cols))
}

func (s *set) Normalize(y, hat, x, by []float32, rows, cols int) {
	checkRows(rows, cols, y, hat, x)
	normalize(ptr(y), ptr(hat), ptr(x), ptr(by), uint32(len(by)/4), uint32(rows), uint32(cols))
}

func (s *set) NormalizeGrad(dx, dy, hat, by []float32, rows, cols int) {
	checkRows(rows, cols, dx, dy, hat)
	normalizeGrad(ptr(dx), ptr(dy), ptr(hat), ptr(by), uint32(len(by)/3), uint32(rows), uint32(cols))
}
