package train

import (
	"context"
	"fmt"

	"ganvas/core/img"
	"ganvas/core/wire"
)

// historyFrames is the most states of the fixed noise's images that a session keeps; when there would be more it drops
// every second one and from then on takes half as many.
const historyFrames = 120

// history is the fixed noise's images over the run.
type history struct {
	frames []frame
	every  int // steps between frames, at least
	h, w   int
	reals  []byte // of points: the real ones, which are drawn under the others
}

type frame struct {
	step   int
	pixels []byte // (shownFakes, h, w)
}

// add takes the bytes of a sheet.
func (h *history) add(step int, pixels []byte, s *wire.Sheet) {
	size := s.Height * s.Width
	pixels, reals := pixels[:s.Fakes*size], pixels[s.Fakes*size:][:s.Reals*size]
	if h.h != s.Height || h.w != s.Width { // another resolution starts anew: frames of one animation are of one size
		*h = history{h: s.Height, w: s.Width}
	}
	if s.Field > 0 && h.reals == nil {
		h.reals = reals
	}
	if n := len(h.frames); n > 0 && step-h.frames[n-1].step < h.every {
		return
	}
	h.frames = append(h.frames, frame{step, append([]byte(nil), pixels...)})
	if len(h.frames) <= historyFrames {
		return
	}
	kept := h.frames[:0]
	for i := 0; i < len(h.frames); i += 2 {
		kept = append(kept, h.frames[i])
	}
	h.frames = kept
	h.every = 2 * max(1, h.every, kept[len(kept)-1].step-kept[len(kept)-2].step) / 2
}

// export draws the fixed noise's images: now as PNG, over time as GIF; or those of given noise.
func (s *Session) export(_ context.Context, c wire.Command) (answer, error) {
	if s.t != nil && len(c.Bytes) > 0 {
		return s.exportFrom(c)
	}
	if s.t == nil || len(s.history.frames) == 0 {
		return answer{}, errNoRun
	}
	h := &s.history
	var d img.Drawer = img.Grid{Height: h.h, Width: h.w, Columns: 8, Gap: 2, Scale: 3}
	if h.reals != nil {
		d = img.Scatter{Side: 512, Under: h.reals}
	}
	switch c.Format {
	case "png":
		b, err := img.PNG(d, h.frames[len(h.frames)-1].pixels)
		return answer{bytes: b}, err
	case "gif":
		frames := make([][]byte, len(h.frames))
		for i, f := range h.frames {
			frames[i] = f.pixels
		}
		b, err := img.GIF(d, frames, 10)
		return answer{bytes: b}, err
	}
	return answer{}, fmt.Errorf("format is %q: it must be png or gif", c.Format)
}
