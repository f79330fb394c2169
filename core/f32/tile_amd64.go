//go:build go1.27 && goexperiment.simd && amd64

package f32

import "unsafe"

// The innermost loops are in assembly: the compiler has no instruction that loads a number into all lanes (so that broadcasts
// take the place of a third of the multiply-adds), and its multiply-add overwrites a factor, which is copied first. In Go the loop
// of 512 bits reached 58 % of what the processor can multiply and add; this way it reaches nearly all.

// limitTurns makes a turn as long as a tile takes.
const limitTurns = 256

type tileCode = func(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

var (
	tiles512 = [3][2]tileCode{{tile512x4x16, tile512x4x32}, {tile512x8x16, tile512x8x32}, {tile512x12x16, tile512x12x32}}
	tiles256 = [3][2]tileCode{{tile256x2x8, tile256x2x16}, {tile256x4x8, tile256x4x16}, {tile256x6x8, tile256x6x16}}
)

func runTile512(rows, cols, k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead) {
	tiles512[rows/4-1][cols/16-1](k, a, b, c, ldc, add, next)
}

func runTile256(rows, cols, k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead) {
	tiles256[rows/2-1][cols/8-1](k, a, b, c, ldc, add, next)
}

var (
	tileAVX512 = tile{rows: 12, cols: 32, fewRows: 4, fewCols: 16, run: runTile512, turn: turnSIMD, beside: besideSIMD, finish: finishSIMD,
		limit: func(turns int) float64 {
			limit512(limitTurns * turns)
			return limitTurns * float64(turns) * 16 * 2 * 16
		}}
	tileAVX2 = tile{rows: 6, cols: 16, fewRows: 2, fewCols: 8, run: runTile256, turn: turnSIMD, beside: besideSIMD, finish: finishSIMD,
		limit: func(turns int) float64 { limit256(limitTurns * turns); return limitTurns * float64(turns) * 12 * 2 * 8 }}
)

//go:noescape
func tile512x12x32(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile512x12x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile512x8x32(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile512x8x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile512x4x32(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile512x4x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

// limit512 does multiply-adds of 512 bits that wait for nothing but the processor.
func limit512(turns int)

//go:noescape
func tile256x6x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile256x6x8(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile256x4x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile256x4x8(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile256x2x16(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

//go:noescape
func tile256x2x8(k int, a, b, c unsafe.Pointer, ldc int, add bool, next ahead)

// limit256 does multiply-adds of 256 bits that wait for nothing but the processor.
func limit256(turns int)
