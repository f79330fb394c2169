package ops

import (
	"ganvas/core/f32"
	"ganvas/core/net"
)

// geometry is how a kernel walks over images, with memory for the walk.
type geometry struct {
	net.Geometry
	padded []float32 // one image with its frame of zeros
}

// spots is how many places the kernel stops at.
func (g *geometry) spots() int { return g.Maps.H * g.Maps.W }

// patch is how many values the kernel sees at one place.
func (g *geometry) patch() int { return g.Image.C * g.Kernel * g.Kernel }

// colSize is the size of one image's patches.
func (g *geometry) colSize() int { return g.spots() * g.patch() }

// blockSize is about how many values the patches of one block of images have: what a processor's second cache holds, so that
// a product finds in it what the patches just wrote.
const blockSize = 1 << 16

// keptSize is up to how many values a layer keeps all its patches from Forward to Backward: 8 MB. Beyond that making them
// again costs less than the memory.
const keptSize = 1 << 21

// blocks takes n images through a kernel a block at a time, in memory that all layers of a pass share.
type blocks struct {
	geo     geometry
	n, each int // images; images in a block
	ctx     *Context
}

func newBlocks(b *Binder, around net.Geometry) blocks {
	g := geometry{Geometry: around}
	each := max(1, min(b.N, blockSize/g.colSize()))
	b.Ctx.reserve(0, each*g.colSize())
	b.Ctx.reserve(1, each*g.spots()*g.Maps.C)
	return blocks{geo: g, n: b.N, each: each, ctx: b.Ctx}
}

// first and next are the blocks' images, from lo up to hi.
func (b *blocks) first() (lo, hi int)        { return 0, min(b.each, b.n) }
func (b *blocks) next(done int) (lo, hi int) { return done, min(done+b.each, b.n) }
func (b *blocks) col(images int) []float32   { return b.ctx.scratch(0, images*b.geo.colSize()) }

func (b *blocks) part(col []float32, lo, hi int) []float32 {
	return col[lo*b.geo.colSize() : hi*b.geo.colSize()]
}

func (b *blocks) rows(images int) []float32 {
	return b.ctx.scratch(1, images*b.geo.spots()*b.geo.Maps.C)
}

// walk is the kernel's way over a padded image.
func (g *geometry) walk() f32.Patch {
	return f32.Patch{C: g.Image.C, H: g.Image.H + 2*g.Pad, W: g.Image.W + 2*g.Pad, Kernel: g.Kernel, Stride: g.Stride, OH: g.Maps.H, OW: g.Maps.W}
}

// frame is the one padded image, all zeros where pixels never come.
func (g *geometry) frame(p f32.Patch) []float32 {
	g.padded = sized(g.padded, p.C*p.H*p.W)
	return g.padded
}

// patches: col (n·oh·ow, C·k·k) = what the kernel sees of images x (n, C, H, W) at each place; 0 outside them.
func (g *geometry) patches(col, x []float32, n int) {
	p, size, each := g.walk(), g.Image.Size(), g.colSize()
	frame := g.frame(p)
	clear(frame)
	for i := range n {
		image := x[i*size:][:size]
		for c := range p.C {
			for y := range g.Image.H {
				copy(frame[(c*p.H+y+g.Pad)*p.W+g.Pad:][:g.Image.W], image[(c*g.Image.H+y)*g.Image.W:])
			}
		}
		f32.Patches(col[i*each:][:each], frame, p)
	}
}

// gather is the adjoint of patches: x (n, C, H, W) = the sum of all that col says of each pixel.
func (g *geometry) gather(x, col []float32, n int) {
	p, size, each := g.walk(), g.Image.Size(), g.colSize()
	frame := g.frame(p)
	for i := range n {
		clear(frame)
		f32.AddPatches(frame, col[i*each:][:each], p)
		image := x[i*size:][:size]
		for c := range p.C {
			for y := range g.Image.H {
				copy(image[(c*g.Image.H+y)*g.Image.W:][:g.Image.W], frame[(c*p.H+y+g.Pad)*p.W+g.Pad:])
			}
		}
	}
}

// toMaps: y (n, maps, spots) from rows (n·spots, maps).
func toMaps(y, rows []float32, n, spots, maps int) {
	for i := range n {
		f32.Transpose(y[i*spots*maps:], spots, rows[i*spots*maps:], maps, spots, maps)
	}
}

// toRows: rows (n·spots, maps) from y (n, maps, spots).
func toRows(rows, y []float32, n, spots, maps int) {
	for i := range n {
		f32.Transpose(rows[i*spots*maps:], maps, y[i*spots*maps:], spots, maps, spots)
	}
}
