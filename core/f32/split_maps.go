package f32

// Patches, AddPatches, Transpose and Mix are called by the parts of a [Task], so they are not shared out; the passes over
// maps are, by whole samples.

var _ Mapper = (*packed)(nil)

func (s *packed) Patches(col, image []float32, p Patch)    { s.maps.Patches(col, image, p) }
func (s *packed) AddPatches(image, col []float32, p Patch) { s.maps.AddPatches(image, col, p) }

func (s *packed) Transpose(to []float32, ldTo int, from []float32, ldFrom, r, c int) {
	s.maps.Transpose(to, ldTo, from, ldFrom, r, c)
}

func (s *packed) Mix(to, from []float32, st *Stencil, m Mixing) { s.maps.Mix(to, from, st, m) }

func (s *packed) Sums(sums, x, y []float32, rows, cols int) {
	if !long(rows * cols) {
		s.maps.Sums(sums, x, y, rows, cols)
		return
	}
	s.split(mapPass(1, rows, cols, [4][]float32{sums, x, y}, func(p *pass, lo, hi int) {
		p.maps.Sums(p.x[0][2*lo:2*hi], p.span(1, lo, hi), p.span(2, lo, hi), hi-lo, p.cols)
	}))
}

func (s *packed) Squares(sums, x, mean []float32, rows, cols int) {
	if !long(rows * cols) {
		s.maps.Squares(sums, x, mean, rows, cols)
		return
	}
	s.split(mapPass(len(mean), rows, cols, [4][]float32{sums, x, mean}, func(p *pass, lo, hi int) {
		p.maps.Squares(p.x[0][lo:hi], p.span(1, lo, hi), p.x[2], hi-lo, p.cols)
	}))
}

func (s *packed) Normalize(y, hat, x, by []float32, rows, cols int) {
	if !long(rows * cols) {
		s.maps.Normalize(y, hat, x, by, rows, cols)
		return
	}
	s.split(mapPass(len(by)/4, rows, cols, [4][]float32{y, hat, x, by}, func(p *pass, lo, hi int) {
		p.maps.Normalize(p.span(0, lo, hi), p.span(1, lo, hi), p.span(2, lo, hi), p.x[3], hi-lo, p.cols)
	}))
}

func (s *packed) NormalizeGrad(dx, dy, hat, by []float32, rows, cols int) {
	if !long(rows * cols) {
		s.maps.NormalizeGrad(dx, dy, hat, by, rows, cols)
		return
	}
	s.split(mapPass(len(by)/3, rows, cols, [4][]float32{dx, dy, hat, by}, func(p *pass, lo, hi int) {
		p.maps.NormalizeGrad(p.span(0, lo, hi), p.span(1, lo, hi), p.span(2, lo, hi), p.x[3], hi-lo, p.cols)
	}))
}

// mapPass is a pass over rows, in parts of whole samples of that many maps.
func mapPass(maps, rows, cols int, x [4][]float32, run func(p *pass, lo, hi int)) pass {
	samples := max(1, splitSize/(maps*cols))
	return pass{step: samples * maps, size: rows, cols: cols, x: x, run: run}
}

// span is rows lo to hi of operand k.
func (p *pass) span(k, lo, hi int) []float32 { return p.x[k][lo*p.cols : hi*p.cols] }
