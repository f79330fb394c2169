package f32_test

import (
	"fmt"
	"testing"

	"ganvas/core/f32"
	"gonum.org/v1/gonum/blas"
)

// products are the forms of a dense layer's products: (m, k)·(k, n).
var products = []struct {
	name   string
	tA, tB blas.Transpose
	mnk    func(batch, in, out int) (m, n, k int)
}{
	{"forward", blas.NoTrans, blas.Trans, func(b, i, o int) (int, int, int) { return b, o, i }},
	{"input", blas.NoTrans, blas.NoTrans, func(b, i, o int) (int, int, int) { return b, i, o }},
	{"weights", blas.Trans, blas.NoTrans, func(b, i, o int) (int, int, int) { return o, i, b }},
}

// BenchmarkGemm: the classic recipe's layers at batch 100.
func BenchmarkGemm(b *testing.B) {
	f32.Threads(1)
	for _, k := range f32.Sets() {
		for _, layer := range [][2]int{{100, 256}, {256, 512}, {512, 1024}, {1024, 784}, {784, 1024}, {1024, 512}, {512, 256}} {
			for _, p := range products {
				b.Run(fmt.Sprintf("%s/%dx%d/%s", k.Name(), layer[0], layer[1], p.name), func(b *testing.B) {
					m, n, d := p.mnk(100, layer[0], layer[1])
					x, y, z := make([]float32, m*d), make([]float32, d*n), make([]float32, m*n)
					lda, ldb := d, n
					if p.tA == blas.Trans {
						lda = m
					}
					if p.tB == blas.Trans {
						ldb = d
					}
					b.ReportAllocs()
					for b.Loop() {
						k.Sgemm(p.tA, p.tB, m, n, d, 1, x, lda, y, ldb, 0, z, n)
					}
					b.ReportMetric(2*float64(m*n*d)*float64(b.N)/b.Elapsed().Seconds()/1e9, "GFLOP/s")
				})
			}
		}
	}
}

// BenchmarkPass: passes over one network's 1.46 M weights, or a batch of images.
func BenchmarkPass(b *testing.B) {
	f32.Threads(1)
	const n = 1460000
	w, x, y, z := make([]float32, n), make([]float32, n), make([]float32, n), make([]float32, n)
	for _, k := range f32.Sets() {
		for name, call := range map[string]func(){
			"adam":    func() { k.Adam(w, x, y, z, f32.AdamStep{Beta1: 0.9, Beta2: 0.999, Eps: 1e-8}) },
			"tanh":    func() { k.Tanh(w[:78400], x[:78400]) },
			"sigmoid": func() { k.Sigmoid(w[:78400], x[:78400]) },
			"drop":    func() { k.Drop(w[:78400], x[:78400], 0.3, 1, 0) },
			"leaky":   func() { k.Leaky(w[:78400], x[:78400], 0.2) },
			"sums":    func() { k.AddColumnSums(w, x[:78400], 100, 784) },
		} {
			b.Run(k.Name()+"/"+name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					call()
				}
			})
		}
	}
}
