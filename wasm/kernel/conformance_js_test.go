package kernel

import (
	"os"
	"testing"

	"ganvas/core/f32"
	"ganvas/wasm/kernel/kerneltest"

	"gonum.org/v1/gonum/blas"
)

func TestConformance(t *testing.T) {
	k := Best()
	if want := os.Getenv("GANVAS_KERNEL_NAME"); want != "" && k.Name() != want {
		t.Fatalf("kernels are %q, want %q", k.Name(), want)
	}
	kerneltest.Run(t, k)
}

func TestAllocations(t *testing.T) { kerneltest.Allocations(t, Best()) }

// The program's memory grows as it allocates; the module must follow.
func TestAfterMemoryGrew(t *testing.T) {
	k := Best()
	var kept [][]float32
	for range 8 {
		x := make([]float32, 4<<20)
		x[len(x)-1] = 1
		k.Add(x, x)
		if got := x[len(x)-1]; got != 2 {
			t.Fatalf("1 + 1 = %g in new memory", got)
		}
		kept = append(kept, x)
	}
	if got := kept[0][len(kept[0])-1]; got != 2 {
		t.Fatalf("old memory has %g, want 2", got)
	}
}

// The module sees addresses only, so a slice that is too short must not reach it.
func TestShortSlices(t *testing.T) {
	if state() == 0 {
		t.Skip("no module is joined")
	}
	k := Best()
	x, long := make([]float32, 5), make([]float32, 6)
	for name, call := range map[string]func(){
		"pass":        func() { k.Add(long, x) },
		"adam":        func() { k.Adam(long, long, long, x, f32.AdamStep{}) },
		"matrix a":    func() { k.Sgemm(blas.NoTrans, blas.NoTrans, 2, 2, 3, 1, x, 3, long, 2, 0, long, 2) },
		"matrix b":    func() { k.Sgemm(blas.NoTrans, blas.Trans, 1, 2, 3, 1, long, 3, x, 3, 0, long, 2) },
		"matrix c":    func() { k.Sgemm(blas.Trans, blas.NoTrans, 2, 3, 1, 1, long, 2, long, 3, 0, x, 3) },
		"bias":        func() { k.GemmBias(blas.NoTrans, blas.NoTrans, 1, 6, 1, x, 1, long, 6, x, 1, long, 6) },
		"column sums": func() { k.AddColumnSums(x, long, 1, 6) },
	} {
		t.Run(name, func(t *testing.T) {
			defer func() {
				if recover() == nil {
					t.Error("no panic")
				}
			}()
			call()
		})
	}
}
