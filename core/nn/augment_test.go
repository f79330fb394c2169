package nn

import (
	"slices"
	"testing"
)

// bound is an augmentation of two 4×4 pictures by those numbers.
func bound(l Augment, draws []float32) (Op, *Context) {
	ctx := &Context{Mode: Mode{Train: true, Draws: draws}, Group: Solo{}}
	return l.Bind(NewBinder(2, ctx, nil), Vec(16)), ctx
}

var ramp = func() (x []float32) {
	for i := range 32 {
		x = append(x, float32(i)/32)
	}
	return x
}()

// Each of the three changes by numbers whose effect is plain.
func TestAugmentation(t *testing.T) {
	shape := Shape{C: 1, H: 4, W: 4}
	still := []float32{0.5, 0.5, 0.5, 0.5, 0, 0}
	row := func(at int, v float32) []float32 {
		u := slices.Clone(still)
		u[at] = v
		return append(u, still...)
	}
	op, ctx := bound(Augment{Image: shape, Translation: true}, row(2, 0.99))
	if y := op.Forward(ramp); y[0] != -1 || y[1] != ramp[0] || y[3] != ramp[2] || y[4] != -1 || !slices.Equal(y[16:], ramp[16:]) {
		t.Errorf("moved to the right: %v", y)
	}
	ctx.Train = false
	if y := op.Forward(ramp); !slices.Equal(y, ramp) {
		t.Errorf("evaluation changes the pictures: %v", y)
	}
	op, _ = bound(Augment{Image: shape, Light: true}, row(0, 0.75))
	if y := op.Forward(ramp); y[0] != ramp[0]+0.25 || y[15] != ramp[15]+0.25 || !slices.Equal(y[16:], ramp[16:]) {
		t.Errorf("brighter: %v", y)
	}
	op, _ = bound(Augment{Image: shape, Cutout: true}, row(4, 0.5))
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

// Moves and cuts reach every place that they may, and no other.
func TestAugmentRanges(t *testing.T) {
	l := Augment{Image: Shape{C: 1, H: 28, W: 28}, Translation: true, Cutout: true, Light: true}
	const top = 1 - 1.0/(1<<24)
	low, high := l.Way([]float32{0, 0, 0, 0, 0, 0}), l.Way([]float32{top, top, top, top, top, top})
	if low.DX != -4 || high.DX != 4 || low.DY != -4 || high.DY != 4 || low.X0 != 0 || low.X1 != 7 || high.X0 != 21 || high.X1 != 28 {
		t.Errorf("from %+v to %+v", low, high)
	}
	if low.Brightness != -0.5 || low.Contrast != 0.5 || high.Brightness >= 0.5 || high.Contrast > 1.5 {
		t.Errorf("light from %+v to %+v", low, high)
	}
}

func TestAugmentRefusesAnotherShape(t *testing.T) {
	if _, err := (Augment{Image: Shape{C: 1, H: 28, W: 28}}).Out(Vec(100)); err == nil {
		t.Error("100 values are augmented as a picture of 784")
	}
}
