package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// pass is a network bound to rows, once or as parts side by side. What a call computes is recorded when it is first made
// in a mode and with memory, and played from then on.
type pass struct {
	e       *Engine
	held    *held
	lists   *held // recorded for it
	net     *Net
	ctx     *ctx
	chain   *chain
	in, out int
	ways    map[forwardKey]*forwardWay
	last    *forwardWay // of the last Forward
	noted   *forwardWay // that the ops' notes are of
	ones, v span        // Penalize: dD = 1 at the first output; v (rows, in)
	norms   span        // (rows) each row's share of a penalty
	weight  span        // (1) the penalty's
	steep   map[steepKey]*playable
}

// forwardKey is what a forward pass is recorded for.
type forwardKey struct {
	x   span
	way way
}

type forwardWay struct {
	key  forwardKey
	play *playable
	y    span
	back map[backKey]*backWay
}

type backKey struct {
	dy    span
	w     engine.Wrt
	fresh bool
}

type backWay struct {
	play *playable
	dx   span
}

type steepKey struct {
	forwardKey
	form engine.Form
	mean span
}

// most is how many different calls of a kind are kept.
const most = 8

func newPass(n *Net, rows, parts int) (*pass, error) {
	shapes, err := n.spec.Shapes()
	if err != nil {
		return nil, err
	}
	p := &pass{e: n.e, net: n, in: shapes[0].Size(), out: shapes[len(shapes)-1].Size(), ways: map[forwardKey]*forwardWay{}, steep: map[steepKey]*playable{}}
	p.held, p.lists = holding(n.e, p), holding(n.e, p)
	p.ctx = &ctx{e: n.e, half: n.half, held: p.held, rows: rows, parts: parts}
	p.ctx.args = n.e.memory(p.held, argCount)
	if has(n.spec.Layers, func(l net.Layer) bool { _, is := l.(net.Conditioned); return is }) {
		p.ctx.labels = n.e.memory(p.held, p.ctx.n())
	}
	views := n.views
	p.chain = bind(p.ctx, &views, n.spec.In, n.spec.Layers)
	return p, n.e.Err()
}

// has reports whether any layer, however deep, is one of those.
func has(layers []net.Layer, is func(net.Layer) bool) bool {
	for _, l := range layers {
		if is(l) {
			return true
		}
		if w, ok := l.(net.Wrapping); ok {
			if l = w.Wrapped(); is(l) {
				return true
			}
		}
		if inside, ok := l.(net.Nested); ok {
			for _, row := range inside.Rows() {
				if has(row, is) {
					return true
				}
			}
		}
	}
	return false
}

func (p *pass) Release() {
	p.forget()
	p.held.Release()
}

// forget gives every recorded list back.
func (p *pass) forget() {
	p.lists.Release()
	clear(p.ways)
	clear(p.steep)
	p.last, p.noted = nil, nil
}

// begin brings what the parts' passes are told to the GPU.
func (p *pass) begin(labels [][]int32, modes []engine.Mode) {
	p.e.drop()
	c := p.ctx
	c.modes, c.way = modes, wayOf(modes[0])
	if c.sites > 0 || c.fades() {
		var args [argCount]uint32
		for i, m := range modes {
			args[2*i], args[2*i+1] = halves(m.Seed)
		}
		args[alphaAt] = bitsOf(modes[0].Alpha)
		p.e.write(c.args, bytesOf(args[:]))
	}
	if c.labels.in == nil {
		return
	}
	for i, l := range labels {
		if l != nil {
			p.e.write(c.labels.part(i*c.rows, c.rows), bytesOf(l[:c.rows]))
		}
	}
}

// fades reports whether the pass needs α on the GPU.
func (c *ctx) fades() bool { return c.way.old && c.way.new }

// forward runs x (n, in) through, whose parts have those labels and modes of the same way.
func (p *pass) forward(x span, labels [][]int32, modes []engine.Mode) span {
	p.begin(labels, modes)
	key := forwardKey{x, p.ctx.way}
	f := p.ways[key]
	if f == nil {
		if len(p.ways) >= most {
			p.forget()
		}
		f = &forwardWay{key: key, back: map[backKey]*backWay{}}
		r := &recorder{e: p.e}
		f.y = p.chain.forward(r, x)
		f.play = p.lists.swap(nil, r.done())
		p.ways[key], p.noted = f, f
	}
	p.last = f
	p.run(f.play)
	return f.y
}

