//go:build go1.27 && goexperiment.simd && arm64

package f32

import (
	"simd/archsimd"
	"unsafe"
)

// vec is the vector that passes and the tile work in: NEON's, which every 64-bit ARM processor has.
type (
	vec     = archsimd.Float32x4
	vecUint = archsimd.Uint32x4
)

const lanes = 4

func load(x []float32) vec              { return archsimd.LoadFloat32x4(x) }
func splat(x float32) vec               { return archsimd.BroadcastFloat32x4(x) }
func splatUint(x uint32) vecUint        { return archsimd.BroadcastUint32x4(x) }
func loadUint(x *[lanes]uint32) vecUint { return archsimd.LoadUint32x4Array(x) }
func loadAt(p unsafe.Pointer) vec       { return archsimd.LoadFloat32x4Array((*[lanes]float32)(p)) }
func storeAt(p unsafe.Pointer, v vec)   { v.StoreArray((*[lanes]float32)(p)) }

func loadPart(x []float32) vec {
	v, _ := archsimd.LoadFloat32x4Part(x)
	return v
}

// fma is x·y + z, rounded once.
func fma(x, y, z vec) vec { return x.MulAdd(y, z) }

func simdSets() []Kernels { return []Kernels{newPacked("go simd neon", passes{}, tileNEON)} }

// turn4x4 transposes 4 × 4 numbers; rows are line bytes apart at s and row bytes at d.
func turn4x4(d unsafe.Pointer, row uintptr, s unsafe.Pointer, line uintptr) {
	r0, r1 := loadAt(s).ToBits(), loadAt(unsafe.Add(s, line)).ToBits()
	r2, r3 := loadAt(unsafe.Add(s, 2*line)).ToBits(), loadAt(unsafe.Add(s, 3*line)).ToBits()
	even01, odd01 := r0.InterleaveEven(r1).ReshapeToUint64s(), r0.InterleaveOdd(r1).ReshapeToUint64s()
	even23, odd23 := r2.InterleaveEven(r3).ReshapeToUint64s(), r2.InterleaveOdd(r3).ReshapeToUint64s()
	storeAt(d, even01.InterleaveLo(even23).ReshapeToUint32s().BitsToFloat32())
	storeAt(unsafe.Add(d, row), odd01.InterleaveLo(odd23).ReshapeToUint32s().BitsToFloat32())
	storeAt(unsafe.Add(d, 2*row), even01.InterleaveHi(even23).ReshapeToUint32s().BitsToFloat32())
	storeAt(unsafe.Add(d, 3*row), odd01.InterleaveHi(odd23).ReshapeToUint32s().BitsToFloat32())
}

// turnBlocks turns 4 rows of so many numbers, a multiple of 4; rows are line bytes apart at s, and row bytes at d, where each four
// are step bytes behind the ones before.
func turnBlocks(d unsafe.Pointer, row, step uintptr, s unsafe.Pointer, line uintptr, numbers int) {
	for ; numbers > 0; numbers -= 4 {
		turn4x4(d, row, s, line)
		s, d = unsafe.Add(s, 16), unsafe.Add(d, step)
	}
}

// clearUpper ends a routine in vectors; here it has nothing to do.
func clearUpper() {}

// storeTotals stores the sums of the lanes of a and of b.
func storeTotals(to *[2]float32, a, b vec) {
	pairs := a.ConcatAddPairs(b)
	pairs = pairs.ConcatAddPairs(pairs)
	to[0], to[1] = pairs.GetElem(0), pairs.GetElem(1)
}

// storeTotal stores the sum of the lanes of v.
func storeTotal(to *float32, v vec) {
	v = v.ConcatAddPairs(v)
	*to = v.ConcatAddPairs(v).GetElem(0)
}
