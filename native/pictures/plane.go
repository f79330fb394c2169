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

// plane is a decoded picture: one plane of brightness, or three of red, green and blue, each 0 to 255 and multiplied by how
// opaque the pixel is; alpha is nil where all are opaque.
type plane struct {
	w, h    int
	colours [][]uint8 // 1 or 3 of (h, w)
	alpha   []uint8   // (h, w)
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
	return fmt.Sprintf("%s cannot be decoded as a %s picture: %s", b.path, formats("or"), text)
}

// reason is why a picture is left out, for counting.
func reason(err error) string {
	var b bad
	if errors.As(err, &b) {
		return b.is
	}
	return "that cannot be read"
}

// picture is a decoded file and what is to be said of it.
type picture struct {
	plane
	colour bool // any pixel is no gray
	turned bool // upright only by its EXIF data
}

// decode reads a picture, upright, with brightness alone or in colour.
func decode(in source, path string, inColour bool) (picture, error) {
	f, size, err := in.open(path)
	if err != nil {
		return picture{}, err
	}
	defer f.Close()
	if size == 0 {
		return picture{}, bad{path, "empty", nil}
	}
	turn := orientation(f)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return picture{}, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	m, _, err := imgread.Decode(f)
	switch {
	case errors.Is(err, imgread.ErrFormat):
		return picture{}, bad{path, begins(f), nil}
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), err != nil && strings.Contains(err.Error(), "not enough pixel data"):
		return picture{}, bad{path, "cut short", nil}
	case err != nil:
		return picture{}, bad{path, "damaged or too large", err}
	}
	var p picture
	p.plane, p.colour = planeOf(m, inColour)
	if turn > 1 {
		p.turned, p.plane = true, p.plane.turn(turn)
	}
	return p, nil
}

// source is where files lie: a file system, or an archive.
type source interface {
	open(path string) (io.ReadSeekCloser, int64, error)
}

// onDisk is the machine's own file system.
type onDisk struct{}

func (onDisk) open(path string) (io.ReadSeekCloser, int64, error) { return disk.Open(path) }

// planeOf is a decoded picture's plane, and whether any pixel is no gray.
func planeOf(m image.Image, inColour bool) (p plane, colour bool) {
	b := m.Bounds()
	p = plane{w: b.Dx(), h: b.Dy()}
	for range map[bool]int{false: 1, true: 3}[inColour] {
		p.colours = append(p.colours, make([]uint8, p.w*p.h))
	}
	at := func(x, y int) (r, g, b, a uint32) { return m.At(x, y).RGBA() }
	if fast, ok := m.(image.RGBA64Image); ok { // all of the standard library's; nothing is allocated
		at = func(x, y int) (r, g, b, a uint32) {
			c := fast.RGBA64At(x, y)
			return uint32(c.R), uint32(c.G), uint32(c.B), uint32(c.A)
		}
	}
	for i := range p.w * p.h {
		r, g, bl, a := at(b.Min.X+i%p.w, b.Min.Y+i/p.w)
		if inColour {
			p.colours[0][i], p.colours[1][i], p.colours[2][i] = uint8(r>>8), uint8(g>>8), uint8(bl>>8)
		} else {
			p.colours[0][i] = brightness(r, g, bl)
		}
		colour = colour || r>>8 != g>>8 || g>>8 != bl>>8
		if a != 0xffff && p.alpha == nil {
			p.alpha = make([]uint8, p.w*p.h)
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

// shade is a pixel's brightness, multiplied by how opaque it is.
func (p plane) shade(i int) uint8 {
	if len(p.colours) == 1 {
		return p.colours[0][i]
	}
	return brightness(uint32(p.colours[0][i])*0x101, uint32(p.colours[1][i])*0x101, uint32(p.colours[2][i])*0x101)
}

// on is one of the colours (h, w) over a ground of that shade, inverted if wished.
func (p plane) on(c int, ground uint8, invert bool) []uint8 {
	if p.alpha == nil && !invert {
		return p.colours[c]
	}
	out := make([]uint8, p.w*p.h)
	for i, v := range p.colours[c] {
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

// turn is the picture upright, by its EXIF orientation: 1 as it is; 2 mirrored; 3 turned by half; 4 mirrored up and down;
// 5 to 8 lying on a side.
func (p plane) turn(o int) plane {
	t := plane{w: p.w, h: p.h}
	if o >= 5 {
		t.w, t.h = p.h, p.w
	}
	for _, values := range p.colours {
		t.colours = append(t.colours, turned(values, p.w, p.h, o))
	}
	if p.alpha != nil {
		t.alpha = turned(p.alpha, p.w, p.h, o)
	}
	return t
}

// turned is one plane (h, w) upright.
func turned(values []uint8, w, h, o int) []uint8 {
	wide, high := w, h
	if o >= 5 {
		wide, high = h, w
	}
	out := make([]uint8, w*h)
	for y := range high {
		for x := range wide {
			u, v := x, y // in values
			switch o {
			case 2:
				u = w - 1 - x
			case 3:
				u, v = w-1-x, h-1-y
			case 4:
				v = h - 1 - y
			case 5:
				u, v = y, x
			case 6:
				u, v = y, h-1-x
			case 7:
				u, v = w-1-y, h-1-x
			case 8:
				u, v = w-1-y, x
			}
			out[y*wide+x] = values[v*w+u]
		}
	}
	return out
}
