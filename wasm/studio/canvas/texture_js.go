package canvas

import (
	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/core/wire"
	"ganvas/wasm/studio/scene"
)

// Texture is a sheet's pictures in a near-square texture, side by side. They are painted into it when they are drawn: sheets come
// faster than frames, and to rooms that nobody sees.
type Texture struct {
	sheet   *wire.Sheet // that is not painted yet, nil for none
	bytes   []byte
	image   *ebiten.Image
	atlas   scene.Atlas
	rgba    []byte
	Written bool
}

// Write takes a sheet's pictures; the sheet agrees with its bytes (scene.Check), which stay as they are until it is drawn.
func (t *Texture) Write(sheet *wire.Sheet, bytes []byte) {
	t.sheet, t.bytes, t.Written = sheet, bytes, true
}

// paint brings the texture to the last sheet.
func (t *Texture) paint() {
	if t.sheet == nil {
		return
	}
	atlas := scene.NewAtlas(t.sheet)
	if t.image == nil || t.atlas != atlas {
		if t.image != nil {
			t.image.Deallocate()
		}
		t.atlas, t.image = atlas, ebiten.NewImage(atlas.Size())
	}
	t.rgba = atlas.Pixels(t.rgba, t.bytes)
	t.image.WritePixels(t.rgba)
	t.sheet, t.bytes = nil, nil
}

// Picture puts picture i in the middle of a place, at the largest whole scale that fits, or smaller than it is where none
// does, and returns where it is.
func (t *Texture) Picture(on *ebiten.Image, i int, r scene.Rect) scene.Rect {
	t.paint()
	scale := min(r.W/float64(max(t.atlas.Sample.Width, 1)), r.H/float64(max(t.atlas.Sample.Height, 1)))
	if scale > 1 {
		scale = float64(int(scale))
	}
	w, h := scene.Drawn(t.atlas.Sample, scale)
	at := scene.Rect{X: r.X + float64(int(r.W-w)/2), Y: r.Y + float64(int(r.H-h)/2), W: w, H: h}
	t.Draw(on, scene.Grid{X: at.X, Y: at.Y, Columns: 1, Count: 1, PictureW: w, PictureH: h}, i, 1)
	return at
}

// Draw puts pictures first…first+g.Count at the grid's places, with that opacity: unfiltered, but where that makes them smaller.
func (t *Texture) Draw(on *ebiten.Image, g scene.Grid, first int, alpha float32) {
	if g.Count == 0 || !t.Written {
		return
	}
	t.paint()
	o := &ebiten.DrawTrianglesOptions{ColorScaleMode: ebiten.ColorScaleModePremultipliedAlpha}
	pw, ph, inset := float32(t.atlas.Sample.Width), float32(t.atlas.Sample.Height), float32(0)
	if g.PictureW < float64(pw) {
		o.Filter, inset = ebiten.FilterLinear, 0.5 // away from the pictures beside it
	}
	vertices := make([]ebiten.Vertex, 0, 4*g.Count)
	indices := make([]uint16, 0, 6*g.Count)
	for i := range g.Count {
		to := g.Picture(i)
		sx, sy := t.atlas.Place(first + i)
		for k := range 4 {
			dx, dy := float32(k%2), float32(k/2)
			vertices = append(vertices, ebiten.Vertex{DstX: float32(to.X + float64(dx)*to.W), DstY: float32(to.Y + float64(dy)*to.H),
				SrcX: float32(sx) + dx*pw + inset*(1-2*dx), SrcY: float32(sy) + dy*ph + inset*(1-2*dy), ColorR: alpha, ColorG: alpha, ColorB: alpha, ColorA: alpha})
		}
		v := uint16(4 * i)
		indices = append(indices, v, v+1, v+2, v+1, v+2, v+3)
	}
	on.DrawTriangles(vertices, indices, t.image, o)
}
