package f32

import "gonum.org/v1/gonum/blas"

// Product is one of several independent products: C (M, N) = op(A) (M, K)·op(B) (K, N), or C += that. Its sums are formed
// from partial sums, so that they round little.
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

// partial is how many terms a partial sum has at most. A float32 sum's error grows with the root of its terms.
const partial = 64

// next is the product of the next partial sums, from k on.
func (p *Product) next(k int) Product {
	q := *p
	q.K, q.Add = min(partial, p.K-k), p.Add || k > 0
	if p.TA == blas.NoTrans {
		q.A = p.A[k:]
	} else {
		q.A = p.A[k*p.LdA:]
	}
	if p.TB == blas.NoTrans {
		q.B = p.B[k*p.LdB:]
	} else {
		q.B = p.B[k:]
	}
	return q
}

func (p *Product) run(set Kernels) {
	for k := 0; k < p.K; k += partial {
		q := p.next(k)
		var beta float32
		if q.Add {
			beta = 1
		}
		set.Sgemm(q.TA, q.TB, q.M, q.N, q.K, 1, q.A, q.LdA, q.B, q.LdB, beta, q.C, q.LdC)
	}
}

// batch is the products under way, each by one worker in memory of its own.
type batch struct {
	ps   []Product
	each []gemm // one a worker
}

func (b *batch) Part(i, worker int) {
	p, g := &b.ps[i], &b.each[worker]
	if !CheckGemm(p.TA, p.TB, p.M, p.N, p.K, p.A, p.LdA, p.B, p.LdB, p.C, p.LdC) {
		return
	}
	for k := 0; k < p.K; k += partial {
		q := p.next(k)
		g.take(gemm{c: q.C, ldc: q.LdC, m: q.M, n: q.N, k: q.K, alpha: 1, add: q.Add, leak: 1}, q.TA, q.TB, q.A, q.LdA, q.B, q.LdB)
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
