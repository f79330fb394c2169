package latent

import (
	"encoding/json"
	"time"

	"github.com/hajimehoshi/ebiten/v2"

	noise "ganvas/core/latent"
	"ganvas/wasm/studio/canvas"
)

// atOnce is how many images one question is for: so few that dragging waits for none of them.
const atOnce = 64

// asking is the question that the trainer is working on.
type asking struct {
	id      int
	keys    []Key   // nil where there is none
	step    int     // the run's, when it was asked
	turns   int     // the room's, when it was asked
	lattice Lattice // of a run on points
	halted  bool    // the last answer was a refusal
}

// drop makes the answer that is still to come worth nothing.
func (a *asking) drop() { *a = asking{id: a.id + 1} }

// ask asks for the next pictures, if none are being made.
func (r *Room) ask() {
	if r.asking.keys != nil || r.asking.halted || r.space.Rows() < 3 || r.place.Stops == 0 {
		return
	}
	if r.points() {
		r.askPoints()
		return
	}
	if r.store == nil {
		r.newStore()
	}
	now, each := time.Now(), max(1, len(r.text))
	keys := r.store.Next(r.view.Layers(), r.place.Stops, max(1, atOnce/each), r.pace.Step(now, r.run))
	if len(keys) == 0 {
		r.pace.Done(now)
		return
	}
	r.asking.id++
	r.asking.keys, r.asking.step, r.asking.turns = keys, r.run, r.turns
	text, err := json.Marshal(map[string]any{"id": r.asking.id, "text": r.text})
	if err == nil {
		canvas.Say("latent", "want", string(text), noise.Bytes(r.space.Of(keys, r.place.Stops)))
	}
}

func (r *Room) newStore() {
	r.atlas = NewAtlas(r.sheet.Sample, max(1, len(r.text)))
	r.store = NewStore(r.atlas.Slots)
	if r.image != nil {
		r.image.Deallocate()
	}
	r.image = ebiten.NewImage(r.atlas.Size())
}

// made takes pictures that were asked for; those of a plane that is left are dropped.
func (r *Room) made(id int, ms float64, failed bool, images []byte) {
	if id != r.asking.id || r.asking.keys == nil {
		return
	}
	keys, size := r.asking.keys, r.atlas.Bytes()
	switch {
	case failed, !r.points() && len(images) != len(keys)*size, r.points() && !r.land(images):
		r.asking.halted, r.asking.keys = true, nil
		return
	}
	r.asking.keys, r.stale = nil, true
	r.pace.Spent(time.Duration(ms * float64(time.Millisecond)))
	if r.points() {
		return
	}
	for n, k := range keys {
		r.write(r.store.Put(k, r.asking.step), images[n*size:][:size])
	}
	if r.turns != r.asking.turns { // what is here is another since they were asked for
		r.store.Spoil(Here)
	}
}

// write puts a picture into its slot of the texture.
func (r *Room) write(slot int, images []byte) {
	x, y := r.atlas.Slot(slot)
	r.rgba = r.atlas.RGBA(r.rgba, images)
	part(r.image, x, y, r.atlas.Sample.Width*r.atlas.Each, r.atlas.Sample.Height).WritePixels(r.rgba)
}

// export has the page save the field as it is seen, or the walk there and back.
func (r *Room) export(what string, pictures int) {
	format, count, rows := "gif", 1, r.space.ThereAndBack(max(2, min(pictures, 200)))
	if what == "field" {
		var keys []Key
		keys, count = r.view.Rows()
		format, rows = "png", r.space.Of(keys, r.place.Stops)
	}
	text, err := json.Marshal(map[string]any{"format": format, "count": count, "text": r.text, "what": what})
	if err == nil {
		canvas.Say("latent", "export", string(text), noise.Bytes(rows))
	}
}
