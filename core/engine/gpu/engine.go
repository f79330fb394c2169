package gpu

import (
	"runtime"
	"slices"
	"sync"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/rng"
)

// Engine computes on a Device. What it is asked for is handed over in turn, and only Read, State, what looks inside, and reports of losses
// that are asked for at once wait for it. One goroutine at a time may use it.
type Engine struct {
	device   Device
	limits   Limits
	programs map[string]Program // by their code
	tile     tile               // of products, where none is timed
	tuner    *tuner
	half     bool // factors of products are rounded to 16 bits, of networks that are built
	stats    Stats
	err      error

	mu   sync.Mutex
	left []engine.Released // of what the garbage collector has found unused
}

// Stats counts what was asked of the GPU since the engine was opened.
type Stats struct {
	Dispatches int // kernels started
	Bound      int // bytes of the buffers that they were bound to: what they read and wrote at least once
	Written    int // bytes brought to the GPU
	Read       int // bytes brought from it
	Reads      int // times that it was waited for
	Trays      int // that brought reports of losses
}

// Sub is what was counted since before.
func (s Stats) Sub(before Stats) Stats {
	return Stats{s.Dispatches - before.Dispatches, s.Bound - before.Bound, s.Written - before.Written, s.Read - before.Read, s.Reads - before.Reads, s.Trays - before.Trays}
}

// New is an engine on a device, which it closes with itself.
func New(d Device) *Engine {
	return &Engine{device: d, limits: d.Adapter().Limits, programs: map[string]Program{}, tile: tiles[0]}
}

// Name is what computes: gpu, the way there and the adapter.
func (e *Engine) Name() string {
	a := e.device.Adapter()
	name := "gpu · " + a.API + " · " + a.Name
	if e.half {
		name += " · f16"
	}
	return name
}

// Half has networks that are built from now on take the factors of their products, forward and backward, as float16 (11 bits, from 6·10⁻⁸
// to 65504) or not: half the memory that a workgroup shares, in words of two, which every GPU reads. Sums, weights, gradients and updates
// stay float32.
func (e *Engine) Half(on bool) { e.half = on }

// Rough is true with factors of float16.
func (e *Engine) Rough() bool { return e.half }

// Tiles is in how many ways products can be made.
const Tiles = 4

// Tile has products that are recorded from now on made in that way, from 0 on, and says which that is.
func (e *Engine) Tile(k int) string {
	e.tile = tiles[k]
	return e.tile.String()
}

func (e *Engine) Threads() int        { return 1 }
func (e *Engine) Group() engine.Group { return engine.Solo{} }
func (e *Engine) Adapter() Adapter    { return e.device.Adapter() }
func (e *Engine) Stats() Stats        { return e.stats }

func (e *Engine) Err() error {
	if e.err != nil {
		return e.err
	}
	return e.device.Err()
}

func (e *Engine) failed() bool { return e.Err() != nil }

func (e *Engine) fail(err error) {
	if e.err == nil {
		e.err = err
	}
}

func (e *Engine) Close() error {
	e.programs = nil
	return e.device.Close()
}

// memory is count values, zero; an empty span where the device fails. owner releases it, or the garbage collector for it.
func (e *Engine) memory(owner *held, count int) span {
	if e.failed() {
		return span{}
	}
	if 4*count > e.limits.Binding {
		e.fail(e.limits.tooLarge(e.device.Adapter().Name, 4*count))
		return span{}
	}
	b, err := e.device.Buffer(4 * count)
	if err != nil {
		e.fail(err)
		return span{}
	}
	owner.all = append(owner.all, b)
	return span{b, 0, count}
}

// held is what somebody releases. It is apart from them, so that a cleanup can know it.
type held struct{ all []engine.Released }

// Release gives the last first: lists before the memory that they use.
func (h *held) Release() {
	for i := len(h.all) - 1; i >= 0; i-- {
		h.all[i].Release()
	}
	h.all = nil
}

// give releases one of what is held.
func (h *held) give(old engine.Released) {
	old.Release()
	h.all = slices.DeleteFunc(h.all, func(r engine.Released) bool { return r == old })
}

// swap gives old, if any, and holds what replaces it.
func (h *held) swap(old, by *playable) *playable {
	if old != nil {
		h.give(old)
	}
	h.all = append(h.all, by)
	return by
}

// holding is a new held that goes with its owner at the latest.
func holding[T any](e *Engine, owner *T) *held {
	h := &held{}
	runtime.AddCleanup(owner, e.leave, h)
	return h
}

// leave marks what is garbage, to be released at the next call; cleanups run on a goroutine of their own.
func (e *Engine) leave(h *held) {
	e.mu.Lock()
	e.left = append(e.left, h)
	e.mu.Unlock()
}

// drop releases what was left.
func (e *Engine) drop() {
	e.mu.Lock()
	left := e.left
	e.left = nil
	e.mu.Unlock()
	for _, h := range left {
		h.Release()
	}
}

// write puts values where s is.
func (e *Engine) write(s span, b []byte) {
	if s.in == nil || len(b) == 0 || e.failed() {
		return
	}
	e.device.Write(s.in, 4*s.at, b)
	e.stats.Written += len(b)
}

// read waits once and fills all.
func (e *Engine) read(all []Reading) {
	if e.failed() {
		return
	}
	for _, r := range all {
		e.stats.Read += len(r.To)
	}
	e.stats.Reads++
	e.device.Read(all)
}

func (e *Engine) Build(s net.Spec, r *rng.Stream) (engine.Net, error) {
	e.drop()
	n, err := newNet(e, s)
	if err != nil {
		return nil, err
	}
	for i, p := range n.params {
		v := make([]float32, p.Size())
		p.Init(v, r)
		e.write(n.views[i].w, bytesOf(v))
	}
	return n, e.Err()
}
