package gpu

import (
	"fmt"

	"ganvas/core/data"
	"ganvas/core/engine"
)

// Mix: dst = ε·a + (1−ε)·b.
func (e *Engine) Mix(dst, a, b engine.Array, eps []float32) {
	to, x, y := dst.(*Array), spanOf(a), spanOf(b)
	if to.shares.in == nil {
		to.shares = e.memory(to.held, to.rows)
	}
	e.write(to.shares, bytesOf(eps[:to.rows]))
	key := mixKey{x, y}
	if to.mix == nil || to.mixed != key {
		r := &recorder{e: e}
		text, buffers := source("mix"), []bound{in("a", x), in("eps", to.shares), out("y", to.span)}
		if x == y {
			text = "fn each(i: u32) { y[i] = a[i]; }\n"
		} else {
			buffers = append(buffers, in("b", y))
		}
		r.each(to.span.count, text, []konst{{"COLS", to.cols}}, buffers...)
		to.mix, to.mixed = to.held.swap(to.mix, r.done()), key
	}
	e.play(to.mix)
}

type mixKey struct{ a, b span }

// Average: dst's parameters move towards src's; running statistics are copied.
func (e *Engine) Average(dst, src engine.Net, decay float64) {
	e.drop()
	d, s := dst.(*Net), src.(*Net)
	if d.moving.in == nil {
		d.moving = e.memory(d.held, 1)
	}
	e.write(d.moving, bytesOf([]float32{float32(1 - decay)}))
	if d.average == nil || d.averaged != s {
		r := &recorder{e: e}
		if n := d.weights.count; n > 0 {
			r.each(n, "fn each(i: u32) { y[i] = y[i] + args[0] * (x[i] - y[i]); }\n", nil, in("x", s.weights), in("args", d.moving), out("y", d.weights))
		}
		if n := d.buffers.count; n > 0 {
			r.each(n, "fn each(i: u32) { y[i] = x[i]; }\n", nil, in("x", s.buffers), out("y", d.buffers))
		}
		d.average, d.averaged = d.held.swap(d.average, r.done()), s
	}
	e.play(d.average)
}

// Table is the data set on the GPU where it is one of bytes that fits, else it is gathered on the host.
func (e *Engine) Table(s *data.Set) (engine.Table, error) {
	if s == nil {
		return nil, fmt.Errorf("there is no data set")
	}
	t := &table{e: e, set: s}
	t.held = holding(e, t)
	return t, nil
}

type table struct {
	e      *Engine
	held   *held
	set    *data.Set
	host   []float32
	pixels span // words: bytes of all samples, four to a word; nothing until all have arrived
	levels span // (256) what a byte is as a sample's value
	rows   span // words: of the samples to be gathered
	list   *playable
	to     span // that list gathers into
}

func (t *table) Gather(dst engine.Array, rows []int32) {
	to := dst.(*Array)
	if !t.resident() || len(rows) != to.rows {
		n := len(rows) * t.set.Size()
		if len(t.host) < n {
			t.host = make([]float32, n)
		}
		t.set.Gather(t.host[:n], rows)
		t.e.write(to.span, bytesOf(t.host[:n]))
		return
	}
	if t.list == nil || t.to != to.span {
		t.rows = t.e.memory(t.held, len(rows))
		r := &recorder{e: t.e}
		r.each(to.span.count, source("samples"), []konst{{"SIZE", t.set.Size()}}, words("pixels", t.pixels), in("levels", t.levels), words("rows", t.rows), out("y", to.span))
		t.list, t.to = t.held.swap(t.list, r.done()), to.span
	}
	t.e.write(t.rows, bytesOf(rows))
	t.e.play(t.list)
}

// resident brings the set onto the GPU once it is whole, and reports whether it is there.
func (t *table) resident() bool {
	size := t.set.Len() * t.set.Size()
	if t.pixels.in != nil {
		return true
	}
	if t.set.Len() == 0 || t.set.Arrived() < t.set.Len() || size > min(t.e.limits.Binding, 1<<30) || t.set.Pixels(0) == nil || t.e.failed() {
		return false
	}
	t.pixels = t.e.memory(t.held, (size+3)/4)
	t.levels = t.e.memory(t.held, 256)
	bytes := make([]byte, 0, 1<<22)
	at := 0
	for i := range t.set.Len() {
		bytes = append(bytes, t.set.Pixels(i)...)
		for last := i+1 == t.set.Len(); last && len(bytes)%4 != 0; {
			bytes = append(bytes, 0)
		}
		if whole := len(bytes) / 4 * 4; whole >= 1<<21 || i+1 == t.set.Len() {
			t.e.write(t.pixels.part(at/4, whole/4), bytes[:whole])
			at += whole
			bytes = append(bytes[:0], bytes[whole:]...)
		}
	}
	levels := make([]float32, 256)
	for v := range levels {
		levels[v] = float32(v)/127.5 - 1 // as the host does it
	}
	t.e.write(t.levels, bytesOf(levels))
	return t.pixels.in != nil
}
