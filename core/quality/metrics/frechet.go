package metrics

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/blas"
	blasgonum "gonum.org/v1/gonum/blas/gonum"
	"gonum.org/v1/gonum/lapack"
	lapackgonum "gonum.org/v1/gonum/lapack/gonum"
)

// Moments are the mean and the covariance of feature vectors, which stand for a normal distribution.
type Moments struct {
	N    int       // vectors
	Mean []float64 // (d)
	Cov  []float64 // (d, d), unbiased
}

// MomentsOf feature vectors (n, d). n must be at least 2.
func MomentsOf(features []float64, d int) Moments {
	n := len(features) / d
	m := Moments{N: n, Mean: make([]float64, d), Cov: make([]float64, d*d)}
	for i := range n {
		for j, v := range features[i*d:][:d] {
			m.Mean[j] += v
		}
	}
	for j := range m.Mean {
		m.Mean[j] /= float64(n)
	}
	centred := make([]float64, n*d)
	for i := range n {
		for j, v := range features[i*d:][:d] {
			centred[i*d+j] = v - m.Mean[j]
		}
	}
	blasgonum.Implementation{}.Dsyrk(blas.Upper, blas.Trans, d, n, 1/float64(n-1), centred, d, 0, m.Cov, d)
	mirror(m.Cov, d)
	return m
}

// mirror copies the upper triangle to the lower one.
func mirror(a []float64, d int) {
	for i := range d {
		for j := range i {
			a[i*d+j] = a[j*d+i]
		}
	}
}

// Frechet is the squared Fréchet distance between two normal distributions,
// ‖μa−μb‖² + tr(A + B − 2·(A½·B·A½)½), as Heusel et al. 2017 apply it to features of images. Distances on other
// features are not comparable, and small samples raise it: name the number of samples beside it.
func Frechet(a, b Moments) (float64, error) {
	d := len(a.Mean)
	sum := 0.0
	for j, v := range a.Mean {
		sum += (v - b.Mean[j]) * (v - b.Mean[j])
	}
	for j := range d {
		sum += a.Cov[j*d+j] + b.Cov[j*d+j]
	}
	root, err := squareRoot(a.Cov, d)
	if err != nil {
		return 0, err
	}
	var (
		gemm = blasgonum.Implementation{}.Dgemm
		half = make([]float64, d*d)
		both = make([]float64, d*d)
	)
	gemm(blas.NoTrans, blas.NoTrans, d, d, d, 1, root, d, b.Cov, d, 0, half, d)
	gemm(blas.NoTrans, blas.NoTrans, d, d, d, 1, half, d, root, d, 0, both, d)
	values, err := eigen(both, d)
	if err != nil {
		return 0, err
	}
	for _, v := range values {
		sum -= 2 * math.Sqrt(max(0, v))
	}
	return max(0, sum), nil
}

// squareRoot of a symmetric matrix without negative eigenvalues.
func squareRoot(a []float64, d int) ([]float64, error) {
	vectors := append([]float64(nil), a...)
	values, err := eigen(vectors, d)
	if err != nil {
		return nil, err
	}
	scaled := make([]float64, d*d)
	for i := range d {
		for j, v := range values {
			scaled[i*d+j] = vectors[i*d+j] * math.Sqrt(max(0, v))
		}
	}
	root := make([]float64, d*d)
	blasgonum.Implementation{}.Dgemm(blas.NoTrans, blas.Trans, d, d, d, 1, scaled, d, vectors, d, 0, root, d)
	return root, nil
}

var errEigen = errors.New("the features have no distance: they hold values that are no numbers")

// eigen turns a symmetric matrix into its eigenvectors, one a column, and returns the eigenvalues.
func eigen(a []float64, d int) ([]float64, error) {
	for _, v := range a {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return nil, errEigen
		}
	}
	if d == 1 {
		value := a[0]
		a[0] = 1
		return []float64{value}, nil
	}
	var (
		l      lapackgonum.Implementation
		values = make([]float64, d)
		beside = make([]float64, d-1)
		work   = make([]float64, 2*d)
	)
	reflect(l, a, d, values, beside, work)
	if !l.Dsteqr(lapack.EVOrig, d, values, beside, a, d, work) {
		return nil, errEigen
	}
	return values, nil
}

// reflect turns a symmetric matrix a into the orthogonal matrix that makes it tridiagonal, with the values diagonal and
// beside. It is what LAPACK's Dsyev does first, in the routines without blocks: for a few hundred rows the others gain nothing,
// and the page would have to load them.
func reflect(l lapackgonum.Implementation, a []float64, d int, diagonal, beside, work []float64) {
	tau := make([]float64, d-1)
	l.Dsytd2(blas.Lower, d, a, d, diagonal, beside, tau)
	for i := d - 1; i > 0; i-- { // each reflection one column to the right, the first row and column those of the identity
		copy(a[i*d+1:][:i], a[i*d:])
		a[i*d], a[i] = 0, 0
	}
	a[0] = 1
	l.Dorg2r(d-1, d-1, d-1, a[d+1:], d, tau, work)
}
