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
			"plus on card": {Contrast(p.Plus, p.Card), 4.5}, "minus on card": {Contrast(p.Minus, p.Card), 4.5},
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

// Zero stands apart from both ends, and the further a value is from it the more its colour differs.
func TestDiverging(t *testing.T) {
	for name := range themes {
		p := Of(name)
		c := p.Diverging()
		if c[127] != p.Plus || c[129] != p.Minus || c[128] != p.Minus {
			t.Errorf("%s: the ends are %v and %v", name, c[127], c[129])
		}
		last := [2]float64{1, 1}
		for v := 1; v < 128; v++ {
			for k, i := range []int{v, 256 - v} {
				if now := Contrast(c[0], c[i]); now < last[k]-0.02 {
					t.Fatalf("%s: value %d stands out less than the one before", name, int(int8(i)))
				} else {
					last[k] = now
				}
			}
		}
		if min(last[0], last[1]) < 3 {
			t.Errorf("%s: the ends have contrasts %v with zero", name, last)
		}
	}
}
