//go:build go1.27 && goexperiment.simd && arm64

package f32

import "unsafe"

// The innermost loops are in assembly, as archsimd has no multiply-add by one lane of a vector: in Go each number of A took three
// instructions more to be in all lanes, and sixteen instructions that do nothing stood in the loop.

// tileNEON keeps 8 × 8 sums in 16 of 32 registers, as many as four multiply-adds at a time with a latency of four can fill.
var tileNEON = tile{rows: 8, cols: 8, fewRows: 4, fewCols: 8, run: runTileNEON, turn: turnSIMD, beside: besideSIMD, finish: finishSIMD}

func runTileNEON(rows, _, k int, a, b, c unsafe.Pointer, ldc int, add bool, _ ahead) {
	if rows == 8 {
		tileNEON8x8(k, a, b, c, ldc, add)
		return
	}
	tileNEON4x8(k, a, b, c, ldc, add)
}

//go:noescape
func tileNEON8x8(k int, a, b, c unsafe.Pointer, ldc int, add bool)

// tileNEON4x8 takes the first four of the eight rows that A is packed in.
//
//go:noescape
func tileNEON4x8(k int, a, b, c unsafe.Pointer, ldc int, add bool)
