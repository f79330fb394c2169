//go:build go1.27 && goexperiment.simd && amd64

package f32

import (
	"simd/archsimd"
	"unsafe"
)

// vec is the vector that passes and the tile of AVX2 work in.
type (
	vec     = archsimd.Float32x8
	vecUint = archsimd.Uint32x8
)

const lanes = 8

func load(x []float32) vec              { return archsimd.LoadFloat32x8(x) }
func splat(x float32) vec               { return archsimd.BroadcastFloat32x8(x) }
func splatUint(x uint32) vecUint        { return archsimd.BroadcastUint32x8(x) }
func loadUint(x *[lanes]uint32) vecUint { return archsimd.LoadUint32x8Array(x) }
func loadAt(p unsafe.Pointer) vec       { return archsimd.LoadFloat32x8Array((*[lanes]float32)(p)) }
func storeAt(p unsafe.Pointer, v vec)   { v.StoreArray((*[lanes]float32)(p)) }

func loadPart(x []float32) vec {
	v, _ := archsimd.LoadFloat32x8Part(x)
	return v
}

// fma is x·y + z, rounded once.
func fma(x, y, z vec) vec { return x.MulAdd(y, z) }

func simdSets() (sets []Kernels) {
	cpu := archsimd.X86
	if cpu.AVX2() && cpu.FMA() {
		sets = append(sets, newPacked("go simd avx2", passes{}, tileAVX2))
		if cpu.AVX512() {
			sets = append(sets, newPacked("go simd avx512", passes512{}, tileAVX512))
		}
	}
	return sets
}

// turn4x4 transposes 4 × 4 numbers; rows are line bytes apart at s and row bytes at d.
func turn4x4(d unsafe.Pointer, row uintptr, s unsafe.Pointer, line uintptr) {
	r0, r1 := load4(s), load4(unsafe.Add(s, line))
	r2, r3 := load4(unsafe.Add(s, 2*line)), load4(unsafe.Add(s, 3*line))
	lo01, hi01 := r0.ConcatPermuteScalars(0, 1, 4, 5, r1), r0.ConcatPermuteScalars(2, 3, 6, 7, r1)
	lo23, hi23 := r2.ConcatPermuteScalars(0, 1, 4, 5, r3), r2.ConcatPermuteScalars(2, 3, 6, 7, r3)
	store4(d, lo01.ConcatPermuteScalars(0, 2, 4, 6, lo23))
	store4(unsafe.Add(d, row), lo01.ConcatPermuteScalars(1, 3, 5, 7, lo23))
	store4(unsafe.Add(d, 2*row), hi01.ConcatPermuteScalars(0, 2, 4, 6, hi23))
	store4(unsafe.Add(d, 3*row), hi01.ConcatPermuteScalars(1, 3, 5, 7, hi23))
}

// turnBlocks turns 8 rows of so many numbers, a multiple of 4; rows are line bytes apart at s, and row bytes at d, where each four
// are step bytes behind the ones before. Four of the rows are in a vector's lower half and four in the upper, so that no shuffle
// crosses from one to the other.
func turnBlocks(d unsafe.Pointer, row, step uintptr, s unsafe.Pointer, line uintptr, numbers int) {
	low, third := unsafe.Add(s, 4*line), 3*line
	for ; numbers > 0; numbers -= 4 {
		r0, r1 := twice(s, low), twice(unsafe.Add(s, line), unsafe.Add(low, line))
		r2, r3 := twice(unsafe.Add(s, 2*line), unsafe.Add(low, 2*line)), twice(unsafe.Add(s, third), unsafe.Add(low, third))
		lo01, hi01 := r0.ConcatPermuteScalarsGrouped(0, 1, 4, 5, r1), r0.ConcatPermuteScalarsGrouped(2, 3, 6, 7, r1)
		lo23, hi23 := r2.ConcatPermuteScalarsGrouped(0, 1, 4, 5, r3), r2.ConcatPermuteScalarsGrouped(2, 3, 6, 7, r3)
		storeAt(d, lo01.ConcatPermuteScalarsGrouped(0, 2, 4, 6, lo23))
		storeAt(unsafe.Add(d, row), lo01.ConcatPermuteScalarsGrouped(1, 3, 5, 7, lo23))
		storeAt(unsafe.Add(d, 2*row), hi01.ConcatPermuteScalarsGrouped(0, 2, 4, 6, hi23))
		storeAt(unsafe.Add(d, 3*row), hi01.ConcatPermuteScalarsGrouped(1, 3, 5, 7, hi23))
		s, low, d = unsafe.Add(s, 16), unsafe.Add(low, 16), unsafe.Add(d, step)
	}
	clearUpper()
}

// twice is 4 numbers at lo and 4 at hi.
func twice(lo, hi unsafe.Pointer) vec { return vec{}.SetLo(load4(lo)).SetHi(load4(hi)) }

func load4(p unsafe.Pointer) archsimd.Float32x4     { return archsimd.LoadFloat32x4Array((*[4]float32)(p)) }
func store4(p unsafe.Pointer, v archsimd.Float32x4) { v.StoreArray((*[4]float32)(p)) }

// clearUpper ends a routine in vectors, see [passes].
func clearUpper() { archsimd.ClearAVXUpperBits() }

// storeTotals stores the sums of the lanes of a and of b.
func storeTotals(to *[2]float32, a, b vec) {
	x, y := a.GetLo().Add(a.GetHi()), b.GetLo().Add(b.GetHi())
	x = x.ConcatAddPairs(y)
	x = x.ConcatAddPairs(x)
	*(*uint64)(unsafe.Pointer(to)) = x.AsUint64x2().GetElem(0)
}

// storeTotal stores the sum of the lanes of v.
func storeTotal(to *float32, v vec) {
	x := v.GetLo().Add(v.GetHi())
	x = x.ConcatAddPairs(x)
	x = x.ConcatAddPairs(x)
	*(*uint32)(unsafe.Pointer(to)) = x.AsUint32x4().GetElem(0)
}
