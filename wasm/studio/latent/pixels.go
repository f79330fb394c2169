package latent

import (
	"ganvas/core/img"
	"ganvas/core/sample"
)

// Atlas is where pictures lie in a texture: slots of each images side by side.
type Atlas struct {
	Sample               sample.Shape
	Each, Columns, Slots int
}

const (
	across = 2048 // pixels of a texture's sides that are possible everywhere
	down   = 4096
)

// NewAtlas has room for more pictures than any field shows at once.
func NewAtlas(s sample.Shape, each int) Atlas {
	columns := max(1, across/(s.Width*each))
	return Atlas{s, each, columns, min(max(128, 1024/each), columns*max(1, down/s.Height))}
}

// Size of the texture in pixels.
func (a Atlas) Size() (w, h int) {
	return a.Columns * a.Sample.Width * a.Each, (a.Slots + a.Columns - 1) / a.Columns * a.Sample.Height
}

// Slot is a slot's upper left corner.
func (a Atlas) Slot(i int) (x, y int) {
	return i % a.Columns * a.Sample.Width * a.Each, i / a.Columns * a.Sample.Height
}

// Bytes is how many bytes a slot's images have.
func (a Atlas) Bytes() int { return a.Sample.Size() * a.Each }

// RGBA puts a slot's images (each, sample) side by side, opaque, into a buffer that is kept.
func (a Atlas) RGBA(rgba, images []byte) []byte {
	wide := 4 * a.Sample.Width
	if n := wide * a.Each * a.Sample.Height; len(rgba) != n {
		rgba = make([]byte, n)
	}
	for k := range a.Each {
		img.Paint(rgba[k*wide:], wide*a.Each, a.Sample, images[k*a.Sample.Size():][:a.Sample.Size()])
	}
	return rgba
}
