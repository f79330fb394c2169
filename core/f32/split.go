package f32

// Passes over vectors: long ones are cut into parts of splitSize numbers for the workers. Parts begin at multiples of
// every vector length, so that each number is computed the same way whoever computes it.
const (
	splitSize = 1 << 15
	splitCols = 128 // columns in a part of AddColumnSums
)

// pass is the pass under way. Its routine is run on a part of the operands.
type pass struct {
	Kernels
	run        func(p *pass, lo, hi int)
	step, size int
	x          [4][]float32
	t          float32 // leak, p, or t
	seed       uint64
	base, rows int
	maps       Mapper
	cols       int
	adam       AdamStep
}

func (p *pass) Part(i, _ int) { p.run(p, i*p.step, min(p.size, (i+1)*p.step)) }

// split runs p's routine in parts, on s's memory for the task.
func (s *packed) split(p pass) {
	workers.turn.Lock()
	defer workers.turn.Unlock()
	p.Kernels, p.maps = s.Kernels, s.maps
	s.pass = p
	workers.run(&s.pass, (p.size+p.step-1)/p.step)
	s.pass.x = [4][]float32{} // not kept
}

// long says that a pass over n numbers is worth sharing out.
func long(n int) bool { return n > 2*splitSize && workers.size() > 1 }

func (s *packed) Leaky(y, x []float32, leak float32) {
	if !long(len(x)) {
		s.Kernels.Leaky(y, x, leak)
		return
	}
	s.split(pass{step: splitSize, size: len(x), x: [4][]float32{y, x}, t: leak, run: func(p *pass, lo, hi int) {
		p.Leaky(p.x[0][lo:hi], p.x[1][lo:hi], p.t)
	}})
}

func (s *packed) LeakyGrad(dx, dy, y []float32, leak float32) {
	if !long(len(dy)) {
		s.Kernels.LeakyGrad(dx, dy, y, leak)
		return
	}
	s.split(pass{step: splitSize, size: len(dy), x: [4][]float32{dx, dy, y}, t: leak, run: func(p *pass, lo, hi int) {
		p.LeakyGrad(p.x[0][lo:hi], p.x[1][lo:hi], p.x[2][lo:hi], p.t)
	}})
}

func (s *packed) Tanh(y, x []float32) {
	if !long(len(x)) {
		s.Kernels.Tanh(y, x)
		return
	}
	s.split(pass{step: splitSize, size: len(x), x: [4][]float32{y, x}, run: func(p *pass, lo, hi int) {
		p.Tanh(p.x[0][lo:hi], p.x[1][lo:hi])
	}})
}

func (s *packed) TanhGrad(dx, dy, y []float32) {
	if !long(len(y)) {
		s.Kernels.TanhGrad(dx, dy, y)
		return
	}
	s.split(pass{step: splitSize, size: len(y), x: [4][]float32{dx, dy, y}, run: func(p *pass, lo, hi int) {
		p.TanhGrad(p.x[0][lo:hi], p.x[1][lo:hi], p.x[2][lo:hi])
	}})
}

func (s *packed) Sigmoid(y, x []float32) {
	if !long(len(x)) {
		s.Kernels.Sigmoid(y, x)
		return
	}
	s.split(pass{step: splitSize, size: len(x), x: [4][]float32{y, x}, run: func(p *pass, lo, hi int) {
		p.Sigmoid(p.x[0][lo:hi], p.x[1][lo:hi])
	}})
}

func (s *packed) Drop(y, x []float32, p float32, seed uint64, base int) {
	if !long(len(x)) {
		s.Kernels.Drop(y, x, p, seed, base)
		return
	}
	s.split(pass{step: splitSize, size: len(x), x: [4][]float32{y, x}, t: p, seed: seed, base: base, run: func(p *pass, lo, hi int) {
		p.Drop(p.x[0][lo:hi], p.x[1][lo:hi], p.t, p.seed, p.base+lo)
	}})
}

func (s *packed) Add(y, x []float32) {
	if !long(len(x)) {
		s.Kernels.Add(y, x)
		return
	}
	s.split(pass{step: splitSize, size: len(x), x: [4][]float32{y, x}, run: func(p *pass, lo, hi int) {
		p.Add(p.x[0][lo:hi], p.x[1][lo:hi])
	}})
}

func (s *packed) Lerp(y, x []float32, t float32) {
	if !long(len(x)) {
		s.Kernels.Lerp(y, x, t)
		return
	}
	s.split(pass{step: splitSize, size: len(x), x: [4][]float32{y, x}, t: t, run: func(p *pass, lo, hi int) {
		p.Lerp(p.x[0][lo:hi], p.x[1][lo:hi], p.t)
	}})
}

func (s *packed) Adam(w, g, m, v []float32, c AdamStep) {
	if !long(len(g)) {
		s.Kernels.Adam(w, g, m, v, c)
		return
	}
	s.split(pass{step: splitSize, size: len(g), x: [4][]float32{w, g, m, v}, adam: c, run: func(p *pass, lo, hi int) {
		p.Adam(p.x[0][lo:hi], p.x[1][lo:hi], p.x[2][lo:hi], p.x[3][lo:hi], p.adam)
	}})
}
