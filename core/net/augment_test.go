package net

import "testing"

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
