package tape

import (
	"errors"

	"ganvas/core/f32"
	"ganvas/core/rng"
	"ganvas/core/tape"
	"ganvas/core/weights"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
	"gonum.org/v1/gonum/blas/blas64"
	"gonum.org/v1/gonum/mat"
)

const (
	spare = 8    // directions looked for beyond those wanted, which makes these better
	turns = 2    // power iterations
	ridge = 1e-4 // of the mean of the inputs' second moment, added to it: no direction counts for nothing
)

// matrix is a weight matrix W (out, in) as a blend of three others and a difference of low rank. Blend and difference
// are the ones by which the layer's outputs on its real inputs change least: with S = L·Lᵀ the inputs' second moment, the
// squared change of the outputs is ‖(W − W′)·L‖².
type matrix struct {
	name        string
	out, in     int
	mix         [3]float32
	left, right []float64 // (out, k) and (k, in), the directions that matter most first
	k           int
}

// newMatrix takes W as t, the three to blend it from, and inputs (n, in) of its layer; nil where they are not known, so
// that all count alike.
func newMatrix(t weights.Tensor, from [3]weights.Tensor, seen []float32) (*matrix, error) {
	m := &matrix{name: t.Name, out: t.Shape[0]}
	m.in = t.Len() / m.out
	l, err := root(seen, m.in)
	if err != nil {
		return nil, err
	}
	w, err := t.F32()
	if err != nil {
		return nil, err
	}
	var bases [3][]float32
	for i, f := range from {
		if bases[i], err = f.F32(); err != nil {
			return nil, err
		}
	}
	if err := m.blend(w, bases, l); err != nil {
		return nil, err
	}
	for i, b := range bases {
		for j, v := range b {
			w[j] -= float32(m.mix[i] * v)
		}
	}
	return m, m.factor(m.times(w, l), l)
}

// root is L of the inputs' second moment.
func root(seen []float32, in int) (*mat.TriDense, error) {
	s := make([]float32, in*in)
	n := len(seen) / in
	if n > 0 {
		blas32.Gemm(blas.Trans, blas.NoTrans, 1/float32(n), f32.Matrix(n, in, seen), f32.Matrix(n, in, seen), 0, f32.Matrix(in, in, s))
	}
	sym, trace := mat.NewSymDense(in, nil), 0.0
	for i := range in {
		trace += float64(s[i*in+i])
		for j := i; j < in; j++ {
			sym.SetSym(i, j, float64(s[i*in+j]))
		}
	}
	add := ridge * trace / float64(in)
	if n == 0 {
		add = 1
	}
	for i := range in {
		sym.SetSym(i, i, sym.At(i, i)+add)
	}
	var c mat.Cholesky
	if !c.Factorize(sym) {
		return nil, errors.New("a layer's inputs have no second moment: they hold values that are no numbers")
	}
	l := mat.NewTriDense(in, mat.Lower, nil)
	c.LTo(l)
	return l, nil
}

// times is a (out, in) times L.
func (m *matrix) times(a []float32, l *mat.TriDense) []float32 {
	right, raw := make([]float32, m.in*m.in), l.RawTriangular()
	for i := range m.in {
		for j := range i + 1 {
			right[i*m.in+j] = float32(raw.Data[i*raw.Stride+j])
		}
	}
	y := make([]float32, m.out*m.in)
	blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, f32.Matrix(m.out, m.in, a), f32.Matrix(m.in, m.in, right), 0, f32.Matrix(m.out, m.in, y))
	return y
}

// blend finds the mix of the bases that comes nearest to w.
func (m *matrix) blend(w []float32, bases [3][]float32, l *mat.TriDense) error {
	var seen [3][]float32
	for i, b := range bases {
		seen[i] = m.times(b, l)
	}
	want := m.times(w, l)
	products, wanted, trace := mat.NewSymDense(3, nil), mat.NewVecDense(3, nil), 0.0
	for i := range seen {
		for j := i; j < 3; j++ {
			products.SetSym(i, j, dot(seen[i], seen[j]))
		}
		wanted.SetVec(i, dot(seen[i], want))
		trace += products.At(i, i)
	}
	for i := range seen { // two of them are the same at the first moment
		products.SetSym(i, i, products.At(i, i)+1e-6*trace)
	}
	var x mat.VecDense
	if err := x.SolveVec(products, wanted); err != nil {
		return err
	}
	for i := range m.mix {
		m.mix[i] = float32(x.AtVec(i))
	}
	return nil
}

