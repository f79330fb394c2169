package f32

import "unsafe"

// ahead is memory that is needed soon: what lies at an address, and every step bytes from there on.
type ahead struct {
	at   uintptr
	step int
}

const cacheLine = 64 // bytes

// foresight is what a worker packs next, which tiles ask for while they multiply. A processor does not see by itself where packing
// leads: it takes a short piece of each of many lines that lie apart.
type foresight struct {
	next  ahead
	hop   int     // bytes from where one tile asks to where the next does
	tiles int     // that ask
	round int     // so many tiles go through all rows of a column of cache lines; 0: all of it is one piece
	top   uintptr // where that column begins
}

// foresee looks ahead from the block p … p+k−1 of own's lines lo … hi−1, a part of step lines, to what its worker packs next.
func (f *foresight) foresee(g *gemm, own *operand, lo, hi, step, p, k int) {
	after := lo + step*workers.size() // the worker's next part, most likely
	lines := min(step, own.lines-after)
	if own.beside {
		// The next block is a piece of each of some rows; a tile asks for a cache line of as many of them as it has turns. A short
		// block at the end has too few turns: the one before asks for what comes after it.
		from, q := lo, p+k
		if g.k1-q < k/2 {
			from, q = after, g.k0
		} else {
			lines = hi - lo
		}
		rows := min(blockK, g.k1-q)
		f.next, f.round, f.tiles = ahead{address(own.x, q*own.ld+from), 4 * own.ld}, (rows+k-1)/k, 0
		f.hop, f.top = k*f.next.step, f.next.at
		if lines > 0 && (k >= blockK/2 || p == g.k0) {
			f.tiles = f.round * ((4*lines + cacheLine - 1) / cacheLine)
		}
		return
	}
	// The next part's lines follow each other in memory; all turns of all tiles of this part go through them.
	if p == g.k0 {
		f.tiles = 0
		if lines > 0 {
			each := g.tiles(hi - lo)
			turns := each * (g.k1 - g.k0)
			f.tiles = each * ((g.k1 - g.k0 + blockK - 1) / blockK)
			f.next = ahead{address(own.x, after*own.ld+g.k0), (4*lines*own.ld + turns - 1) / turns}
		}
	}
	f.hop = k * f.next.step
}

// take is what the next tile, which multiplies into panel, asks for.
func (f *foresight) take(panel unsafe.Pointer) ahead {
	if f.tiles == 0 {
		return ahead{at: uintptr(panel)} // which is there
	}
	next := f.next
	f.tiles--
	f.next.at += uintptr(f.hop)
	if f.round > 0 && f.tiles%f.round == 0 {
		f.top += cacheLine
		f.next.at = f.top
	}
	return next
}

// tiles is how many tiles so many lines of what is not shared have in a block.
func (g *gemm) tiles(lines int) int {
	rows, cols := lines, g.s1-g.s0
	if g.sharesA() {
		rows, cols = cols, rows
	}
	return (rows + g.tile.rows - 1) / g.tile.rows * ((cols + g.tile.cols - 1) / g.tile.cols)
}

// address of x[i], which may lie behind x's end.
func address(x []float32, i int) uintptr {
	return uintptr(unsafe.Pointer(unsafe.SliceData(x))) + 4*uintptr(i)
}
