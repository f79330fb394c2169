package run_test

import (
	"math"
	"testing"

	"ganvas/core/data"
	"ganvas/core/longtest"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/sample"
)

// onWhite is pictures of bright discs in colour on white: no pixel of them is dark.
func onWhite(t *testing.T, n, side int) *data.Set {
	t.Helper()
	shape := sample.Shape{Channels: 3, Height: side, Width: side}
	random := rng.New(3, "discs")
	var b []byte
	for range n {
		x, y, r := float64(side)*(0.4+0.2*float64(random.Float32())), float64(side)*(0.4+0.2*float64(random.Float32())), float64(side)*(0.2+0.1*float64(random.Float32()))
		for c := range 3 {
			ink := 90.0
			if c == random.IntN(3) {
				ink = 230
			}
			for i := range shape.Area() {
				cover := math.Min(1, math.Max(0, 0.5+r-math.Hypot(float64(i%side)-x, float64(i/side)-y)))
				b = append(b, byte(255+cover*(ink-255)))
			}
		}
	}
	set, err := data.FromBytes("discs", n, shape, 0, b)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

// A long run on few pictures with a white ground, of which D sees many with black holes and black edges: none of that is in
// what the generator draws, on white or anywhere.
func TestLongAugmentationDoesNotShow(t *testing.T) {
	longtest.Test(t)
	const side = 16
	set := onWhite(t, 200, side)
	r := runtest.Small(t, "arch=dcgan", "generator=16-12", "discriminator=12-16", "loss=r3gan", "beta1=0", "beta2=0.99", "lr_g=0.002", "lr_d=0.002", "ema=0.99",
		"batch=16", "epochs=300", "augment=all", "augment_p=0.5")
	tr := runtest.Trainer(t, r, set)
	runtest.Steps(t, tr, 1500)
	const count = 500
	made, err := run.Make(tr.GAN, run.Request{Count: count, Seed: 1, Digit: -1})
	if err != nil {
		t.Fatal(err)
	}
	dark, holed, ground, edge := 0, 0, 0.0, 0
	for i := range count {
		p, here := made[i*set.Size():][:set.Size()], 0
		for k := range side * side {
			brightest := max(p[k], p[side*side+k], p[2*side*side+k])
			if brightest < 64 {
				here++
			}
			if x, y := k%side, k/side; x == 0 || y == 0 || x == side-1 || y == side-1 {
				ground += float64(min(p[k], p[side*side+k], p[2*side*side+k]))
				edge++
			}
		}
		dark += here
		if here > side { // a cut-out has a quarter of the picture
			holed++
		}
	}
	t.Logf("%d dark pixels of %d, %d pictures with holes, the ground is %.0f of 255", dark, count*side*side, holed, ground/float64(edge))
	if holed > count/100 || float64(dark) > 0.005*count*side*side {
		t.Errorf("%d of %d pictures have holes, %d pixels are dark", holed, count, dark)
	}
	if ground/float64(edge) < 235 {
		t.Errorf("the ground is %.0f of 255", ground/float64(edge))
	}
}