// factor splits the difference d = (W − blend)·L (out, in) into its largest directions, by looking at what it makes of
// random ones (Halko, Martinsson and Tropp 2011), and takes L off again.
func (m *matrix) factor(d []float32, l *mat.TriDense) error {
	k := min(m.most()+spare, m.out, m.in)
	x := make([]float32, m.in*k)
	rng.New(1, "tape's directions").Normal(x)
	y := make([]float32, m.out*k)
	for turn := 0; ; turn++ {
		blas32.Gemm(blas.NoTrans, blas.NoTrans, 1, f32.Matrix(m.out, m.in, d), f32.Matrix(m.in, k, x), 0, f32.Matrix(m.out, k, y))
		orthonormal(y, m.out, k)
		blas32.Gemm(blas.Trans, blas.NoTrans, 1, f32.Matrix(m.out, m.in, d), f32.Matrix(m.out, k, y), 0, f32.Matrix(m.in, k, x))
		if turn == turns {
			break
		}
	}
	// d ≈ y·xᵀ with orthonormal y: the eigenvectors of xᵀ·x turn y into d's left directions.
	square := make([]float32, k*k)
	blas32.Gemm(blas.Trans, blas.NoTrans, 1, f32.Matrix(m.in, k, x), f32.Matrix(m.in, k, x), 0, f32.Matrix(k, k, square))
	sym := mat.NewSymDense(k, nil)
	for i := range k {
		for j := i; j < k; j++ {
			sym.SetSym(i, j, float64(square[i*k+j]))
		}
	}
	var e mat.EigenSym
	if !e.Factorize(sym, true) {
		return errors.New("the difference of two moments has no directions: it holds values that are no numbers")
	}
	var turned mat.Dense
	e.VectorsTo(&turned)
	var left, right mat.Dense
	left.Mul(mat.NewDense(m.out, k, widen(y)), &turned)
	right.Mul(turned.T(), mat.NewDense(m.in, k, widen(x)).T())
	blas64.Trsm(blas.Right, blas.NoTrans, 1, l.RawTriangular(), right.RawMatrix())
	m.k = m.most()
	m.left, m.right = make([]float64, m.out*m.k), make([]float64, m.k*m.in)
	for j := range m.k { // eigenvalues rise
		for i := range m.out {
			m.left[i*m.k+j] = left.At(i, k-1-j)
		}
		for i := range m.in {
			m.right[j*m.in+i] = right.At(k-1-j, i)
		}
	}
	return nil
}

// orthonormal makes the columns of a (n, k) orthonormal with the same span.
func orthonormal(a []float32, n, k int) {
	var qr mat.QR
	qr.Factorize(mat.NewDense(n, k, widen(a)))
	q := mat.NewDense(n, n, nil)
	qr.QTo(q)
	for i := range n {
		for j := range k {
			a[i*k+j] = float32(q.At(i, j))
		}
	}
}

func widen(x []float32) []float64 {
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = float64(v)
	}
	return y
}

func dot(a, b []float32) (sum float64) {
	for i, v := range a {
		sum += float64(v) * float64(b[i])
	}
	return sum
}

// most is the largest rank that the matrix is told with.
func (m *matrix) most() int { return max(1, min(most/(m.out+m.in), m.out, m.in)) }

// rank is the one that takes about so many bytes.
func (m *matrix) rank(bytes int) int { return max(1, min(bytes/(m.out+m.in), m.most())) }

// tensors are the matrix as a tape holds it, with a difference of rank r.
func (m *matrix) tensors(r int) []weights.Tensor {
	left, right, scale := make([]byte, m.out*r), make([]byte, r*m.in), make([]float32, r)
	column, row, q := make([]float32, m.out), make([]float32, m.in), make([]byte, m.out)
	for j := range r {
		for i := range column {
			column[i] = float32(m.left[i*m.k+j])
		}
		for i := range row {
			row[i] = float32(m.right[j*m.in+i])
		}
		scale[j] = weights.Quantize(q, column) * weights.Quantize(right[j*m.in:][:m.in], row)
		for i, v := range q {
			left[i*r+j] = v
		}
	}
	return []weights.Tensor{
		weights.FromF32(m.name+tape.Mix, []int{3}, m.mix[:]), weights.FromF32(m.name+tape.Scale, []int{r}, scale),
		{Name: m.name + tape.Left, DType: weights.I8, Shape: []int{m.out, r}, Data: left},
		{Name: m.name + tape.Right, DType: weights.I8, Shape: []int{r, m.in}, Data: right},
	}
}
