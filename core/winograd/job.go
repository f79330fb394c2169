package winograd

import "ganvas/core/f32"

// job is the transform under way, whose parts are maps, or the products.
type job struct {
	*Conv
	b      block
	x, y   []float32 // operands of the products
	biased bool

	side       *side
	out        bool
	maps, cols []float32 // what is transformed into each other: (n, maps, area) and columns
}

// in makes columns of all maps of one side.
func (c *Conv) in(s *side, b block, maps, cols []float32) { c.share(s, false, b, maps, cols) }

// out is in's adjoint: it makes maps of columns.
func (c *Conv) out(s *side, b block, maps, cols []float32) { c.share(s, true, b, maps, cols) }

func (c *Conv) share(s *side, out bool, b block, maps, cols []float32) {
	c.work.side, c.work.out, c.work.b, c.work.maps, c.work.cols = s, out, b, maps, cols
	f32.Share(s.count, &c.work)
	c.work.maps, c.work.cols = nil, nil // not kept
}

// Part transforms map i.
func (j *job) Part(i, worker int) {
	s, r, l := j.side, &j.scratch.rooms[worker], j.b.lanes
	image := r.image[:s.area*l]
	maps, ld, cols := j.maps[(j.b.at*s.count+i)*s.area:], s.count*s.area, j.cols[i*j.columns*l:]
	single, row := f32.Mixing{Rows: 1, Unit: l, Run: l}, f32.Mixing{Rows: 1, Unit: l, Run: s.width * l}
	if j.out {
		f32.Mix(r.slots, cols, s.out[0], single)
		f32.Mix(image, r.slots, s.out[1], row)
		f32.Transpose(maps, ld, image, l, s.area, j.b.images)
		return
	}
	if j.b.images < l { // lanes without an image take part in products
		clear(image)
	}
	f32.Transpose(image, l, maps, ld, j.b.images, s.area)
	f32.Mix(r.slots, image, s.in[0], row)
	f32.Mix(cols, r.slots, s.in[1], single)
}
