package net

import (
	"strings"
	"testing"
)

// What a penalty cannot pass is found however deep it lies, and what cannot be built is refused with its reason.
func TestSpecsAreRefusedWithTheirReason(t *testing.T) {
	deep := Spec{Name: "discriminator", In: Vec(4), Layers: []Layer{
		Linear{Units: 4}, Residual{Main: []Layer{Fade{Old: []Layer{BatchNorm{}}, New: []Layer{Tanh{}}}}}, Linear{Units: 1}}}
	if _, err := deep.Out(); err != nil {
		t.Fatal(err)
	}
	if err := deep.CheckPenalty(); err == nil || !strings.Contains(err.Error(), "layer 2") || !strings.Contains(err.Error(), "BatchNorm") {
		t.Errorf("a penalty through BatchNorm inside two branches: %v", err)
	}
	image := Shape{C: 2, H: 4, W: 4}
	for _, c := range []struct {
		layer Layer
		in    Shape
		says  string
	}{
		{Residual{Main: []Layer{Linear{Units: 3}}}, Vec(4), "do not add up"},
		{Spectral{Layer: ConvTranspose2d{Maps: 1, Kernel: 2, Stride: 1}}, image, "spectral norm"},
		{Equalized{Layer: Tanh{}, Gain: 1}, Vec(4), "equalized"},
		{AvgPool{Size: 3}, image, "squares of 3"},
		{Pad{By: -2}, image, "nothing is left"},
		{LabelProduct{Classes: 3}, image, "vectors"},
	} {
		s := Spec{Name: "discriminator", In: c.in, Layers: []Layer{c.layer}}
		if _, err := s.Out(); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%T: %v", c.layer, err)
		}
	}
}
