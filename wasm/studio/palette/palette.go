// Package palette holds the colours of the drawing, the same as in the page's style sheet.
package palette

import "image/color"

// Palette is one theme. Real and Fake each go with a mark of their own, so that no meaning rests on colour alone.
type Palette struct {
	Card  color.RGBA // behind everything
	Ink   color.RGBA // text
	Soft  color.RGBA // secondary text
	Line  color.RGBA // rules and empty bars
	Paper color.RGBA // behind pictures and curves
	Real  color.RGBA
	Fake  color.RGBA
	Plus  color.RGBA // values above zero
	Minus color.RGBA // values below zero
	Other color.RGBA // the second of two runs that are compared
}

var themes = map[string]Palette{
	"light": {Card: rgb(0xffffff), Ink: rgb(0x16202b), Soft: rgb(0x5b6773), Line: rgb(0xdfe3e6), Paper: rgb(0xf7f8f8), Real: rgb(0x0b7285), Fake: rgb(0xc2410c),
		Plus: rgb(0x1d4ed8), Minus: rgb(0xbe185d), Other: rgb(0x6741d9)},
	"dark": {Card: rgb(0x182028), Ink: rgb(0xe8edf1), Soft: rgb(0x9aa7b3), Line: rgb(0x2b3640), Paper: rgb(0x141b22), Real: rgb(0x3bc9db), Fake: rgb(0xffa94d),
		Plus: rgb(0x6ea8fe), Minus: rgb(0xff7eb0), Other: rgb(0xb197fc)},
}

// Of is the theme of that name; light where there is none.
func Of(theme string) Palette {
	if p, ok := themes[theme]; ok {
		return p
	}
	return themes["light"]
}

// Contrast is the ratio of two opaque colours' luminances, from 1 to 21, as WCAG 2 defines it.
func Contrast(a, b color.RGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Mix is t of b and the rest of a, both opaque.
func Mix(a, b color.RGBA, t float64) color.RGBA {
	f := func(x, y uint8) uint8 { return uint8(float64(x) + (float64(y)-float64(x))*t + 0.5) }
	return color.RGBA{f(a.R, b.R), f(a.G, b.G), f(a.B, b.B), 255}
}

// Diverging is the colours of signed bytes: from Minus at −127 over a calm middle at 0 to Plus at 127, by the byte's bits.
func (p Palette) Diverging() *[256]color.RGBA {
	var colours [256]color.RGBA
	middle := Mix(p.Card, p.Line, 0.55)
	for i := range colours {
		v, end := int(int8(i)), p.Plus
		if v < 0 {
			v, end = -v, p.Minus
		}
		colours[i] = Mix(middle, end, float64(min(v, 127))/127)
	}
	return &colours
}

func rgb(hex uint32) color.RGBA {
	return color.RGBA{R: uint8(hex >> 16), G: uint8(hex >> 8), B: uint8(hex), A: 255}
}
