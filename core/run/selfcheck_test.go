package run

import (
	"slices"
	"testing"
)

// A file that only its check image can prove is asked to the byte, but for what rounding takes over an edge; another may be
// off by what an engine rounds.
func TestCheckImagesAreCompared(t *testing.T) {
	want := make([]byte, 784)
	for i := range want {
		want[i] = byte(100 + i%50)
	}
	off := func(pixels, by int) []byte {
		b := slices.Clone(want)
		for i := range pixels {
			b[7*i] = byte(int(b[7*i]) + by)
		}
		return b
	}
	for _, c := range []struct {
		pixels, by      int
		closely, rather bool
	}{{0, 0, true, true}, {1, 1, true, true}, {5, -1, true, true}, {30, 1, false, true}, {1, 2, false, true}, {100, 6, false, true}, {1, 7, false, false}, {9, -7, false, false}} {
		got := off(c.pixels, c.by)
		if a, b := alike(got, want, false), alike(got, want, true); a != c.closely || b != c.rather {
			t.Errorf("%d pixels off by %d: %v closely, %v loosely", c.pixels, c.by, a, b)
		}
	}
}
