package pictures

import (
	"errors"
	"fmt"
	"image"
	"io"
	"strings"

	"ganvas/core/disk"
	"ganvas/core/img/imgread"
)

// plane is a picture's brightness, 0 black to 255 white, multiplied by how opaque each pixel is; alpha is nil where all are.
type plane struct {
	w, h         int
	shade, alpha []uint8 // (h, w)
}

// bad is a picture that cannot be decoded.
type bad struct {
	path, is string
	why      error // in detail, may be nil
}

func (b bad) Error() string {
	text := b.is
	if b.why != nil {
		text = b.why.Error()
	}
	return fmt.Sprintf("%s cannot be decoded as a PNG or JPEG picture: %s", b.path, text)
}

// reason is why a picture is left out, for counting.
func reason(err error) string {
	var b bad
	if errors.As(err, &b) {
		return b.is
	}
	return "that cannot be read"
}

// decode reads a picture file, upright, and counts what it has.
func (rep *Report) decode(path string) (plane, error) {
	f, size, err := disk.Open(path)
	if err != nil {
		return plane{}, err
	}
	defer f.Close()
	if size == 0 {
		return plane{}, bad{path, "empty", nil}
	}
	turn := orientation(f)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return plane{}, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	m, _, err := imgread.Decode(f)
	switch {
	case errors.Is(err, imgread.ErrFormat):
		return plane{}, bad{path, begins(f), nil}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), err != nil && strings.Contains(err.Error(), "not enough pixel data"):
		return plane{}, bad{path, "cut short", nil}
	case err != nil:
		return plane{}, bad{path, "damaged or too large", err}
	}
	p, colour := planeOf(m)
	if colour {
		rep.Colour++
	} else {
		rep.Gray++
	}
	if p.alpha != nil {
		rep.Clear++
	}
	if turn > 1 {
		rep.Turned++
		p = p.turned(turn)
	}
	return p, nil
}

// planeOf is a decoded picture's plane, and whether any pixel is no gray.
func planeOf(m image.Image) (p plane, colour bool) {
	b := m.Bounds()
	p = plane{w: b.Dx(), h: b.Dy(), shade: make([]uint8, b.Dx()*b.Dy())}
	at := func(x, y int) (r, g, b, a uint32) { return m.At(x, y).RGBA() }
	if fast, ok := m.(image.RGBA64Image); ok { // all of the standard library's; nothing is allocated
		at = func(x, y int) (r, g, b, a uint32) {
			c := fast.RGBA64At(x, y)
			return uint32(c.R), uint32(c.G), uint32(c.B), uint32(c.A)
		}
	}
	for i := range p.shade {
		r, g, bl, a := at(b.Min.X+i%p.w, b.Min.Y+i/p.w)
		p.shade[i] = brightness(r, g, bl)
		colour = colour || r>>8 != g>>8 || g>>8 != bl>>8
		if a != 0xffff && p.alpha == nil {
			p.alpha = make([]uint8, len(p.shade))
			for j := range i {
				p.alpha[j] = 255
			}
		}
		if p.alpha != nil {
			p.alpha[i] = uint8(a >> 8)
		}
	}
	return p, colour
}

// on is the plane (h, w) over a ground of that shade, inverted if wished.
func (p plane) on(ground uint8, invert bool) []uint8 {
	if p.alpha == nil && !invert {
		return p.shade
	}
	out := make([]uint8, len(p.shade))
	for i, v := range p.shade {
		if p.alpha != nil {
			v = uint8(min(255, uint(v)+(uint(255-p.alpha[i])*uint(ground)+127)/255))
		}
		if invert {
			v = 255 - v
		}
		out[i] = v
	}
	return out
}

// turned is the picture upright, by its EXIF orientation: 1 as it is; 2 mirrored; 3 turned by half; 4 mirrored up and down;
// 5 to 8 lying on a side.
func (p plane) turned(o int) plane {
	t := plane{w: p.w, h: p.h, shade: make([]uint8, len(p.shade))}
	if o >= 5 {
		t.w, t.h = p.h, p.w
	}
	if p.alpha != nil {
		t.alpha = make([]uint8, len(p.alpha))
	}
	for y := range t.h {
		for x := range t.w {
			u, v := x, y // in p
			switch o {
			case 2:
				u = p.w - 1 - x
			case 3:
				u, v = p.w-1-x, p.h-1-y
			case 4:
				v = p.h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = y, p.h-1-x
			case 7:
				u, v = p.w-1-y, p.h-1-x
			case 8:
				u, v = p.w-1-y, x
			}
			t.shade[y*t.w+x] = p.shade[v*p.w+u]
			if p.alpha != nil {
				t.alpha[y*t.w+x] = p.alpha[v*p.w+u]
			}
		}
	}
	return t
}
