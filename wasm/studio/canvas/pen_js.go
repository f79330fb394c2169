package canvas

import (
	"image"
	"image/color"

	"github.com/hajimehoshi/ebiten/v2"

	"ganvas/wasm/studio/letters"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// Where a text's x is.
const (
	Left   = 0.0
	Middle = 0.5
	Right  = 1.0
)

// fontTexture is a font at one size.
type fontTexture struct {
	*letters.Sheet
	image *ebiten.Image
}

// Pen draws flat shapes and text.
type Pen struct {
	mesh.Mesh
	white    *ebiten.Image            // one pixel, for shapes without a texture
	fonts    map[float64]*fontTexture // by size in pixels
	texts    map[text]*ebiten.Image   // that the browser has written
	vertices []ebiten.Vertex
	indices  []uint16
}

// NewPen is a pen without fonts; they are made as sizes are used.
func NewPen() *Pen {
	block := ebiten.NewImage(3, 3)
	block.Fill(color.White)
	return &Pen{white: block.SubImage(image.Rect(1, 1, 2, 2)).(*ebiten.Image), fonts: map[float64]*fontTexture{}, texts: map[text]*ebiten.Image{}}
}

// Clear fills a place.
func (p *Pen) Clear(on *ebiten.Image, r scene.Rect, c color.RGBA) {
	Part(on, r).Fill(c)
}

// Part is the piece of an image within r.
func Part(of *ebiten.Image, r scene.Rect) *ebiten.Image {
	return of.SubImage(image.Rect(int(r.X), int(r.Y), int(r.Right()+0.5), int(r.Bottom()+0.5))).(*ebiten.Image)
}

// Flush draws the shapes gathered so far, in one call.
func (p *Pen) Flush(on *ebiten.Image) {
	if len(p.Indices) == 0 {
		return
	}
	p.vertices = p.vertices[:0]
	for _, v := range p.Vertices {
		p.vertices = append(p.vertices, ebiten.Vertex{DstX: v.X, DstY: v.Y, SrcX: 1.5, SrcY: 1.5, ColorR: v.R, ColorG: v.G, ColorB: v.B, ColorA: v.A})
	}
	on.DrawTriangles(p.vertices, p.Indices, p.white, &ebiten.DrawTrianglesOptions{ColorScaleMode: ebiten.ColorScaleModePremultipliedAlpha})
	p.Reset()
}

// Write draws a line of text around the middle line y; anchor says what x is.
func (p *Pen) Write(on *ebiten.Image, s string, x, y, size, anchor float64, c color.RGBA) {
	if foreign(s) {
		p.writeForeign(on, s, x, y, size, anchor, c)
		return
	}
	font := p.font(size)
	p.vertices, p.indices = p.vertices[:0], p.indices[:0]
	v := ebiten.Vertex{ColorR: float32(c.R) / 255, ColorG: float32(c.G) / 255, ColorB: float32(c.B) / 255, ColorA: float32(c.A) / 255}
	for _, q := range font.Line(s, x, y, anchor) {
		n := uint16(len(p.vertices))
		for k := range 4 {
			dx, dy := k%2*q.From.Dx(), k/2*q.From.Dy()
			v.DstX, v.DstY = float32(q.X)+float32(dx), float32(q.Y)+float32(dy)
			v.SrcX, v.SrcY = float32(q.From.Min.X+dx), float32(q.From.Min.Y+dy)
			p.vertices = append(p.vertices, v)
		}
		p.indices = append(p.indices, n, n+1, n+2, n+1, n+2, n+3)
	}
	on.DrawTriangles(p.vertices, p.indices, font.image, &ebiten.DrawTrianglesOptions{ColorScaleMode: ebiten.ColorScaleModePremultipliedAlpha})
}

// Width of a line of text in pixels.
func (p *Pen) Width(s string, size float64) float64 {
	if foreign(s) {
		return float64(p.written(s, size).Bounds().Dx())
	}
	return p.font(size).Width(s)
}

// font renders the letters of a size at its first use.
func (p *Pen) font(size float64) *fontTexture {
	if f := p.fonts[size]; f != nil {
		return f
	}
	sheet, err := letters.New(size)
	if err != nil {
		panic("studio: the embedded font is broken")
	}
	p.fonts[size] = &fontTexture{sheet, ebiten.NewImageFromImage(sheet.Pixels)}
	return p.fonts[size]
}
