package f32

import "gonum.org/v1/gonum/blas"

// Product is one of several independent products: C (M, N) = op(A) (M, K)·op(B) (K, N), or C += that.
type Product struct {
	TA, TB        blas.Transpose
	M, N, K       int
	A, B, C       []float32
	LdA, LdB, LdC int
	Add           bool
}

// batcher is what a set with workers offers for work in parts.
type batcher interface {
	products(ps []Product)
	share(n int, t Task)
}

// Products computes all of ps. Which worker computes what does not show in the results.
func Products(ps []Product) {
	if b, ok := active.(batcher); ok && Workers() > 1 {
		b.products(ps)
		return
	}
	for i := range ps {
		ps[i].run(active)
	}
}

// Share runs the parts 0 … n−1 of t and returns when all are done.
func Share(n int, t Task) {
	if b, ok := active.(batcher); ok && Workers() > 1 && n > 1 {
		b.share(n, t)
		return
	}
	for i := range n {
		t.Part(i, 0)
	}
}

// Workers is how many parts of a [Task] may run at once.
func Workers() int { return workers.size() }

func (p *Product) run(k Kernels) {
	var beta float32
	if p.Add {
		beta = 1
	}
	k.Sgemm(p.TA, p.TB, p.M, p.N, p.K, 1, p.A, p.LdA, p.B, p.LdB, beta, p.C, p.LdC)
}

// batch is the products under way, each by one worker in memory of its own.
type batch struct {
	ps   []Product
	each []gemm // one a worker
}

func (b *batch) Part(i, worker int) {
	p, g := &b.ps[i], &b.each[worker]
	if checkGemm(p.TA, p.TB, p.M, p.N, p.K, p.A, p.LdA, p.B, p.LdB, p.C, p.LdC) {
		g.take(gemm{c: p.C, ldc: p.LdC, m: p.M, n: p.N, k: p.K, alpha: 1, add: p.Add, leak: 1}, p.TA, p.TB, p.A, p.LdA, p.B, p.LdB)
		g.run(alone)
		g.forget()
	}
}

func (s *packed) products(ps []Product) {
	workers.turn.Lock()
	defer workers.turn.Unlock()
	for len(s.batch.each) < workers.size() {
		s.batch.each = append(s.batch.each, gemm{tile: &s.tile})
	}
	s.batch.ps = ps
	workers.run(&s.batch, len(ps))
	s.batch.ps = nil // not kept
}

func (s *packed) share(n int, t Task) {
	workers.turn.Lock()
	defer workers.turn.Unlock()
	workers.run(t, n)
}
