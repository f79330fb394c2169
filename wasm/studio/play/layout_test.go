package play

import (
	"fmt"
	"testing"

	"ganvas/wasm/studio/scene"
)

// Everything has its own place inside the window, and pictures are scaled by whole numbers.
func TestNothingOverlaps(t *testing.T) {
	for _, width := range []float64{300, 340, 600, 720, 1100, 1400} {
		for _, unit := range []float64{1, 2, 1.5} {
			for _, side := range []int{28, 32, 64} {
				for _, guess := range []bool{false, true} {
					p := Arrange(width*unit, unit, side, side, guess)
					name := fmt.Sprintf("%g × %g, side %d, guess %v", width, unit, side, guess)
					parts := []scene.Rect{p.Pad, p.Gauge}
					if !guess {
						parts = append(parts, p.Sees, p.Bars)
					}
					for i, a := range parts {
						if a.W < 40*unit || a.H < 40*unit || a.X < 0 || a.Right() > width*unit+0.01 || a.Bottom() > p.Height {
							t.Errorf("%s: part %d is at %v in %g × %g", name, i, a, width*unit, p.Height)
						}
						for j, b := range parts[:i] {
							if a.X < b.Right() && b.X < a.Right() && a.Y-title*unit < b.Bottom() && b.Y-title*unit < a.Bottom() {
								t.Errorf("%s: parts %d and %d are at %v and %v", name, i, j, a, b)
							}
						}
					}
					if x, y := p.Pixel(p.Pad.Right(), p.Pad.Bottom()); x != float64(side) || y != float64(side) || p.Scale != float64(int(p.Scale)) {
						t.Errorf("%s: the pad's corner is pixel %g, %g at scale %g", name, x, y, p.Scale)
					}
				}
			}
		}
	}
}
