package img

import (
	"runtime"
	"testing"

	"ganvas/core/sample"
)

// Pictures and films that nobody has room for are refused before there is memory for them.
func TestLargePicturesAreRefused(t *testing.T) {
	one := make([]byte, 28*28)
	frames := make([][]byte, 1_000_000)
	for i := range frames {
		frames[i] = one
	}
	grid := func(scale int) Grid { return Grid{Sample: sample.MNIST, Columns: 1, Scale: scale} }
	for what, draw := range map[string]func() error{
		"a film":      func() error { _, err := NewFilm(grid(4), frames, 1); return err },
		"a scale":     func() error { _, err := grid(1000).Draw(nil, one); return err },
		"a wild one":  func() error { _, err := grid(1<<62).Draw(nil, one); return err },
		"a wild film": func() error { _, err := NewFilm(grid(1<<40), frames, 1); return err },
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := draw()
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; err == nil || n > 1<<20 {
			t.Errorf("%s: %v after %d bytes", what, err, n)
		}
	}
}
