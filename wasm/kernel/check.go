package kernel

import (
	"ganvas/core/f32"
	"ganvas/wasm/kernel/gen"
)

const scratchBytes = gen.ScratchBytes

// same is the length that slices of a pass share.
func same(first []float32, others ...[]float32) uint32 {
	for _, x := range others {
		if len(x) != len(first) {
			panic("kernel: slices of different lengths")
		}
	}
	return uint32(len(first))
}

// dropBelow is the threshold of f32.Keep: a 24-bit number below it means "drop".
func dropBelow(p float32) uint32 { return uint32(float64(p) * (1 << 24)) }

// checkPatch checks that a walk stays inside the image and its patches inside col.
func checkPatch(col, image []float32, p f32.Patch) {
	if p.C < 0 || p.OH < 0 || p.OW < 0 || p.Kernel < 1 || p.Stride < 1 || len(image) < p.C*p.H*p.W || len(col) < p.OH*p.OW*p.C*p.Kernel*p.Kernel ||
		(p.OH-1)*p.Stride+p.Kernel > p.H || (p.OW-1)*p.Stride+p.Kernel > p.W {
		panic("kernel: patches outside their image")
	}
}

// checkRows panics where a matrix (rows, cols) doesn't fit its slice.
func checkRows(rows, cols int, xs ...[]float32) {
	for _, x := range xs {
		if rows < 0 || cols < 0 || len(x) < rows*cols {
			panic("kernel: rows are more than their slice has")
		}
	}
}
