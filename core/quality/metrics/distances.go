package metrics

import (
	"slices"

	"ganvas/core/f32"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

// block is how many rows are compared with all others at once.
const block = 200

// distances goes through the squared Euclidean distances from each row of x (n, d) to every row of y (m, d): visit is
// called with each row's number and its m distances, which are valid until it returns.
func distances(x, y []float32, d int, visit func(i int, to []float32)) {
	n, m := len(x)/d, len(y)/d
	lx, ly := squares(x, d), squares(y, d)
	dots := make([]float32, block*m)
	for at := 0; at < n; at += block {
		k := min(block, n-at)
		blas32.Gemm(blas.NoTrans, blas.Trans, -2, f32.Matrix(k, d, x[at*d:]), f32.Matrix(m, d, y), 0, f32.Matrix(k, m, dots))
		for i := range k {
			row := dots[i*m:][:m]
			for j := range row {
				row[j] = max(0, row[j]+lx[at+i]+ly[j])
			}
			visit(at+i, row)
		}
	}
}

// squares is each row's squared length.
func squares(x []float32, d int) []float32 {
	s := make([]float32, len(x)/d)
	for i := range s {
		for _, v := range x[i*d:][:d] {
			s[i] += v * v
		}
	}
	return s
}

// smallest is the k-th smallest of v, k from 0. v may be reordered.
func smallest(v []float32, k int) float32 {
	lo, hi := 0, len(v)-1
	for lo < hi {
		pivot := v[(lo+hi)/2]
		i, j := lo, hi
		for i <= j {
			for v[i] < pivot {
				i++
			}
			for v[j] > pivot {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return v[k]
		}
	}
	return v[k]
}

// median of v, which is left alone.
func median(v []float64) float64 {
	s := slices.Sorted(slices.Values(v))
	return (s[(len(s)-1)/2] + s[len(s)/2]) / 2
}

func narrow(x []float64) []float32 {
	y := make([]float32, len(x))
	for i, v := range x {
		y[i] = float32(v)
	}
	return y
}
