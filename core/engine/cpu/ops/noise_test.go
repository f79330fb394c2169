package ops

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/net"
)

// The noise has the mean, deviation and tails of a normal distribution, another in each pass, the same for a row in
// whichever part of the batch it is computed, and none in evaluation.
func TestNoise(t *testing.T) {
	const rows, cols = 64, 300
	made := func(n int, m engine.Mode) []float32 {
		ctx := &Context{Mode: m, Group: engine.Solo{}}
		op := (&binding{NewBinder(n, ctx, nil), net.Vec(cols), 1}).Noise(net.Noise{Std: 0.5})
		return slices.Clone(op.Forward(make([]float32, n*cols)))
	}
	whole := made(rows, engine.Mode{Train: true, Seed: 7})
	var sum, squares, far float64
	for _, v := range whole {
		sum += float64(v)
		squares += float64(v) * float64(v)
		if math.Abs(float64(v)) > 1 {
			far++
		}
	}
	n := float64(len(whole))
	if mean, std := sum/n, math.Sqrt(squares/n); math.Abs(mean) > 0.02 || math.Abs(std-0.5) > 0.02 {
		t.Errorf("mean %.4f, deviation %.4f", mean, std)
	}
	if share := far / n; math.Abs(share-0.0455) > 0.006 {
		t.Errorf("%.4f of the values lie beyond two deviations, want 0.0455", share)
	}
	if part := made(8, engine.Mode{Train: true, Seed: 7, Row0: 40}); !slices.Equal(part, whole[40*cols:48*cols]) {
		t.Error("rows 40 to 47 have another noise when they are computed alone")
	}
	if slices.Equal(whole, made(rows, engine.Mode{Train: true, Seed: 8})) {
		t.Error("another pass has the same noise")
	}
	if quiet := made(rows, engine.Mode{Seed: 7}); !slices.Equal(quiet, make([]float32, rows*cols)) {
		t.Error("evaluation is noisy")
	}
}
