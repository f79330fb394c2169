package f32

import (
	"unsafe"

	"gonum.org/v1/gonum/blas"
)

// A product is computed in tiles of registers, from panels packed so that the tile's loop reads memory in order.
// The factor with fewer lines is packed whole and shared; the other's lines are cut into parts, which workers take, pack
// a block of at a time and multiply. Each number of C is summed by one worker in an order that only k decides, so that
// results depend neither on the number of threads nor on which of them did what.
const (
	blockK    = 256     // inner length of a packed block: a panel of 32 columns is 32 KiB then, inside the L1 cache
	spanK     = 4096    // inner length of what is packed whole at a time
	spanSize  = 1 << 20 // its numbers, 4 MiB
	slack     = 256     // numbers past the end of packed memory: a tile's pointers run ahead by up to four rows, and must point at something
	smallWork = 1 << 18 // multiply-adds below which waking other threads costs more than it gains
)

// packed is a set with tiled products over tile, shared out to the workers; its passes over vectors are those of serial,
// shared out too.
type packed struct {
	Kernels // serial
	maps    Mapper
	name    string
	tile    tile
	gemm    gemm
	pass    pass
	batch   batch
}

func newPacked(name string, serial Kernels, t tile) *packed {
	s := &packed{Kernels: serial, maps: mapperOf(serial), name: name, tile: t}
	s.gemm.tile = &s.tile
	s.pass.Kernels = serial
	return s
}

func (s *packed) Name() string { return s.name }

func (s *packed) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	if !CheckGemm(tA, tB, m, n, k, a, lda, b, ldb, c, ldc) {
		return
	}
	if alpha == 0 {
		k = 0
	}
	if k == 0 || beta != 0 && beta != 1 {
		scaleRows(c, ldc, m, n, beta)
	}
	s.product(gemm{c: c, ldc: ldc, m: m, n: n, k: k, alpha: alpha, add: beta != 0, leak: 1}, tA, tB, a, lda, b, ldb)
}

func (s *packed) GemmBias(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, bias []float32, leak float32, c []float32, ldc int) {
	if !CheckGemm(tA, tB, m, n, k, a, lda, b, ldb, c, ldc) {
		return
	}
	if bias != nil {
		if len(bias) < n {
			panic("f32: bias is shorter than a row")
		}
		bias = bias[:n]
	}
	if k == 0 {
		scaleRows(c, ldc, m, n, 0)
		s.tile.finish(c, ldc, m, n, bias, leak)
		return
	}
	s.product(gemm{c: c, ldc: ldc, m: m, n: n, k: k, alpha: 1, bias: bias, leak: leak}, tA, tB, a, lda, b, ldb)
}

// scaleRows: C (m, n) = beta·C, where beta 0 clears whatever was there.
func scaleRows(c []float32, ldc, m, n int, beta float32) {
	for i := range m {
		row := c[i*ldc:][:n]
		if beta == 0 {
			clear(row)
			continue
		}
		for j := range row {
			row[j] *= beta
		}
	}
}

// gemm is the product under way: C = act(alpha·A·B + bias), or C += alpha·A·B.
type gemm struct {
	m, n, k int
	alpha   float32
	a, b    operand
	c       []float32
	ldc     int
	add     bool
	bias    []float32
	leak    float32

	tile   *tile
	k0, k1 int // the inner span being multiplied
	s0, s1 int // the lines of the shared operand in shared
	shared []float32
	own    []scratch // one a worker
}

// scratch is what one worker needs beside the shared panels.
type scratch struct {
	panels []float32
	edge   []float32 // a tile that sticks out of C
}

// product runs g, of which only the numbers are set, in s's memory.
func (s *packed) product(g gemm, tA, tB blas.Transpose, a []float32, lda int, b []float32, ldb int) {
	workers.turn.Lock()
	defer workers.turn.Unlock()
	s.gemm.take(g, tA, tB, a, lda, b, ldb)
	s.gemm.run(workers.run)
	s.gemm.forget()
}

// take makes g, of which only the numbers are set, the next product in w's memory.
func (w *gemm) take(g gemm, tA, tB blas.Transpose, a []float32, lda int, b []float32, ldb int) {
	g.tile, g.shared, g.own = w.tile, w.shared, w.own
	g.a = operand{x: a, ld: lda, lines: g.m, beside: tA != blas.NoTrans, w: w.tile.rows}
	g.b = operand{x: b, ld: ldb, lines: g.n, beside: tB == blas.NoTrans, w: w.tile.cols}
	*w = g
}

// forget keeps the memory, not the operands.
func (w *gemm) forget() { w.a.x, w.b.x, w.c, w.bias = nil, nil, nil, nil }

// sharesA says that A is packed whole and B cut into parts.
func (g *gemm) sharesA() bool { return g.m <= g.n }

// run multiplies; all runs the parts of a task.
func (g *gemm) run(all func(t Task, n int)) {
	shared, lines, step := &g.b, g.m, g.tile.blockRows()
	if g.sharesA() {
		shared, lines, step = &g.a, g.n, g.tile.cols
	}
	parts := (lines + step - 1) / step
	for g.k0 = 0; g.k0 < g.k; g.k0 = g.k1 {
		g.k1 = min(g.k, g.k0+spanK)
		span := g.k1 - g.k0
		block := max(spanSize/span/shared.w, 1) * shared.w
		for g.s0 = 0; g.s0 < shared.lines; g.s0 = g.s1 {
			g.s1 = min(shared.lines, g.s0+block)
			panels, all := shared.panels(g.s1-g.s0), all
			g.reserve(panels * shared.w * span)
			if g.m*g.n*span < smallWork {
				all = alone
			}
			all((*sharing)(g), panels)
			all(g, parts)
		}
	}
}

