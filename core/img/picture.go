package img

import (
	"errors"
	"fmt"
)

// MaxPixels is how many bytes the pixels of a picture may have, or those of all pictures of a film together: a gray pixel is
// one byte.
const MaxPixels = 1 << 29

func tooLarge(width, height int64, colours, frames int) error {
	what := fmt.Sprintf("a picture of %d×%d pixels", width, height)
	if frames > 1 {
		what = fmt.Sprintf("a film of %d pictures of %d×%d pixels", frames, width, height)
	}
	return fmt.Errorf("%s has more than the %d million that are drawn: ask for fewer samples, or draw them smaller", what, MaxPixels/colours/1_000_000)
}

// Picture is pixels, row by row. One of Colours 1 is a shade of gray, of 3 red, green and blue, of 4 these and how opaque it
// is: 0 is black or clear, 255 white or opaque.
type Picture struct {
	Width, Height int
	Colours       int
	Pix           []byte // Height × Width × Colours
}

// set paints one pixel of a gray picture; places outside are left alone.
func (p Picture) set(x, y int, shade uint8) {
	if x >= 0 && x < p.Width && y >= 0 && y < p.Height {
		p.Pix[y*p.Width+x] = shade
	}
}

// Drawer draws samples into a picture, whose pixels are appended to dst.
type Drawer interface {
	Draw(dst, samples []byte) (Picture, error)
}

// lastDelay is how long a film stays on its last picture, in hundredths of a second.
const lastDelay = 250

// Film is pictures of one size, one behind the other.
type Film struct {
	Frames    int    `json:"frames"`
	Height    int    `json:"height"`
	Width     int    `json:"width"`
	Colours   int    `json:"colours"`   // of a [Picture]
	Delay     int    `json:"delay"`     // hundredths of a second that each is shown
	LastDelay int    `json:"lastDelay"` // that the last one is, before it starts anew
	Pix       []byte `json:"-"`         // Frames × Height × Width × Colours
}

// NewFilm draws each frame's samples, which are equally many.
func NewFilm(d Drawer, frames [][]byte, delay int) (*Film, error) {
	if len(frames) == 0 {
		return nil, errors.New("an animation needs at least one frame")
	}
	f := &Film{Frames: len(frames), Delay: delay, LastDelay: lastDelay}
	for i, samples := range frames {
		p, err := d.Draw(f.Pix, samples)
		if err != nil {
			return nil, err
		}
		if i == 0 {
			if f.Width, f.Height, f.Colours = p.Width, p.Height, p.Colours; len(frames) > MaxPixels/len(p.Pix) {
				return nil, tooLarge(int64(p.Width), int64(p.Height), p.Colours, len(frames))
			}
			f.Pix = append(make([]byte, 0, len(frames)*len(p.Pix)), p.Pix...)
			continue
		}
		if p.Width != f.Width || p.Height != f.Height {
			return nil, errors.New("the frames of an animation are of one size")
		}
		f.Pix = f.Pix[:len(f.Pix)+len(p.Pix)]
	}
	return f, nil
}
