package f32

import (
	"fmt"
	"testing"

	"ganvas/core/rng"
)

// Patches copies what the definition says, for every size of kernel, and AddPatches is its adjoint: ⟨patches x, c⟩ is
// ⟨x, gathered c⟩.
func TestPatches(t *testing.T) {
	for _, p := range []Patch{
		{C: 1, H: 1, W: 1, Kernel: 1, Stride: 1}, {C: 3, H: 4, W: 5, Kernel: 1, Stride: 1}, {C: 2, H: 5, W: 4, Kernel: 2, Stride: 1},
		{C: 2, H: 6, W: 7, Kernel: 3, Stride: 1}, {C: 3, H: 7, W: 5, Kernel: 3, Stride: 2}, {C: 2, H: 6, W: 8, Kernel: 4, Stride: 2}, {C: 1, H: 9, W: 6, Kernel: 5, Stride: 1},
	} {
		p.OH, p.OW = (p.H-p.Kernel)/p.Stride+1, (p.W-p.Kernel)/p.Stride+1
		t.Run(fmt.Sprintf("%+v", p), func(t *testing.T) {
			each := p.C * p.Kernel * p.Kernel
			x, c := make([]float32, p.C*p.H*p.W), make([]float32, p.OH*p.OW*each)
			rng.New(1, "x").Normal(x)
			rng.New(1, "c").Normal(c)
			col, back := make([]float32, len(c)), make([]float32, len(x))
			plain{}.Patches(col, x, p)
			plain{}.AddPatches(back, c, p)
			var there, again float64
			at := 0
			for oy := range p.OH {
				for ox := range p.OW {
					for m := range p.C {
						for ky := range p.Kernel {
							for kx := range p.Kernel {
								want := x[(m*p.H+oy*p.Stride+ky)*p.W+ox*p.Stride+kx]
								if col[at] != want {
									t.Fatalf("value %d is %v, want %v", at, col[at], want)
								}
								there += float64(want) * float64(c[at])
								at++
							}
						}
					}
				}
			}
			for i, v := range x {
				again += float64(v) * float64(back[i])
			}
			if d := there - again; d > 1e-4 || d < -1e-4 {
				t.Errorf("⟨patches x, c⟩ is %v and ⟨x, gathered c⟩ %v", there, again)
			}
		})
	}
}
