package inside

import (
	"errors"

	"ganvas/core/wire"
)

// most bounds each side and count of what is shown, so that products of them stay small numbers.
const most = 1 << 14

var errTiles = errors.New("the pictures are not those of the bytes")

// check tells whether an inspection agrees with its bytes.
func check(in *wire.Inspection, bytes int) error {
	for _, t := range []*wire.Tiles{in.Weights, in.Activations} {
		if t == nil {
			continue
		}
		for _, n := range []int{t.Units, t.Each, t.H, t.W, max(1, t.Colours)} {
			if n < 1 || n > most {
				return errTiles
			}
		}
		if !fits(t.At, bytes, t.Units*t.Each*max(1, t.Colours), t.H*t.W) || t.Colours != 0 && t.Colours != 3 && t.Colours != 4 {
			return errTiles
		}
	}
	if p := in.Past; p != nil {
		for _, s := range []wire.Strip{p.Weights, p.Gradients} {
			if len(p.Steps) < 1 || s.Bins < 1 || s.Bins > most || !(s.High > s.Low) || !fits(s.At, bytes, len(p.Steps), s.Bins) {
				return errors.New("the histograms are not those of the bytes")
			}
		}
	}
	return nil
}

// checkWishes tells whether wishes agree with their bytes.
func checkWishes(w *wire.Wishes, bytes int) error {
	n := w.Count
	if n < 1 || n > most || w.Sample.Check() != nil || len(w.Scores) != n || len(w.Largest) != n ||
		!fits(w.Images, bytes, n, w.Sample.Size()) || !fits(w.Ink, bytes, n, w.Sample.Size()) {
		return errors.New("the wishes are not those of the bytes")
	}
	return nil
}

// fits tells whether n pieces of that size lie within the bytes from at on.
func fits(at, bytes, n, size int) bool {
	return at >= 0 && at <= bytes && n <= (bytes-at)/size
}
