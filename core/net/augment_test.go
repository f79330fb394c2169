package net

import (
	"slices"
	"testing"
)

// Moves and cuts reach every place that they may, and no other.
func TestAugmentRanges(t *testing.T) {
	l := Augment{Image: Shape{C: 1, H: 28, W: 28}, Translation: true, Cutout: true, Light: true, P: 1}
	const top = 1 - 1.0/(1<<24)
	low, high := l.Way(make([]float32, AugmentDraws)), l.Way(slices.Repeat([]float32{top}, AugmentDraws))
	if low.DX != -4 || high.DX != 4 || low.DY != -4 || high.DY != 4 || low.X0 != 0 || low.X1 != 7 || high.X0 != 21 || high.X1 != 28 {
		t.Errorf("from %+v to %+v", low, high)
	}
	if low.Brightness != -0.5 || low.Contrast != 0.5 || high.Brightness >= 0.5 || high.Contrast > 1.5 {
		t.Errorf("light from %+v to %+v", low, high)
	}
	if low.Saturation != 1 || high.Saturation != 1 {
		t.Errorf("gray pictures are saturated by %v to %v", low.Saturation, high.Saturation)
	}
	l.Image.C = 3
	if low, high := l.Way(make([]float32, AugmentDraws)), l.Way(slices.Repeat([]float32{top}, AugmentDraws)); low.Saturation != 0 || high.Saturation <= 1.99 {
		t.Errorf("saturation from %v to %v", low.Saturation, high.Saturation)
	}
}

// Each change happens where its own number is below P, and only there.
func TestAugmentHappensByChance(t *testing.T) {
	l := Augment{Image: Shape{C: 3, H: 16, W: 16}, Translation: true, Cutout: true, Light: true, P: 0.6}
	still := AugmentWay{Contrast: 1, Saturation: 1}
	for which := range 8 {
		u := []float32{0.1, 0.1, 0.1, 0.1, 0.5, 0.5, 0.1, 0.6, 0.6, 0.6}
		for k := range 3 {
			if which>>k&1 == 1 {
				u[7+k] = 0.59
			}
		}
		w := l.Way(u)
		light := AugmentWay{Contrast: w.Contrast, Brightness: w.Brightness, Saturation: w.Saturation}
		if lit, moved, cut := light != still, w.DX != 0 && w.DY != 0, w.X1 > w.X0 && w.Y1 > w.Y0; lit != (which&1 != 0) || moved != (which&2 != 0) || cut != (which&4 != 0) {
			t.Errorf("chances %v: %+v", u[7:], w)
		}
	}
}

// The pieces of rows are what comes from each pixel by definition.
func TestAugmentPieces(t *testing.T) {
	s := Shape{C: 1, H: 5, W: 7}
	ways := []AugmentWay{{}, {DX: 2, DY: -1}, {DX: -3, DY: 2}, {X0: 0, X1: 3, Y0: 1, Y1: 4}, {X0: 4, X1: 7, Y0: 0, Y1: 2, DX: 1}, {X0: 0, X1: 7, Y0: 2, Y1: 3},
		{X0: 2, X1: 5, Y0: 0, Y1: 5, DX: -4}, {X0: 1, X1: 2, Y0: 0, Y1: 5, DX: 4, DY: 1}, {X0: 3, X1: 3, Y0: 0, Y1: 5}, {DX: 9}, {DX: -9, DY: 7}}
	for _, w := range ways {
		for y := range s.H {
			got := slices.Repeat([]int{-1}, s.W)
			for _, p := range w.Pieces(s, y) {
				for x := p.X0; x < p.X1; x++ {
					got[x] = y*s.W + x - w.Back(s)
				}
			}
			for x := range s.W {
				if want := w.From(s, x, y); got[x] != want {
					t.Errorf("%+v: pixel (%d, %d) comes from %d, not %d", w, x, y, got[x], want)
				}
			}
		}
	}
}

func TestAugmentRefusesAnotherShape(t *testing.T) {
	if _, err := (Augment{Image: Shape{C: 1, H: 28, W: 28}}).Out(Vec(100)); err == nil {
		t.Error("100 values are augmented as a picture of 784")
	}
}
