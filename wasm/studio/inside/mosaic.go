package inside

import (
	"image/color"
	"math"

	"ganvas/core/img"
	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/studio/scene"
)

// mosaic arranges a layer's pictures in a rectangle: each unit's side by side in a block, blocks in rows. It is one
// texture with a texel between pictures and two between blocks, enlarged by scale; rows of a matrix have nothing between.
type mosaic struct {
	tiles      wire.Tiles
	across     int // pictures of a unit side by side
	down       int // and below each other
	columns    int // blocks side by side
	gap        int // texels between pictures
	between    int // and between blocks in a row
	scale      float64
	X, Y       float64
	texW, texH int
}

// Lengths in CSS pixels.
const (
	largestTile = 120 // a picture's side
	largestOne  = 336 // where there is one alone
	largestCell = 40  // a value's
)

const narrowest = 16 // values in a row of a matrix; shorter rows stand apart, side by side

// arrange finds the largest whole scale at which all pictures fit into a place; where none does, a smaller one.
func arrange(t wire.Tiles, in scene.Rect, unit float64) mosaic {
	m := mosaic{tiles: t, gap: 1, between: 1, across: t.Each, X: in.X, Y: in.Y}
	if t.Each > 1 {
		m.between = 3
	}
	if matrix := t.H == 1 && t.Each == 1 && t.W >= narrowest; matrix {
		m.gap, m.between = 0, 0
	}
	side := largestTile
	if t.Units*t.Each == 1 {
		side = largestOne
	}
	top := max(1, int(min(float64(side)*unit/float64(max(t.W, t.H)), largestCell*unit)))
	for k := top; k >= 1; k-- {
		if m.try(float64(k), in) {
			return m
		}
	}
	m.try(1, in)
	m.scale = min(in.W/float64(m.texW), in.H/float64(m.texH), 1)
	return m
}

// try lays the pictures out at a scale and tells whether they fit.
func (m *mosaic) try(scale float64, in scene.Rect) bool {
	t := &m.tiles
	room := int(in.W / scale) // texels
	if fit := (room + m.gap) / (t.W + m.gap); t.Each > 1 {
		m.across = max(1, min(t.Each, fit))
	}
	m.down = (t.Each + m.across - 1) / m.across
	blockW := m.across*(t.W+m.gap) - m.gap
	m.columns = max(1, min(t.Units, (room+m.between)/(blockW+m.between)))
	if m.gap == 0 {
		m.columns = 1
	}
	rows := (t.Units + m.columns - 1) / m.columns
	m.texW = m.columns*(blockW+m.between) - m.between
	m.texH = rows*m.down*(t.H+m.gap) - m.gap
	m.scale = scale
	return float64(m.texW)*scale <= in.W && float64(m.texH)*scale <= in.H
}

// corner is the texel at which a unit's picture begins.
func (m *mosaic) corner(unit, each int) (x, y int) {
	t := &m.tiles
	blockW := m.across*(t.W+m.gap) - m.gap
	x = unit%m.columns*(blockW+m.between) + each%m.across*(t.W+m.gap)
	y = (unit/m.columns*m.down + each/m.across) * (t.H + m.gap)
	return x, y
}

// Right and Bottom are where the pictures end.
func (m *mosaic) Right() float64  { return m.X + float64(m.texW)*m.scale }
func (m *mosaic) Bottom() float64 { return m.Y + float64(m.texH)*m.scale }

// spot is a value's place in the arrangement.
type spot struct{ unit, each, y, x int }

// at is the value under a point.
func (m *mosaic) at(x, y float64) (s spot, ok bool) {
	if m.scale <= 0 || x < m.X || y < m.Y || x >= m.Right() || y >= m.Bottom() {
		return s, false
	}
	t := &m.tiles
	tx, ty := int(math.Floor((x-m.X)/m.scale)), int(math.Floor((y-m.Y)/m.scale))
	blockW := m.across*(t.W+m.gap) - m.gap + m.between
	column, row := tx/blockW, ty/(t.H+m.gap)
	inX := tx % blockW
	s = spot{unit: row/m.down*m.columns + column, each: row%m.down*m.across + inX/(t.W+m.gap), y: ty % (t.H + m.gap), x: inX % (t.W + m.gap)}
	return s, s.unit < t.Units && s.each < t.Each && inX/(t.W+m.gap) < m.across && s.y < t.H && s.x < t.W
}

// colours is how many bytes, one channel after the other, a place of a picture has.
func (m *mosaic) colours() int { return max(1, m.tiles.Colours) }

// values is what a spot's bytes mean: one, or one a channel.
func (m *mosaic) values(b []byte, s spot) (all []float64) {
	t := &m.tiles
	for c := range m.colours() {
		v := int8(b[t.At+(((s.unit*t.Each+s.each)*m.colours()+c)*t.H+s.y)*t.W+s.x])
		all = append(all, float64(v)/127*float64(t.Scale))
	}
	return all
}

// pixels paints the texture as RGBA; what is no picture stays clear.
func (m *mosaic) pixels(rgba, b []byte, colours *[256]color.RGBA) []byte {
	t := &m.tiles
	if len(rgba) != 4*m.texW*m.texH {
		rgba = make([]byte, 4*m.texW*m.texH)
	} else {
		clear(rgba)
	}
	at := t.At
	for u := range t.Units {
		for e := range t.Each {
			x0, y0 := m.corner(u, e)
			if t.Colours > 0 {
				s := sample.Shape{Channels: t.Colours, Height: t.H, Width: t.W}
				img.Paint(rgba[4*(y0*m.texW+x0):], 4*m.texW, s, unsigned(b[at:][:s.Size()]))
				at += s.Size()
				continue
			}
			for y := range t.H {
				to := rgba[4*((y0+y)*m.texW+x0):][:4*t.W]
				for x, v := range b[at:][:t.W] {
					c := colours[v]
					to[4*x], to[4*x+1], to[4*x+2], to[4*x+3] = c.R, c.G, c.B, 255
				}
				at += t.W
			}
		}
	}
	return rgba
}

// shade is what a picture's signed byte is shown as: black at −127, white at 127.
func shade(b byte) uint8 { return uint8((max(int(int8(b)), -127) + 127) * 255 / 254) }

// unsigned is signed bytes as shades.
func unsigned(b []byte) []byte {
	out := make([]byte, len(b))
	for i, v := range b {
		out[i] = shade(v)
	}
	return out
}

// greys are the colours of a picture's signed bytes.
func greys() *[256]color.RGBA {
	var g [256]color.RGBA
	for i := range g {
		v := shade(byte(i))
		g[i] = color.RGBA{v, v, v, 255}
	}
	return &g
}