// run plays what needs the host before or after it.
func (p *pass) run(l *playable) {
	for _, before := range l.before {
		before(p.ctx)
	}
	m := p.ctx.modes[0]
	m.Reference.Begin(m.Batch)
	if p.ctx.way.held {
		for _, look := range l.looks {
			p.e.write(look(), bytesOf(m.Reference.Next()))
		}
	}
	p.e.play(l)
	if m.Batch && m.Reference != nil {
		for _, look := range l.looks {
			m.Reference.Keep(p.e.fetched([]span{look()})[0])
		}
	}
}

// renote brings the ops' notes back to those of the last forward.
func (p *pass) renote() {
	if p.noted != p.last {
		p.ctx.way = p.last.key.way
		p.chain.forward(&recorder{e: p.e, dry: true}, p.last.key.x)
		p.noted = p.last
	}
}

func (p *pass) backward(dy span, w engine.Wrt) span {
	p.e.drop()
	f := p.last
	if f == nil { // of a pass that failed, or was given back
		return span{}
	}
	key := backKey{dy, w, w&engine.Params != 0 && p.net.learns()}
	b := f.back[key]
	if b == nil {
		if len(f.back) >= most {
			for k, old := range f.back {
				p.lists.give(old.play)
				delete(f.back, k)
			}
		}
		p.renote()
		r := &recorder{e: p.e, fresh: key.fresh}
		b = &backWay{dx: p.chain.backward(r, dy, w)}
		b.play = p.lists.swap(nil, r.done())
		f.back[key] = b
	}
	p.e.play(b.play)
	return b.dx
}

func (p *pass) Forward(in engine.Batch, m engine.Mode) engine.Array {
	return p.result(p.forward(spanOf(in.X), [][]int32{in.Labels}, []engine.Mode{m}), p.out)
}

// result is a view of a pass's memory.
func (p *pass) result(s span, cols int) *Array {
	return &Array{e: p.e, span: s, rows: p.ctx.rows, cols: cols}
}

func (p *pass) Backward(dy engine.Array, w engine.Wrt) engine.Array {
	dx := p.backward(spanOf(dy), w)
	if w&engine.Input == 0 {
		return nil
	}
	return p.result(dx, p.in)
}

// Penalize: with g = ∇ₓD, mean c(‖g‖) over all rows of the batch; v = c′(‖g‖)·g/(n‖g‖) held fixed, the parameter
// gradients are those of Σ v·∇ₓD.
func (p *pass) Penalize(in engine.Batch, m engine.Mode, c engine.Curve, mean engine.Array) {
	p.begin([][]int32{in.Labels}, []engine.Mode{m})
	p.net.clear()
	key := steepKey{forwardKey{spanOf(in.X), p.ctx.way}, c.Form, spanOf(mean)}
	if p.weight.in == nil {
		p.weight = p.e.memory(p.held, 1)
	}
	p.e.write(p.weight, bytesOf([]float32{float32(c.Weight)}))
	l := p.steep[key]
	if l == nil {
		if len(p.steep) >= most {
			p.forget()
		}
		r := &recorder{e: p.e}
		p.demand(r, key)
		l = p.lists.swap(nil, r.done())
		p.steep[key] = l
	}
	p.last, p.noted = nil, nil
	p.run(l)
}

func (p *pass) demand(r *recorder, key steepKey) {
	rows := p.ctx.rows
	if p.ones.in == nil {
		ones := make([]float32, rows*p.out)
		for i := range rows {
			ones[i*p.out] = 1
		}
		p.ones, p.v, p.norms = p.ctx.buf(p.out), p.ctx.buf(p.in), p.ctx.buf(1)
		p.e.write(p.ones, bytesOf(ones))
	}
	p.chain.forward(r, key.x)
	g := p.chain.backward(r, p.ones, engine.Input)
	r.rows(rows, source("steep"), []konst{{"SIZE", p.in}, {"OVER", rows}, {"TO_ONE", key.form == engine.ToOne}},
		in("g", g), in("args", p.weight), out("v", p.v), out("shares", p.norms))
	r.rows(1, source("sum"), []konst{{"SIZE", rows}}, in("x", p.norms), out("y", key.mean))
	p.chain.push(r, p.v)
	p.chain.pull(r, span{}, engine.Params)
}
