package imgread

import (
	"bufio"
	"bytes"
	"errors"
	"image"
	"image/draw"
	"image/gif"
	"io"
)

// mostFrames is how many pixels all frames of one animation may have together.
const mostFrames = 200_000_000

// ErrFrames says that an animation is larger than what is decoded.
var ErrFrames = errors.New("all frames of the animation together have too many pixels")

// CountFrames is how many frames an animated GIF of a size that is decoded has, 0 for any other file.
func CountFrames(r io.Reader) int {
	n, w, h := framesOf(bufio.NewReader(r))
	if Size(w, h) != nil || n > mostFrames/max(1, w*h) {
		return 0
	}
	return n
}

// Frames decodes an animated GIF. see is given each frame as a viewer shows it, over what those before it left; it may not keep it.
func Frames(r io.ReadSeeker, see func(k int, shown *image.RGBA) error) error {
	if CountFrames(r) == 0 {
		return ErrFrames
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return err
	}
	g, err := gif.DecodeAll(r)
	if err != nil {
		return err
	}
	shown := image.NewRGBA(image.Rect(0, 0, g.Config.Width, g.Config.Height))
	for k, m := range g.Image {
		before := bytes.Clone(shown.Pix)
		draw.Draw(shown, m.Bounds(), m, m.Bounds().Min, draw.Over)
		if err := see(k, shown); err != nil {
			return err
		}
		switch g.Disposal[k] {
		case gif.DisposalBackground:
			draw.Draw(shown, m.Bounds(), image.Transparent, image.Point{}, draw.Src)
		case gif.DisposalPrevious:
			copy(shown.Pix, before)
		}
	}
	return nil
}

// framesOf goes through the blocks of a GIF without unpacking any: how many pictures there are, and their size.
func framesOf(r *bufio.Reader) (n, w, h int) {
	head := make([]byte, 13)
	if _, err := io.ReadFull(r, head); err != nil || !bytes.HasPrefix(head, []byte("GIF8")) {
		return 0, 0, 0
	}
	w, h = int(head[6])|int(head[7])<<8, int(head[8])|int(head[9])<<8
	table := func(flags byte) int64 {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	skip := func(k int64) bool { _, err := io.CopyN(io.Discard, r, k); return err == nil }
	blocks := func() bool { // sub-blocks, to the empty one
		for {
			size, err := r.ReadByte()
			if err != nil || size > 0 && !skip(int64(size)) {
				return false
			}
			if size == 0 {
				return true
			}
		}
	}
	if !skip(table(head[10])) {
		return 0, w, h
	}
	for {
		kind, err := r.ReadByte()
		switch {
		case err != nil || kind == 0x3b:
			return n, w, h
		case kind == 0x21: // an extension: its label, then blocks
			if !skip(1) || !blocks() {
				return n, w, h
			}
		case kind == 0x2c: // a picture: its place, perhaps colours, a code's size, then blocks
			place := make([]byte, 9)
			if _, err := io.ReadFull(r, place); err != nil || !skip(table(place[8])+1) || !blocks() {
				return n, w, h
			}
			n++
		default:
			return n, w, h
		}
	}
}
