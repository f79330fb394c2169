package canvas

import (
	"image/color"
	"math"
	"strings"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/bridge"
)

const (
	foreignFrom = 0x2000 // letters from here on are not in the program's own font
	mostForeign = 96     // texts that are kept
)

// text is a line in letters that the program's font lacks, at one size.
type text struct {
	says string
	size float64
}

// foreign reports whether the browser has to write a text.
func foreign(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return r >= foreignFrom })
}

// written is a text as the browser's fonts have it, white; it is kept, as long as there are not too many.
func (p *Pen) written(s string, size float64) *ebiten.Image {
	key := text{s, size}
	if m := p.texts[key]; m != nil {
		return m
	}
	if len(p.texts) >= mostForeign {
		for _, m := range p.texts {
			m.Deallocate()
		}
		clear(p.texts)
	}
	w, h, rgba := bridge.Letters(s, size)
	m := ebiten.NewImage(w, h)
	m.WritePixels(rgba)
	p.texts[key] = m
	return m
}

// writeForeign is [Pen.Write] for a text that the browser writes.
func (p *Pen) writeForeign(on *ebiten.Image, s string, x, y, size, anchor float64, c color.RGBA) {
	m := p.written(s, size)
	b := m.Bounds()
	o := &ebiten.DrawImageOptions{}
	o.GeoM.Translate(math.Round(x-anchor*float64(b.Dx())), math.Round(y-float64(b.Dy())/2))
	o.ColorScale.ScaleWithColor(c)
	on.DrawImage(m, o)
}
