//go:build go1.27 && goexperiment.simd && (amd64 || arm64)

package f32

import "unsafe"

// turn4SIMD turns 4 × 4 numbers at a time.
func turn4SIMD(dst []float32, w int, src []float32, ld, k int) {
	if k < 4 {
		turn4Scalar(dst, w, src, ld, k)
		return
	}
	_, _ = src[3*ld+k-1], dst[(k-1)*w+3]
	s, d := unsafe.Pointer(&src[0]), unsafe.Pointer(&dst[0])
	line, row := uintptr(4*ld), uintptr(4*w)
	for p := 0; p+4 <= k; p += 4 {
		turn4x4(d, row, s, line)
		s, d = unsafe.Add(s, 16), unsafe.Add(d, 4*row)
	}
	if done := k &^ 3; done < k {
		turn4Scalar(dst[done*w:], w, src[done:], ld, k-done)
	}
}

// Transpose turns 4 × 4 numbers at a time, in tiles of whole cache lines on both sides.
func (p passes) Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	if r < 4 || c < 4 {
		p.plain.Transpose(to, ldTo, from, ldFrom, r, c)
		return
	}
	_, _ = from[(r-1)*ldFrom+c-1], to[(c-1)*ldTo+r-1]
	line, row := uintptr(4*ldFrom), uintptr(4*ldTo)
	whole, done := r&^3, c&^3
	const tile = 16
	for i0 := 0; i0 < whole; i0 += tile {
		for j0 := 0; j0 < done; j0 += tile {
			s, d := unsafe.Pointer(&from[i0*ldFrom+j0]), unsafe.Pointer(&to[j0*ldTo+i0])
			wide := uintptr(min(tile, done-j0))
			for range min(tile, whole-i0) / 4 {
				for j := uintptr(0); j < wide; j += 4 {
					turn4x4(unsafe.Add(d, j*row), row, unsafe.Add(s, 4*j), line)
				}
				s, d = unsafe.Add(s, 4*line), unsafe.Add(d, 16)
			}
		}
	}
	if done < c {
		p.plain.Transpose(to[done*ldTo:], ldTo, from[done:], ldFrom, whole, c-done)
	}
	if whole < r {
		p.plain.Transpose(to[whole:], ldTo, from[whole*ldFrom:], ldFrom, r-whole, c)
	}
}
