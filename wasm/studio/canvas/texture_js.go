package canvas

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/studio/scene"
)

// Texture is a sheet's pictures in a near-square texture, side by side.
type Texture struct {
	image   *ebiten.Image
	atlas   scene.Atlas
	rgba    []byte
	Written bool
}

// Write takes a sheet's pictures; the sheet agrees with its bytes (scene.Check).
func (t *Texture) Write(sheet *wire.Sheet, bytes []byte) {
	atlas := scene.NewAtlas(sheet)
	if t.image == nil || t.atlas != atlas {
		if t.image != nil {
			t.image.Deallocate()
		}
		t.atlas, t.image = atlas, ebiten.NewImage(atlas.Size())
	}
	t.rgba = atlas.Pixels(t.rgba, bytes)
	t.image.WritePixels(t.rgba)
	t.Written = true
}

// Picture puts picture i in the middle of a place, at the largest whole scale that fits, and returns where it is.
func (t *Texture) Picture(on *ebiten.Image, i int, r scene.Rect) scene.Rect {
	scale := max(1, min(int(r.W)/max(t.atlas.W, 1), int(r.H)/max(t.atlas.H, 1)))
	w, h := float64(scale*t.atlas.W), float64(scale*t.atlas.H)
	at := scene.Rect{X: r.X + float64(int(r.W-w)/2), Y: r.Y + float64(int(r.H-h)/2), W: w, H: h}
	t.Draw(on, scene.Grid{X: at.X, Y: at.Y, Scale: scale, Columns: 1, Count: 1, PictureW: w, PictureH: h}, i, 1)
	return at
}

// Draw puts pictures first…first+g.Count at the grid's places, with that opacity.
func (t *Texture) Draw(on *ebiten.Image, g scene.Grid, first int, alpha float32) {
	if g.Count == 0 || !t.Written {
		return
	}
	vertices := make([]ebiten.Vertex, 0, 4*g.Count)
	indices := make([]uint16, 0, 6*g.Count)
	for i := range g.Count {
		to := g.Picture(i)
		sx, sy := t.atlas.Place(first + i)
		for k := range 4 {
			dx, dy := float64(k%2), float64(k/2)
			vertices = append(vertices, ebiten.Vertex{DstX: float32(to.X + dx*to.W), DstY: float32(to.Y + dy*to.H),
				SrcX: float32(sx + int(dx)*t.atlas.W), SrcY: float32(sy + int(dy)*t.atlas.H), ColorR: alpha, ColorG: alpha, ColorB: alpha, ColorA: alpha})
		}
		v := uint16(4 * i)
		indices = append(indices, v, v+1, v+2, v+1, v+2, v+3)
	}
	on.DrawTriangles(vertices, indices, t.image, &ebiten.DrawTrianglesOptions{ColorScaleMode: ebiten.ColorScaleModePremultipliedAlpha})
}
