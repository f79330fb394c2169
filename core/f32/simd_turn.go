//go:build go1.27 && goexperiment.simd && (amd64 || arm64)

package f32

import "unsafe"

// turnSIMD turns rows of 4 numbers, as many rows at a time as fit into a vector.
func turnSIMD(dst []float32, w int, src []float32, ld, n, k int) {
	rows, cols := n&^3, k&^3
	if rows > 0 && cols > 0 {
		_, _ = src[(rows-1)*ld+cols-1], dst[(cols-1)*w+rows-1]
		line, row := uintptr(4*ld), uintptr(4*w)
		i := 0
		for ; i+lanes <= rows; i += lanes {
			turnBlocks(unsafe.Pointer(&dst[i]), row, 4*row, unsafe.Pointer(&src[i*ld]), line, cols)
		}
		for ; i < rows; i += 4 {
			s, d := unsafe.Pointer(&src[i*ld]), unsafe.Pointer(&dst[i])
			for range cols / 4 {
				turn4x4(d, row, s, line)
				s, d = unsafe.Add(s, 16), unsafe.Add(d, 4*row)
			}
		}
	}
	if cols < k && rows > 0 {
		turnScalar(dst[cols*w:], w, src[cols:], ld, rows, k-cols)
	}
	if rows < n {
		turnScalar(dst[rows:], w, src[rows*ld:], ld, n-rows, k)
	}
}

// Transpose turns tiles of whole cache lines on both sides. It goes along the rows that are further apart, so that few pages of memory
// are in use at a time.
func (p passes) Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	if r < 4 || c < 4 {
		p.plain.Transpose(to, ldTo, from, ldFrom, r, c)
		return
	}
	whole, done := r&^3, c&^3
	const tile = 16
	if ldTo > ldFrom {
		for j := 0; j < done; j += tile {
			for i := 0; i < whole; i += tile {
				turnTile(to[j*ldTo+i:], ldTo, from[i*ldFrom+j:], ldFrom, min(tile, whole-i), min(tile, done-j))
			}
		}
	} else {
		for i := 0; i < whole; i += tile {
			for j := 0; j < done; j += tile {
				turnTile(to[j*ldTo+i:], ldTo, from[i*ldFrom+j:], ldFrom, min(tile, whole-i), min(tile, done-j))
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

// turnTile: to (c, r) = from (r, c), both multiples of 4.
func turnTile(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	_, _ = from[(r-1)*ldFrom+c-1], to[(c-1)*ldTo+r-1]
	line, row := uintptr(4*ldFrom), uintptr(4*ldTo)
	s, d, i := unsafe.Pointer(&from[0]), unsafe.Pointer(&to[0]), 0
	for ; i+lanes <= r; i += lanes {
		turnBlocks(d, row, 4*row, s, line, c)
		s, d = unsafe.Add(s, lanes*line), unsafe.Add(d, 4*lanes)
	}
	for ; i < r; i += 4 {
		for j := uintptr(0); j < uintptr(c); j += 4 {
			turn4x4(unsafe.Add(d, j*row), row, unsafe.Add(s, 4*j), line)
		}
		s, d = unsafe.Add(s, 4*line), unsafe.Add(d, 16)
	}
}

// besideSIMD copies without a call for each row, as a copy of unknown length would have.
func besideSIMD(dst []float32, w int, src []float32, ld, k int) {
	if k < 1 {
		return
	}
	_, _ = src[(k-1)*ld+w-1], dst[k*w-1]
	s, d := unsafe.Pointer(&src[0]), unsafe.Pointer(&dst[0])
	line, whole := uintptr(4*ld), uintptr(4*w)&^(4*lanes-1)
	for range k {
		at := uintptr(0)
		for ; at < whole; at += 4 * lanes {
			storeAt(unsafe.Add(d, at), loadAt(unsafe.Add(s, at)))
		}
		for ; at < uintptr(4*w); at += 8 {
			*(*uint64)(unsafe.Add(d, at)) = *(*uint64)(unsafe.Add(s, at))
		}
		s, d = unsafe.Add(s, line), unsafe.Add(d, 4*w)
	}
	clearUpper()
}
