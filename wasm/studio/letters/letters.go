// Package letters renders the printable ASCII of one font and size into a texture, from which labels are drawn as
// rectangles. Labels are numbers and short Latin names, so nothing is shaped: a shaping engine would be a fifth of the
// program.
package letters

import (
	"fmt"
	"image"
	"math"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

const first, last = ' ', '~'

// Sheet is a font at one size.
type Sheet struct {
	Pixels *image.RGBA // white letters, premultiplied
	Middle float64     // from a capital's middle line down to the baseline
	glyphs [last - first + 1]glyph
}

type glyph struct {
	from    image.Rectangle // in Pixels
	offset  image.Point     // of its upper left corner from the pen on the baseline
	advance float64
}

// Quad copies From of the texture with its upper left corner at X, Y.
type Quad struct {
	From image.Rectangle
	X, Y float64
}

// New renders Go Regular; size is in pixels an em.
func New(size float64) (*Sheet, error) {
	parsed, err := opentype.Parse(goregular.TTF)
	if err != nil {
		return nil, fmt.Errorf("reading the font: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: size, DPI: 72, Hinting: font.HintingNone})
	if err != nil {
		return nil, fmt.Errorf("scaling the font: %w", err)
	}
	defer face.Close()
	side := int(math.Ceil(size*1.5)) + 2
	const columns = 16
	s := &Sheet{Pixels: image.NewRGBA(image.Rect(0, 0, columns*side, ((last-first)/columns+1)*side)), Middle: 0.36 * size}
	for i := range s.glyphs {
		cell := image.Pt(i%columns*side, i/columns*side)
		s.glyphs[i] = s.render(face, rune(first+i), cell, side)
	}
	return s, nil
}

// render draws one letter into its cell of the texture.
func (s *Sheet) render(face font.Face, letter rune, cell image.Point, side int) glyph {
	bounds, mask, at, advance, ok := face.Glyph(fixed.Point26_6{}, letter)
	g := glyph{advance: float64(advance) / 64}
	if !ok || bounds.Empty() {
		return g
	}
	w, h := min(bounds.Dx(), side-2), min(bounds.Dy(), side-2)
	g.offset = bounds.Min
	g.from = image.Rect(cell.X+1, cell.Y+1, cell.X+1+w, cell.Y+1+h)
	for y := range h {
		for x := range w {
			_, _, _, a := mask.At(at.X+x, at.Y+y).RGBA()
			o := s.Pixels.PixOffset(g.from.Min.X+x, g.from.Min.Y+y)
			v := uint8(a >> 8)
			s.Pixels.Pix[o], s.Pixels.Pix[o+1], s.Pixels.Pix[o+2], s.Pixels.Pix[o+3] = v, v, v, v
		}
	}
	return g
}

// glyph of a letter; what is not printable ASCII is a question mark.
func (s *Sheet) glyph(letter rune) glyph {
	if letter < first || letter > last {
		letter = '?'
	}
	return s.glyphs[letter-first]
}

// Width of a line of text in pixels.
func (s *Sheet) Width(text string) (w float64) {
	for _, letter := range text {
		w += s.glyph(letter).advance
	}
	return w
}

// Line places a text's letters on whole pixels; x is its left edge (anchor 0), middle (0.5) or right edge (1), and y the
// middle line of its capitals.
func (s *Sheet) Line(text string, x, y, anchor float64) []Quad {
	x -= anchor * s.Width(text)
	baseline := math.Round(y + s.Middle)
	var quads []Quad
	for _, letter := range text {
		g := s.glyph(letter)
		if !g.from.Empty() {
			quads = append(quads, Quad{g.from, math.Round(x) + float64(g.offset.X), baseline + float64(g.offset.Y)})
		}
		x += g.advance
	}
	return quads
}
