//go:build go1.27 && goexperiment.simd && amd64

package f32

import (
	"simd/archsimd"
	"unsafe"
)

type vec512 = archsimd.Float32x16

const lanes512 = 16

func load512(p unsafe.Pointer) vec512     { return archsimd.LoadFloat32x16Array((*[lanes512]float32)(p)) }
func store512(p unsafe.Pointer, v vec512) { v.StoreArray((*[lanes512]float32)(p)) }
func splat512(x float32) vec512           { return archsimd.BroadcastFloat32x16(x) }

// tile512 is tileSIMD in vectors of 16: C (4, 32) = A·B or C += A·B.
func tile512(k int, a, b, c unsafe.Pointer, ldc int, add bool) {
	var c00, c01, c10, c11, c20, c21, c30, c31, b0, b1, v vec512
	for ; k > 0; k-- {
		x := (*[tileRows]float32)(a)
		b0, b1 = load512(b), load512(unsafe.Add(b, 64))
		v = splat512(x[0])
		c00, c01 = v.MulAdd(b0, c00), v.MulAdd(b1, c01)
		v = splat512(x[1])
		c10, c11 = v.MulAdd(b0, c10), v.MulAdd(b1, c11)
		v = splat512(x[2])
		c20, c21 = v.MulAdd(b0, c20), v.MulAdd(b1, c21)
		v = splat512(x[3])
		c30, c31 = v.MulAdd(b0, c30), v.MulAdd(b1, c31)
		a, b = unsafe.Add(a, 16), unsafe.Add(b, 128)
	}
	r1, r2, r3 := unsafe.Add(c, 4*ldc), unsafe.Add(c, 8*ldc), unsafe.Add(c, 12*ldc)
	if add {
		c00, c01 = load512(c).Add(c00), load512(unsafe.Add(c, 64)).Add(c01)
		c10, c11 = load512(r1).Add(c10), load512(unsafe.Add(r1, 64)).Add(c11)
		c20, c21 = load512(r2).Add(c20), load512(unsafe.Add(r2, 64)).Add(c21)
		c30, c31 = load512(r3).Add(c30), load512(unsafe.Add(r3, 64)).Add(c31)
	}
	store512(c, c00)
	store512(unsafe.Add(c, 64), c01)
	store512(r1, c10)
	store512(unsafe.Add(r1, 64), c11)
	store512(r2, c20)
	store512(unsafe.Add(r2, 64), c21)
	store512(r3, c30)
	store512(unsafe.Add(r3, 64), c31)
	clearUpper()
}
