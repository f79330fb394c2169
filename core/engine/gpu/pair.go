package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// pair is two passes that are one pass over the rows of both, which starts half as many kernels. Either may also go alone, as a pass of
// its own.
type pair struct {
	both, a, b *pass
	x, dy      span // of both, one behind the other
	joins      map[joinKey]*playable
}

type joinKey struct{ a, b, to span }

// BindPair implements engine.Pairer. Spectral norm moves with every pass, so that with it two are not one.
func (n *Net) BindPair(rows int) (engine.Pair, error) {
	if err := n.check(rows); err != nil {
		return nil, err
	}
	var all []*pass
	for _, parts := range []int{1, 1, 2} {
		p, err := newPass(n, rows, parts)
		if err != nil {
			return nil, err
		}
		if all = append(all, p); len(all) == 2 && has(n.spec.Layers, func(l net.Layer) bool { _, is := l.(net.Spectral); return is }) {
			return engine.Apart(all[0], all[1]), n.e.Err()
		}
	}
	p := &pair{a: all[0], b: all[1], both: all[2], joins: map[joinKey]*playable{}}
	p.x, p.dy = p.both.ctx.buf(p.both.in), p.both.ctx.buf(p.both.out)
	return p, n.e.Err()
}

func (p *pair) Release() {
	clear(p.joins)
	p.both.Release()
	p.a.Release()
	p.b.Release()
}

func (p *pair) Passes() (a, b engine.Pass) { return p.a, p.b }

// join: to = a, and b behind it.
func (p *pair) join(a, b engine.Array, to span) {
	key := joinKey{spanOf(a), spanOf(b), to}
	l := p.joins[key]
	if l == nil {
		if len(p.joins) >= most {
			for k, old := range p.joins {
				p.both.held.give(old)
				delete(p.joins, k)
			}
		}
		r := &recorder{e: p.both.e}
		second, buffers := "b", []bound{in("a", key.a), out("to", to)}
		if key.a == key.b {
			second = "a"
		} else {
			buffers = append(buffers, in("b", key.b))
		}
		r.each(to.count, "fn each(i: u32) {\n\tif (i < HALF) { to[i] = a[i]; } else { to[i] = "+second+"[i - HALF]; }\n}\n", []konst{{"HALF", to.count / 2}}, buffers...)
		l = p.both.held.swap(nil, r.done())
		p.joins[key] = l
	}
	p.both.e.play(l)
}

func (p *pair) Forward(a, b engine.Batch, ma, mb engine.Mode) (ya, yb engine.Array) {
	p.join(a.X, b.X, p.x)
	y := p.both.forward(p.x, [][]int32{a.Labels, b.Labels}, []engine.Mode{ma, mb})
	half := p.both.ctx.rows * p.both.out
	return p.both.result(y.part(0, half), p.both.out), p.both.result(y.part(half, half), p.both.out)
}

// halves of dy.
func (p *pair) halves() (a, b span) {
	half := p.dy.count / 2
	return p.dy.part(0, half), p.dy.part(half, half)
}

// Slopes implements engine.Sloped.
func (p *pair) Slopes() (da, db engine.Array) {
	a, b := p.halves()
	return p.both.result(a, p.both.out), p.both.result(b, p.both.out)
}

func (p *pair) Backward(da, db engine.Array) {
	if a, b := p.halves(); spanOf(da) != a || spanOf(db) != b {
		p.join(da, db, p.dy)
	}
	p.both.backward(p.dy, engine.Params)
}
