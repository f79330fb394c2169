package f32

import "unsafe"

// tile is the innermost loop of a product: C (rows, cols) = A·B over k, or C += A·B. A is packed as k rows of that many
// numbers, B as k rows of cols numbers; C has the leading dimension ldc. Sums are formed in the order of k, and added to C at
// the end. Where the processor can be asked for memory that is needed soon, run asks for next, a turn of k at a time.
type tile struct {
	rows, cols       int // at most, and as packed
	fewRows, fewCols int // run takes multiples of these, k at least 1
	run              func(rows, cols, k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)
	// turn copies n rows of k numbers, ld apart, to k rows of n numbers, w apart.
	turn func(dst []float32, w int, src []float32, ld, n, k int)
	// beside copies k rows of w numbers, ld apart, to rows that follow each other.
	beside func(dst []float32, w int, src []float32, ld, k int)
	// finish: C (m, n) = act(C + bias); a nil bias is zero.
	finish func(c []float32, ldc, m, n int, bias []float32, leak float32)
	// limit does as many multiply-adds as the processor can, in turns, and returns how many floating-point operations that was;
	// nil where nobody knows.
	limit func(turns int) float64
}

// blockRows is how many of A's rows are in a part.
func (t *tile) blockRows() int { return max(1, 64/t.rows) * t.rows }

const scalarRows = 4 // and columns

var scalarTile = tile{rows: scalarRows, cols: scalarRows, fewRows: scalarRows, fewCols: scalarRows, run: tileScalar, turn: turnScalar, beside: besideScalar, finish: finishScalar}

// tileScalar keeps half a tile at a time in variables, as 16 sums are more than most machines have registers for.
func tileScalar(_, _, k int, a, b, c unsafe.Pointer, ldc int, add bool, _ ahead) {
	halfTile(k, a, b, c, ldc, add)
	halfTile(k, unsafe.Add(a, 8), b, unsafe.Add(c, 8*ldc), ldc, add)
}

func halfTile(k int, a, b, c unsafe.Pointer, ldc int, add bool) {
	var c00, c01, c02, c03, c10, c11, c12, c13 float32
	for ; k > 0; k-- {
		x, y := (*[2]float32)(a), (*[4]float32)(b)
		c00 += x[0] * y[0]
		c01 += x[0] * y[1]
		c02 += x[0] * y[2]
		c03 += x[0] * y[3]
		c10 += x[1] * y[0]
		c11 += x[1] * y[1]
		c12 += x[1] * y[2]
		c13 += x[1] * y[3]
		a, b = unsafe.Add(a, 4*scalarRows), unsafe.Add(b, 16)
	}
	p, q := (*[4]float32)(c), (*[4]float32)(unsafe.Add(c, 4*ldc))
	if add {
		c00, c01, c02, c03 = p[0]+c00, p[1]+c01, p[2]+c02, p[3]+c03
		c10, c11, c12, c13 = q[0]+c10, q[1]+c11, q[2]+c12, q[3]+c13
	}
	*p = [4]float32{c00, c01, c02, c03}
	*q = [4]float32{c10, c11, c12, c13}
}

func turnScalar(dst []float32, w int, src []float32, ld, n, k int) {
	i := 0
	for ; i+4 <= n; i += 4 {
		r0, r1, r2, r3 := src[i*ld:][:k], src[(i+1)*ld:][:k], src[(i+2)*ld:][:k], src[(i+3)*ld:][:k]
		for p := range k {
			d := dst[p*w+i:][:4]
			d[0], d[1], d[2], d[3] = r0[p], r1[p], r2[p], r3[p]
		}
	}
	for ; i < n; i++ {
		for p, v := range src[i*ld:][:k] {
			dst[p*w+i] = v
		}
	}
}

func besideScalar(dst []float32, w int, src []float32, ld, k int) {
	switch w {
	case 4:
		for p := range k {
			*(*[4]float32)(dst[p*4:]) = [4]float32(src[p*ld:])
		}
	case 8:
		for p := range k {
			*(*[8]float32)(dst[p*8:]) = [8]float32(src[p*ld:])
		}
	default:
		for p := range k {
			copy(dst[p*w:][:w], src[p*ld:])
		}
	}
}

func finishScalar(c []float32, ldc, m, n int, bias []float32, leak float32) {
	for i := range m {
		row := c[i*ldc:][:n]
		for j, v := range row {
			if bias != nil {
				v += bias[j]
			}
			if !(v > 0) {
				v *= leak
			}
			row[j] = v
		}
	}
}
