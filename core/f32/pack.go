package f32

// operand is one factor of a product, seen as lines along the inner dimension k: A's rows or B's columns. Packed, w
// lines side by side are a panel: k rows of w numbers, the last panel filled up with zeros.
type operand struct {
	x      []float32
	ld     int
	lines  int
	beside bool // lines lie side by side: number p of line i is x[p*ld+i], otherwise x[i*ld+p]
	w      int
}

func (o *operand) panels(lines int) int { return (lines + o.w - 1) / o.w }

// pack writes lines i0 … i0+lines−1 over p0 … p0+k−1 to dst, panel after panel, multiplied by alpha.
func (o *operand) pack(t *tile, dst []float32, i0, lines, p0, k int, alpha float32) {
	for i := 0; i < lines; i += o.w {
		n := min(o.w, lines-i)
		panel := dst[i*k:][:o.w*k]
		if o.beside {
			packBeside(t, panel, o.w, o.x[p0*o.ld+i0+i:], o.ld, n, k)
		} else {
			packAfter(t, panel, o.w, o.x[(i0+i)*o.ld+p0:], o.ld, n, k)
		}
		if alpha != 1 {
			for j := range panel {
				panel[j] *= alpha
			}
		}
	}
}

// packBeside: dst[p, j] = src[p, j] for j < n, zero for n ≤ j < w.
func packBeside(t *tile, dst []float32, w int, src []float32, ld, n, k int) {
	if n == w {
		t.beside(dst, w, src, ld, k)
		return
	}
	for p := range k {
		row := dst[p*w:][:w]
		copy(row, src[p*ld:][:n])
		clear(row[n:])
	}
}

// packAfter: dst[p, i] = src[i, p] for i < n, zero for n ≤ i < w.
func packAfter(t *tile, dst []float32, w int, src []float32, ld, n, k int) {
	t.turn(dst, w, src, ld, n, k)
	if n < w {
		for p := range k {
			clear(dst[p*w+n:][:w-n])
		}
	}
}
