package gen

import (
	"math"

	"ganvas/core/f32"
)

func (h *host) Patches(col, image []float32, p f32.Patch) {
	h.call("patches", h.in(col), h.in(image), uint64(p.C), uint64(p.H), uint64(p.W), uint64(p.Kernel), uint64(p.Stride), uint64(p.OH), uint64(p.OW))
}

func (h *host) AddPatches(image, col []float32, p f32.Patch) {
	h.call("addPatches", h.in(col), h.in(image), uint64(p.C), uint64(p.H), uint64(p.W), uint64(p.Kernel), uint64(p.Stride), uint64(p.OH), uint64(p.OW))
}

func (h *host) Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	h.call("transpose", h.in(to), uint64(ldTo), h.in(from), uint64(ldFrom), uint64(r), uint64(c))
}

func (h *host) Mix(to, from []float32, s *f32.Stencil, m f32.Mixing) {
	words := func(x []int32) []float32 {
		bits := make([]float32, len(x))
		for i, v := range x {
			bits[i] = math.Float32frombits(uint32(v))
		}
		return bits
	}
	h.call("mix", h.in(to), h.in(from), h.in(words(s.Out)), h.in(words(s.End)), h.in(words(s.In)), h.in(s.By),
		uint64(len(s.Out)), uint64(m.Rows), uint64(m.ToStep), uint64(m.FromStep), uint64(m.Unit), uint64(m.Run))
}

func (h *host) Sums(s, x, y []float32, rows, cols int) {
	h.call("sums", h.in(s), h.in(x), h.in(y), uint64(rows), uint64(cols))
}

func (h *host) Squares(s, x, mean []float32, rows, cols int) {
	h.call("squares", h.in(s), h.in(x), h.in(mean), uint64(len(mean)), uint64(rows), uint64(cols))
}

func (h *host) Normalize(y, hat, x, by []float32, rows, cols int) {
	h.call("normalize", h.in(y), h.in(hat), h.in(x), h.in(by), uint64(len(by)/4), uint64(rows), uint64(cols))
}

func (h *host) NormalizeGrad(dx, dy, hat, by []float32, rows, cols int) {
	h.call("normalizeGrad", h.in(dx), h.in(dy), h.in(hat), h.in(by), uint64(len(by)/3), uint64(rows), uint64(cols))
}
