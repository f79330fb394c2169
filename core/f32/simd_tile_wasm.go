//go:build go1.27 && goexperiment.simd && wasm

package f32

import "unsafe"

const (
	vecBytes = 4 * lanes
	tileRows = 4
)

// tileSIMD: C (4, 2·lanes) = A·B or C += A·B. Unrolled by four it is a third faster in V8.
func tileSIMD(_, _, k int, a, b, c unsafe.Pointer, ldc int, add bool, _ ahead) {
	var c00, c01, c10, c11, c20, c21, c30, c31, b0, b1, v vec
	for ; k >= 4; k -= 4 {
		x := (*[4 * tileRows]float32)(a)
		b0, b1 = loadAt(b), loadAt(unsafe.Add(b, vecBytes))
		v = splat(x[0])
		c00, c01 = fma(v, b0, c00), fma(v, b1, c01)
		v = splat(x[1])
		c10, c11 = fma(v, b0, c10), fma(v, b1, c11)
		v = splat(x[2])
		c20, c21 = fma(v, b0, c20), fma(v, b1, c21)
		v = splat(x[3])
		c30, c31 = fma(v, b0, c30), fma(v, b1, c31)
		b0, b1 = loadAt(unsafe.Add(b, 2*vecBytes)), loadAt(unsafe.Add(b, 3*vecBytes))
		v = splat(x[4])
		c00, c01 = fma(v, b0, c00), fma(v, b1, c01)
		v = splat(x[5])
		c10, c11 = fma(v, b0, c10), fma(v, b1, c11)
		v = splat(x[6])
		c20, c21 = fma(v, b0, c20), fma(v, b1, c21)
		v = splat(x[7])
		c30, c31 = fma(v, b0, c30), fma(v, b1, c31)
		b0, b1 = loadAt(unsafe.Add(b, 4*vecBytes)), loadAt(unsafe.Add(b, 5*vecBytes))
		v = splat(x[8])
		c00, c01 = fma(v, b0, c00), fma(v, b1, c01)
		v = splat(x[9])
		c10, c11 = fma(v, b0, c10), fma(v, b1, c11)
		v = splat(x[10])
		c20, c21 = fma(v, b0, c20), fma(v, b1, c21)
		v = splat(x[11])
		c30, c31 = fma(v, b0, c30), fma(v, b1, c31)
		b0, b1 = loadAt(unsafe.Add(b, 6*vecBytes)), loadAt(unsafe.Add(b, 7*vecBytes))
		v = splat(x[12])
		c00, c01 = fma(v, b0, c00), fma(v, b1, c01)
		v = splat(x[13])
		c10, c11 = fma(v, b0, c10), fma(v, b1, c11)
		v = splat(x[14])
		c20, c21 = fma(v, b0, c20), fma(v, b1, c21)
		v = splat(x[15])
		c30, c31 = fma(v, b0, c30), fma(v, b1, c31)
		a, b = unsafe.Add(a, 64), unsafe.Add(b, 8*vecBytes)
	}
	for ; k > 0; k-- {
		x := (*[tileRows]float32)(a)
		b0, b1 = loadAt(b), loadAt(unsafe.Add(b, vecBytes))
		v = splat(x[0])
		c00, c01 = fma(v, b0, c00), fma(v, b1, c01)
		v = splat(x[1])
		c10, c11 = fma(v, b0, c10), fma(v, b1, c11)
		v = splat(x[2])
		c20, c21 = fma(v, b0, c20), fma(v, b1, c21)
		v = splat(x[3])
		c30, c31 = fma(v, b0, c30), fma(v, b1, c31)
		a, b = unsafe.Add(a, 16), unsafe.Add(b, 2*vecBytes)
	}
	r1, r2, r3 := unsafe.Add(c, 4*ldc), unsafe.Add(c, 8*ldc), unsafe.Add(c, 12*ldc)
	if add {
		c00, c01 = loadAt(c).Add(c00), loadAt(unsafe.Add(c, vecBytes)).Add(c01)
		c10, c11 = loadAt(r1).Add(c10), loadAt(unsafe.Add(r1, vecBytes)).Add(c11)
		c20, c21 = loadAt(r2).Add(c20), loadAt(unsafe.Add(r2, vecBytes)).Add(c21)
		c30, c31 = loadAt(r3).Add(c30), loadAt(unsafe.Add(r3, vecBytes)).Add(c31)
	}
	storeAt(c, c00)
	storeAt(unsafe.Add(c, vecBytes), c01)
	storeAt(r1, c10)
	storeAt(unsafe.Add(r1, vecBytes), c11)
	storeAt(r2, c20)
	storeAt(unsafe.Add(r2, vecBytes), c21)
	storeAt(r3, c30)
	storeAt(unsafe.Add(r3, vecBytes), c31)
}
