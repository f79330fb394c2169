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
func transpose(to, from unsafe.Pointer, r, c uint32)

//go:wasmimport kernel sums
//go:noescape
func sums(s, x, y unsafe.Pointer, n uint32)

//go:wasmimport kernel squares
//go:noescape
func squares(s, x unsafe.Pointer, n uint32, mean float32)

//go:wasmimport kernel normalize
//go:noescape
func normalize(y, hat, x unsafe.Pointer, n uint32, mean, inv, gamma, beta float32)

//go:wasmimport kernel normalizeGrad
//go:noescape
func normalizeGrad(dx, dy, hat unsafe.Pointer, n uint32, scale, mean, dot float32)

var _ f32.Mapper = (*set)(nil)

func (s *set) Patches(col, image []float32, p f32.Patch) {
	checkPatch(col, image, p)
	patches(ptr(col), ptr(image), uint32(p.C), uint32(p.H), uint32(p.W), uint32(p.Kernel), uint32(p.Stride), uint32(p.OH), uint32(p.OW))
}

func (s *set) AddPatches(image, col []float32, p f32.Patch) {
	checkPatch(col, image, p)
	addPatches(ptr(col), ptr(image), uint32(p.C), uint32(p.H), uint32(p.W), uint32(p.Kernel), uint32(p.Stride), uint32(p.OH), uint32(p.OW))
}

func (s *set) Transpose(to, from []float32, r, c int) {
	if r < 0 || c < 0 || len(to) < r*c || len(from) < r*c {
		panic("kernel: matrix is larger than its slice")
	}
	transpose(ptr(to), ptr(from), uint32(r), uint32(c))
}

func (s *set) Sums(to *[2]float32, x, y []float32) {
	sums(unsafe.Pointer(to), ptr(x), ptr(y), same(x, y))
}

func (s *set) Squares(to *[2]float32, x []float32, mean float32) {
	squares(unsafe.Pointer(to), ptr(x), uint32(len(x)), mean)
}

func (s *set) Normalize(y, hat, x []float32, mean, inv, gamma, beta float32) {
	normalize(ptr(y), ptr(hat), ptr(x), same(y, hat, x), mean, inv, gamma, beta)
}

func (s *set) NormalizeGrad(dx, dy, hat []float32, scale, mean, dot float32) {
	normalizeGrad(ptr(dx), ptr(dy), ptr(hat), same(dx, dy, hat), scale, mean, dot)
}
