package gen

import "ganvas/core/f32"

func (h *host) Patches(col, image []float32, p f32.Patch) {
	h.call("patches", h.in(col), h.in(image), uint64(p.C), uint64(p.H), uint64(p.W), uint64(p.Kernel), uint64(p.Stride), uint64(p.OH), uint64(p.OW))
}

func (h *host) AddPatches(image, col []float32, p f32.Patch) {
	h.call("addPatches", h.in(col), h.in(image), uint64(p.C), uint64(p.H), uint64(p.W), uint64(p.Kernel), uint64(p.Stride), uint64(p.OH), uint64(p.OW))
}

func (h *host) Transpose(to, from []float32, r, c int) {
	h.call("transpose", h.in(to), h.in(from), uint64(r), uint64(c))
}

func (h *host) Sums(s *[2]float32, x, y []float32) {
	h.call("sums", h.in(s[:]), h.in(x), h.in(y), uint64(len(x)))
}

func (h *host) Squares(s *[2]float32, x []float32, mean float32) {
	h.call("squares", h.in(s[:]), h.in(x), uint64(len(x)), scalar(mean))
}

func (h *host) Normalize(y, hat, x []float32, mean, inv, gamma, beta float32) {
	h.call("normalize", h.in(y), h.in(hat), h.in(x), uint64(len(x)), scalar(mean), scalar(inv), scalar(gamma), scalar(beta))
}

func (h *host) NormalizeGrad(dx, dy, hat []float32, scale, mean, dot float32) {
	h.call("normalizeGrad", h.in(dx), h.in(dy), h.in(hat), uint64(len(dx)), scalar(scale), scalar(mean), scalar(dot))
}
