//go:build go1.27 && goexperiment.simd && wasm

package f32

import (
	"simd/archsimd"
	"unsafe"
)

// vec is the vector that passes and the tile work in.
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

// fma is x·y + z, rounded twice: the instruction that rounds once is not in strict SIMD, and emulating it is slow.
func fma(x, y, z vec) vec { return x.Mul(y).Add(z) }

// simdSets has one set: packing turns rows number by number, as archsimd has no shuffle of floats here.
func simdSets() []Kernels {
	return []Kernels{newPacked("go simd wasm", passes{}, tile{rows: tileRows, cols: 2 * lanes, fewRows: tileRows, fewCols: 2 * lanes, run: tileSIMD, turn: turnScalar, beside: besideScalar, finish: finishSIMD})}
}

// clearUpper ends a routine in vectors; here it has nothing to do.
func clearUpper() {}

// storeTotals stores the sums of the lanes of a and of b.
func storeTotals(to *[2]float32, a, b vec) {
	storeTotal(&to[0], a)
	storeTotal(&to[1], b)
}

// storeTotal stores the sum of the lanes of v.
func storeTotal(to *float32, v vec) {
	var x [lanes]float32
	v.StoreArray(&x)
	*to = x[0] + x[1] + x[2] + x[3]
}
