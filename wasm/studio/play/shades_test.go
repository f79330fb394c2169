package play

import (
	"slices"
	"testing"

	"ganvas/core/sample"
)

// A drawing is white ink in every colour, and a sample in colour is drawn on by how bright it is.
func TestDrawingsInColour(t *testing.T) {
	for _, c := range []struct {
		shape sample.Shape
		want  []byte
	}{
		{sample.Gray(1, 2), []byte{7, 200}},
		{sample.Shape{Channels: 3, Height: 1, Width: 2}, []byte{7, 200, 7, 200, 7, 200}},
		{sample.Shape{Channels: 4, Height: 1, Width: 2}, []byte{7, 200, 7, 200, 7, 200, 255, 255}},
	} {
		got := of(c.shape, []byte{7, 200})
		if !slices.Equal(got, c.want) {
			t.Errorf("%v: %v, want %v", c.shape, got, c.want)
		}
		if back := shades(c.shape, got); !slices.Equal(back, []byte{7, 200}) {
			t.Errorf("%v comes back as %v", c.shape, back)
		}
	}
	if got := shades(sample.Shape{Channels: 4, Height: 1, Width: 3}, []byte{255, 0, 255, 0, 255, 255, 0, 0, 255, 255, 255, 0}); !slices.Equal(got, []byte{76, 149, 0}) {
		t.Errorf("red, green and nothing to be seen are %v bright", got)
	}
}
