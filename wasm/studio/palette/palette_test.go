package palette

import "testing"

// Text and marks must be readable: 4.5 for text, by WCAG 2's level AA.
func TestReadable(t *testing.T) {
	for name := range themes {
		p := Of(name)
		for what, c := range map[string][2]float64{
			"ink on card": {Contrast(p.Ink, p.Card), 7}, "soft on card": {Contrast(p.Soft, p.Card), 4.5},
			"real on card": {Contrast(p.Real, p.Card), 4.5}, "fake on card": {Contrast(p.Fake, p.Card), 4.5},
			"other on card": {Contrast(p.Other, p.Card), 4.5},
			"real on paper": {Contrast(p.Real, p.Paper), 3}, "fake on paper": {Contrast(p.Fake, p.Paper), 3},
		} {
			if c[0] < c[1] {
				t.Errorf("%s: %s has contrast %.2f, want at least %.1f", name, what, c[0], c[1])
			}
		}
	}
	if c := Contrast(rgb(0), rgb(0xffffff)); c < 20.99 || c > 21.01 {
		t.Errorf("black on white has contrast %v, want 21", c)
	}
}
