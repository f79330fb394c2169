package canvas

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/scene"
)

// Picture is a texture of RGBA pixels.
type Picture struct {
	image *ebiten.Image
	w, h  int
}

// Write takes w × h pixels.
func (p *Picture) Write(rgba []byte, w, h int) {
	if p.image == nil || p.w != w || p.h != h {
		if p.image != nil {
			p.image.Deallocate()
		}
		p.image, p.w, p.h = ebiten.NewImage(w, h), w, h
	}
	p.image.WritePixels(rgba)
}

// Draw puts the part of the texture that from names, in texels, at a place. It is drawn unfiltered where that enlarges it.
func (p *Picture) Draw(on *ebiten.Image, from, to scene.Rect) {
	if p.image == nil {
		return
	}
	o := &ebiten.DrawTrianglesOptions{}
	if to.W < from.W || to.H < from.H {
		o.Filter = ebiten.FilterLinear
	}
	v := [4]ebiten.Vertex{}
	for k := range v {
		dx, dy := float64(k%2), float64(k/2)
		v[k] = ebiten.Vertex{DstX: float32(to.X + dx*to.W), DstY: float32(to.Y + dy*to.H),
			SrcX: float32(from.X + dx*from.W), SrcY: float32(from.Y + dy*from.H), ColorR: 1, ColorG: 1, ColorB: 1, ColorA: 1}
	}
	on.DrawTriangles(v[:], []uint16{0, 1, 2, 1, 2, 3}, p.image, o)
}

// Whole is all of the texture.
func (p *Picture) Whole() scene.Rect { return scene.Rect{W: float64(p.w), H: float64(p.h)} }
