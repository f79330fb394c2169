package ops

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/net"
)

// bound is an augmentation of two 4×4 pictures by those numbers.
func bound(l net.Augment, draws []float32) (Op, *Context) {
	ctx := &Context{Mode: engine.Mode{Train: true, Draws: draws}, Group: engine.Solo{}}
	return (&binding{NewBinder(2, ctx, nil), net.Vec(16), 1}).Augment(l), ctx
}

var ramp = func() (x []float32) {
	for i := range 32 {
		x = append(x, float32(i)/32)
	}
	return x
}()

// Each of the three changes by numbers whose effect is plain.
func TestAugmentation(t *testing.T) {
	shape := net.Shape{C: 1, H: 4, W: 4}
	still := []float32{0.5, 0.5, 0.5, 0.5, 0, 0, 0.5, 0, 0, 0}
	row := func(at int, v float32) []float32 {
		u := slices.Clone(still)
		u[at] = v
		return append(u, still...)
	}
	op, ctx := bound(net.Augment{Image: shape, Translation: true, P: 1}, row(2, 0.99))
	if y := op.Forward(ramp); y[0] != -1 || y[1] != ramp[0] || y[3] != ramp[2] || y[4] != -1 || !slices.Equal(y[16:], ramp[16:]) {
		t.Errorf("moved to the right: %v", y)
	}
	ctx.Train = false
	if y := op.Forward(ramp); !slices.Equal(y, ramp) {
		t.Errorf("evaluation changes the pictures: %v", y)
	}
	op, _ = bound(net.Augment{Image: shape, Light: true, P: 1}, row(0, 0.75))
	if y := op.Forward(ramp); y[0] != ramp[0]+0.25 || y[15] != ramp[15]+0.25 || !slices.Equal(y[16:], ramp[16:]) {
		t.Errorf("brighter: %v", y)
	}
	op, _ = bound(net.Augment{Image: shape, Cutout: true, P: 1}, row(4, 0.5))
	y := op.Forward(ramp)
	cut := 0
	for i, v := range y[:16] {
		if v == -1 {
			cut++
		} else if v != ramp[i] {
			t.Errorf("pixel %d became %v", i, v)
		}
	}
	if cut != 2 { // columns 1 and 2 of row 0: the square lies half above the picture
		t.Errorf("%d pixels are cut out: %v", cut, y[:16])
	}
}

// Without any saturation all colours are their mean, and how opaque a pixel is stays what it is in any light.
func TestAugmentationOfColours(t *testing.T) {
	draws := []float32{0.75, 0.5, 0.5, 0.5, 0, 0, 0, 0, 0, 0}
	op, _ := bound(net.Augment{Image: net.Shape{C: 4, H: 2, W: 2}, Light: true, P: 1}, append(draws, draws...))
	for i, v := range op.Forward(ramp) {
		sample := ramp[i/16*16:][:16]
		want := (sample[i%4]+sample[4+i%4]+sample[8+i%4])/3 + 0.25
		if i%16 >= 12 {
			want = ramp[i]
		}
		if math.Abs(float64(v-want)) > 1e-6 {
			t.Errorf("value %d became %v, want %v", i, v, want)
		}
	}
}
