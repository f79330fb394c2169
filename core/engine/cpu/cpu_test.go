package cpu_test

import (
	"testing"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/engine/enginetest"
	"ganvas/core/f32"
	"ganvas/core/net"
	"ganvas/core/optim"

	"gonum.org/v1/gonum/blas"
	"gonum.org/v1/gonum/blas/blas32"
)

func TestConformance(t *testing.T) {
	defer f32.Use(f32.Plain())
	for _, k := range f32.Sets() {
		t.Run(k.Name(), func(t *testing.T) {
			f32.Use(k)
			enginetest.Run(t, cpu.New(nil))
		})
	}
}

// counting counts the products that blas32 is asked for.
type counting struct {
	f32.Kernels
	products int
}

func (c *counting) Sgemm(tA, tB blas.Transpose, m, n, k int, alpha float32, a []float32, lda int, b []float32, ldb int, beta float32, out []float32, ldc int) {
	c.products++
	c.Kernels.Sgemm(tA, tB, m, n, k, alpha, a, lda, b, ldb, beta, out, ldc)
}

// What is put under blas32 computes the layers' products: those of a dense and of a convolution layer's gradients.
func TestProductsGoThroughBLAS(t *testing.T) {
	n := build(t, net.Spec{Name: "discriminator", In: net.Shape{C: 1, H: 4, W: 4}, Layers: []net.Layer{
		net.Conv2d{Maps: 2, Kernel: 3, Stride: 1, Pad: 1}, net.Flatten{}, net.Linear{Units: 1}}})
	o, err := cpu.New(nil).Optimize(n, optim.Spec{Rule: optim.SGD})
	if err != nil {
		t.Fatal(err)
	}
	p, err := n.Bind(rows)
	if err != nil {
		t.Fatal(err)
	}
	o.ZeroGrad()
	p.Forward(engine.Batch{X: normal("x", 16)}, engine.Mode{Train: true})
	c := &counting{Kernels: f32.Plain()}
	blas32.Use(c)
	defer blas32.Use(f32.Plain())
	p.Backward(normal("dy", 1), engine.Params|engine.Input)
	if c.products != 4 {
		t.Errorf("blas32 was asked for %d products, want two of each layer", c.products)
	}
}