// sharing is the product whose shared operand is being packed, a panel a part.
type sharing gemm

func (s *sharing) Part(i, _ int) {
	shared := &s.b
	if (*gemm)(s).sharesA() {
		shared = &s.a
	}
	panels, lo := shared.panels(s.s1-s.s0), s.s0+i*shared.w
	for p := s.k0; p < s.k1; p += blockK {
		k := min(blockK, s.k1-p)
		shared.pack(s.tile, s.shared[(panels*(p-s.k0)+i*k)*shared.w:][:k*shared.w], lo, min(shared.w, s.s1-lo), p, k, s.alpha)
	}
}

// alone runs the parts of a task one after the other.
func alone(t Task, n int) {
	for i := range n {
		t.Part(i, 0)
	}
}

// reserve makes room for size shared numbers and for every worker.
func (g *gemm) reserve(size int) {
	if len(g.shared) < size {
		g.shared = make([]float32, size, size+slack)
	}
	size = blockK * max(g.tile.blockRows(), g.tile.cols)
	for len(g.own) < workers.size() {
		g.own = append(g.own, scratch{
			panels: make([]float32, size, size+slack),
			edge:   make([]float32, g.tile.rows*g.tile.cols),
		})
	}
}

// Part multiplies part i of the lines that are not shared.
func (g *gemm) Part(i, worker int) {
	own, step := &g.a, g.tile.blockRows()
	if g.sharesA() {
		own, step = &g.b, g.tile.cols
	}
	lo := i * step
	hi := min(own.lines, lo+step)
	s := &g.own[worker]
	shared := g.shared
	var f foresight
	for p := g.k0; p < g.k1; p += blockK {
		k := min(blockK, g.k1-p)
		own.pack(g.tile, s.panels, lo, hi-lo, p, k, 1)
		f.foresee(g, own, lo, hi, step, p, k)
		if g.sharesA() {
			g.multiply(shared, g.s0, g.s1, s.panels, lo, hi, p, k, s.edge, &f)
			shared = shared[g.a.panels(g.s1-g.s0)*g.a.w*k:]
		} else {
			g.multiply(s.panels, lo, hi, shared, g.s0, g.s1, p, k, s.edge, &f)
			shared = shared[g.b.panels(g.s1-g.s0)*g.b.w*k:]
		}
	}
}

// multiply does the tiles of C's rows i0 … i1−1 and columns j0 … j1−1 over the packed block p … p+k−1.
func (g *gemm) multiply(a []float32, i0, i1 int, b []float32, j0, j1, p, k int, edge []float32, f *foresight) {
	t := g.tile
	add := g.add || p > 0
	last := p+k == g.k && (g.bias != nil || g.leak != 1)
	for j := j0; j < j1; j += t.cols {
		width := min(t.cols, j1-j)
		wide := roundUp(width, t.fewCols)
		panel := unsafe.Pointer(&b[(j-j0)*k])
		for i := i0; i < i1; i += t.rows {
			height := min(t.rows, i1-i)
			high := roundUp(height, t.fewRows)
			rows := unsafe.Pointer(&a[(i-i0)*k])
			if height == high && width == wide {
				t.run(height, width, k, rows, panel, unsafe.Pointer(&g.c[i*g.ldc+j]), g.ldc, add, f.take(panel))
				continue
			}
			t.run(high, wide, k, rows, panel, unsafe.Pointer(&edge[0]), t.cols, false, f.take(panel))
			for r := range height {
				mergeRow(g.c[(i+r)*g.ldc+j:][:width], edge[r*t.cols:], add)
			}
		}
		if last {
			var bias []float32
			if g.bias != nil {
				bias = g.bias[j:][:width]
			}
			g.tile.finish(g.c[i0*g.ldc+j:], g.ldc, i1-i0, width, bias, g.leak)
		}
	}
}

func roundUp(n, step int) int { return (n + step - 1) / step * step }

// mergeRow: row = x, or row += x.
func mergeRow(row, x []float32, add bool) {
	if !add {
		copy(row, x)
		return
	}
	for j := range row {
		row[j] += x[j]
	}
}

// CheckGemm panics where a matrix of C (m, n) = op(A) (m, k) · op(B) (k, n) doesn't fit its slice, and says whether C has any
// element. Every set of kernels begins with it.
func CheckGemm(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, c []float32, ldc int) bool {
	if m < 0 || n < 0 || k < 0 {
		panic("f32: negative matrix dimension")
	}
	if m == 0 || n == 0 {
		return false
	}
	checkMatrix(tA, m, k, a, lda)
	checkMatrix(tB, k, n, b, ldb)
	checkMatrix(blas.NoTrans, m, n, c, ldc)
	return true
}

// checkMatrix: op(X) (rows, cols) lies in x.
func checkMatrix(t blas.Transpose, rows, cols int, x []float32, ld int) {
	if t != blas.NoTrans {
		rows, cols = cols, rows
	}
	if ld < max(1, cols) {
		panic("f32: leading dimension is shorter than a row")
	}
	if rows > 0 && cols > 0 && len(x) < (rows-1)*ld+cols {
		panic("f32: matrix is larger than its slice")
	}
}
