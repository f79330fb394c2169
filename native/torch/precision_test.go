//go:build libtorch

package torch

import (
	"math"
	"testing"

	"ganvas/core/config"
	"ganvas/core/run"
)

// A run with bfloat16 products stays near the float32 run and is another: 8 bits of mantissa show after one step.
func TestBF16(t *testing.T) {
	for _, arch := range []string{"mlp", "dcgan"} {
		t.Run(arch, func(t *testing.T) {
			r, err := config.FindPreset("classic")
			if err != nil {
				t.Fatal(err)
			}
			r.Arch, r.Generator, r.Discriminator, r.Batch, r.Dropout = arch, []int{16, 8}, []int{8, 16}, 64, 0
			set := noisy(t, 640)
			full, half := open(t), open(t)
			if err := half.BF16(); err != nil {
				t.Fatal(err)
			}
			a, err := run.New(full, r, set)
			if err != nil {
				t.Fatal(err)
			}
			b, err := run.New(half, r, set)
			if err != nil {
				t.Fatal(err)
			}
			differ := false
			for step := range 20 {
				p, err := a.Step()
				if err != nil {
					t.Fatal(err)
				}
				q, err := b.Step()
				if err != nil {
					t.Fatal(err)
				}
				differ = differ || p.LossD != q.LossD
				if d := math.Abs(p.LossD - q.LossD); d > 0.05 || math.IsNaN(d) {
					t.Fatalf("D's loss at step %d is %g in float32 and %g in bfloat16", step+1, p.LossD, q.LossD)
				}
			}
			if !differ {
				t.Error("the losses are the float32 run's: nothing was computed in bfloat16")
			}
		})
	}
}
