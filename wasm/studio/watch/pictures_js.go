package watch

import (
	"ganvas/core/wire"
	"ganvas/wasm/studio/canvas"
)

// pictures holds the textures of the sheet shown now and of the one before.
type pictures struct {
	now, before canvas.Texture
	fading      bool
}

// show takes new pictures; with fading the last ones go slowly.
func (p *pictures) show(sheet *wire.Sheet, bytes []byte, fading bool) {
	p.now, p.before = p.before, p.now
	p.fading = fading && p.before.Written
	p.now.Write(sheet, bytes)
}
