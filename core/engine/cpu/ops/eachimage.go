package ops

import "ganvas/core/f32"

// sharedSize is how many values are moved at least where images are shared out to the workers: for fewer, waking them costs more.
const sharedSize = 1 << 14

// eachImage moves values image by image, each on one worker.
type eachImage struct {
	run      func(e *eachImage, i, worker int)
	g        *geometry
	to, from []float32
	frames   []float32 // one a worker
}

// Part moves those of image i.
func (e *eachImage) Part(i, worker int) { e.run(e, i, worker) }

// share runs e for n images in g's memory.
func (g *geometry) share(e eachImage, n int) {
	e.g = g
	g.work = e
	if n*max(g.colSize(), g.Maps.Size()) < sharedSize {
		for i := range n {
			g.work.Part(i, 0)
		}
	} else {
		f32.Share(n, &g.work)
	}
	g.work = eachImage{} // not kept
}

func (e *eachImage) frame(worker int) []float32 {
	size := e.g.framed()
	return e.frames[worker*size:][:size]
}

func (e *eachImage) patches(i, worker int) {
	g, p, frame := e.g, e.g.walk(), e.frame(worker)
	image := e.from[i*g.Image.Size():][:g.Image.Size()]
	for c := range p.C {
		for y := range g.Image.H {
			copy(frame[(c*p.H+y+g.Pad)*p.W+g.Pad:][:g.Image.W], image[(c*g.Image.H+y)*g.Image.W:])
		}
	}
	f32.Patches(e.to[i*g.colSize():][:g.colSize()], frame, p)
}

func (e *eachImage) gather(i, worker int) {
	g, p, frame := e.g, e.g.walk(), e.frame(worker)
	clear(frame)
	f32.AddPatches(frame, e.from[i*g.colSize():][:g.colSize()], p)
	image := e.to[i*g.Image.Size():][:g.Image.Size()]
	for c := range p.C {
		for y := range g.Image.H {
			copy(image[(c*g.Image.H+y)*g.Image.W:][:g.Image.W], frame[(c*p.H+y+g.Pad)*p.W+g.Pad:])
		}
	}
}

func (e *eachImage) toMaps(i, _ int) {
	spots, maps := e.g.spots(), e.g.Maps.C
	f32.Transpose(e.to[i*spots*maps:], spots, e.from[i*spots*maps:], maps, spots, maps)
}

func (e *eachImage) toRows(i, _ int) {
	spots, maps := e.g.spots(), e.g.Maps.C
	f32.Transpose(e.to[i*spots*maps:], maps, e.from[i*spots*maps:], spots, maps, spots)
}
