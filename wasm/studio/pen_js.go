package main

import (
	"bytes"
	"image"
	"image/color"

	"github.com/hajimehoshi/ebiten/v2"
	"github.com/hajimehoshi/ebiten/v2/text/v2"
	"golang.org/x/image/font/gofont/goregular"

	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// pen draws flat shapes and text.
type pen struct {
	mesh.Mesh
	white    *ebiten.Image // one pixel, for shapes without a texture
	font     *text.GoTextFaceSource
	vertices []ebiten.Vertex
}

func newPen() *pen {
	block := ebiten.NewImage(3, 3)
	block.Fill(color.White)
	font, err := text.NewGoTextFaceSource(bytes.NewReader(goregular.TTF))
	if err != nil {
		panic("studio: the embedded font is broken")
	}
	return &pen{white: block.SubImage(image.Rect(1, 1, 2, 2)).(*ebiten.Image), font: font}
}

// clear fills a place.
func (p *pen) clear(on *ebiten.Image, r scene.Rect, c color.RGBA) {
	part(on, r).Fill(c)
}

// part is the piece of an image within r.
func part(of *ebiten.Image, r scene.Rect) *ebiten.Image {
	return of.SubImage(image.Rect(int(r.X), int(r.Y), int(r.Right()+0.5), int(r.Bottom()+0.5))).(*ebiten.Image)
}

// flush draws the shapes gathered so far, in one call.
func (p *pen) flush(on *ebiten.Image) {
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

// write draws a line of text with its middle line at y; align says what x is.
func (p *pen) write(on *ebiten.Image, s string, x, y, size float64, align text.Align, c color.RGBA) {
	o := &text.DrawOptions{}
	o.GeoM.Translate(x, y)
	o.ColorScale.ScaleWithColor(c)
	o.PrimaryAlign, o.SecondaryAlign = align, text.AlignCenter
	text.Draw(on, s, &text.GoTextFace{Source: p.font, Size: size}, o)
}
