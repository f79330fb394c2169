package f32

import (
	"math"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/gonum"
)

// plain is the reference: each routine as its definition reads. It is two sets in one type, since each further one would
// bring wrappers of all of BLAS.
type plain struct {
	gonum.Implementation
	own bool // products are gonum's own
}

// Plain is the set in plain Go, with no assembly and no experiment: the reference that the fast sets are held against.
func Plain() Kernels { return plain{} }

func (p plain) Name() string {
	if p.own {
		return "gonum"
	}
	return "go"
}

// Sgemm needs no memory, unlike gonum's own, which hands blocks to goroutines.
func (p plain) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, c []float32, ldc int) {
	if p.own {
		p.Implementation.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, c, ldc)
		return
	}
	for i := range m {
		row := c[i*ldc:][:n]
		if beta == 0 {
			clear(row)
		} else if beta != 1 {
			for j := range row {
				row[j] *= beta
			}
		}
		if tB == blas.NoTrans {
			plainRowNN(row, tA != blas.NoTrans, i, k, alpha, a, lda, b, ldb)
		} else {
			plainRowNT(row, tA != blas.NoTrans, i, k, alpha, a, lda, b, ldb)
		}
	}
}

// plainRowNN: row += alpha·op(A)[i, :]·B, B (k, n).
func plainRowNN(row []float32, tA bool, i, k int, alpha float32, a []float32, lda int, b []float32, ldb int) {
	for p := range k {
		x := alpha * at(a, lda, tA, i, p)
		for j, v := range b[p*ldb:][:len(row)] {
			row[j] += x * v
		}
	}
}

// plainRowNT: row += alpha·op(A)[i, :]·Bᵀ, B (n, k).
func plainRowNT(row []float32, tA bool, i, k int, alpha float32, a []float32, lda int, b []float32, ldb int) {
	for j := range row {
		var sum float32
		for p, v := range b[j*ldb:][:k] {
			sum += at(a, lda, tA, i, p) * v
		}
		row[j] += alpha * sum
	}
}

func at(a []float32, lda int, t bool, i, p int) float32 {
	if t {
		return a[p*lda+i]
	}
	return a[i*lda+p]
}

func (p plain) GemmBias(tA, tB blas.Transpose, m, n, k int, a []float32, lda int, b []float32, ldb int, bias []float32, leak float32, c []float32, ldc int) {
	p.Sgemm(tA, tB, m, n, k, 1, a, lda, b, ldb, 0, c, ldc)
	p.follow(m, n, bias, leak, c, ldc)
}

// follow is what comes behind a product: C (m, n) = act(C + bias).
func (p plain) follow(m, n int, bias []float32, leak float32, c []float32, ldc int) {
	for i := range m {
		row := c[i*ldc:][:n]
		if bias != nil {
			for j, v := range bias[:n] {
				row[j] += v
			}
		}
		if leak != 1 {
			p.Leaky(row, row, leak)
		}
	}
}

func (plain) Leaky(y, x []float32, leak float32) {
	for i, v := range x {
		if !(v > 0) {
			v *= leak
		}
		y[i] = v
	}
}

func (plain) LeakyGrad(dx, dy, y []float32, leak float32) {
	for i, v := range dy {
		if !(y[i] > 0) {
			v *= leak
		}
		dx[i] = v
	}
}

func (plain) Tanh(y, x []float32) {
	for i, v := range x {
		y[i] = float32(math.Tanh(float64(v)))
	}
}

func (plain) TanhGrad(dx, dy, y []float32) {
	for i, v := range y {
		dx[i] = dy[i] * (1 - float32(v*v)) // rounded by itself on every processor
	}
}

func (plain) Sigmoid(y, x []float32) {
	for i, v := range x {
		y[i] = float32(1 / (1 + math.Exp(-float64(v))))
	}
}

func (plain) Drop(y, x []float32, p float32, seed uint64, base int) {
	scale := 1 / (1 - p)
	for i, v := range x {
		if Keep(seed, base+i, p) {
			y[i] = v * scale
		} else {
			y[i] = 0
		}
	}
}

func (plain) Add(y, x []float32) {
	for i, v := range x {
		y[i] += v
	}
}

func (plain) Lerp(y, x []float32, t float32) {
	for i, v := range x {
		y[i] += t * (v - y[i])
	}
}

func (plain) AddColumnSums(s, x []float32, m, n int) {
	for j := range n {
		var sum float32
		for i := range m {
			sum += x[i*n+j]
		}
		s[j] += sum
	}
}

func (plain) Adam(w, g, m, v []float32, c AdamStep) {
	b1, b2 := float32(c.Beta1), float32(c.Beta2)
	rest1, rest2 := c.Rests()
	for i, x := range g {
		m[i] = b1*m[i] + rest1*x
		v[i] = b2*v[i] + rest2*x*x
		w[i] -= c.Rate * m[i] / (float32(math.Sqrt(float64(v[i])))*c.Root + c.Eps)
	}
}
