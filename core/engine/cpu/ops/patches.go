package ops

import (
	"ganvas/core/f32"
	"ganvas/core/net"
)

// geometry is how a kernel walks over images, with memory for the walk.
type geometry struct {
	net.Geometry
	padded []float32 // one image with its frame of zeros, for every worker
	work   eachImage
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

// frames is one padded image for every worker, all zeros.
func (g *geometry) frames() []float32 {
	g.padded = sized(g.padded, f32.Workers()*g.framed())
	clear(g.padded)
	return g.padded
}

// framed is a padded image's size.
func (g *geometry) framed() int { p := g.walk(); return p.C * p.H * p.W }

// patches: col (n·oh·ow, C·k·k) = what the kernel sees of images x (n, C, H, W) at each place; 0 outside them.
func (g *geometry) patches(col, x []float32, n int) {
	g.share(eachImage{run: (*eachImage).patches, to: col, from: x, frames: g.frames()}, n)
}

// gather is the adjoint of patches: x (n, C, H, W) = the sum of all that col says of each pixel.
func (g *geometry) gather(x, col []float32, n int) {
	g.share(eachImage{run: (*eachImage).gather, to: x, from: col, frames: g.frames()}, n)
}

// toMaps: y (n, maps, spots) from rows (n·spots, maps).
func (g *geometry) toMaps(y, rows []float32, n int) {
	g.share(eachImage{run: (*eachImage).toMaps, to: y, from: rows}, n)
}

// toRows: rows (n·spots, maps) from y (n, maps, spots).
func (g *geometry) toRows(rows, y []float32, n int) {
	g.share(eachImage{run: (*eachImage).toRows, to: rows, from: y}, n)
}
