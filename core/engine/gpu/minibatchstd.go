package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// minibatchStd: with deviations d (n, F) of N rows from each feature's mean and σ (F), s = mean of σ, ∂s/∂x = d/(N·F·σ). Each
// part is a batch of its own.
type minibatchStd struct {
	*ctx
	size, area int
	held       bool // s came from a reference in the last forward
	x, t       span
	made       struct{ y, dx, ty, px, s, moved, stats, slope, turn span } // s (parts); moved (parts) ṡ; slope, turn (parts) what dy and py say of s
}

func (b *binding) MinibatchStd(net.MinibatchStd) op {
	return &minibatchStd{ctx: b.ctx, size: b.in.Size(), area: b.in.H * b.in.W}
}

func (m *minibatchStd) consts(more ...konst) []konst {
	return append([]konst{{"SIZE", m.size}, {"AREA", m.area}, {"EACH", m.rows}, {"ALL", m.parts * m.size}}, more...)
}

// statistics is (4, parts, F): means, σ, and of the last push the tangent's means and σ̇.
func (m *minibatchStd) statistics() span { return m.own(&m.made.stats, 4*m.parts*m.size) }

func (m *minibatchStd) forward(r *recorder, x span) span {
	m.x, m.held = x, m.way.held
	s := m.own(&m.made.s, m.parts)
	r.looks = append(r.looks, func() span { return s.part(0, 1) })
	if !m.held {
		r.each(m.parts*m.size, source("batchstd"), m.consts(konst{"EPS", float32(1e-8)}), in("x", x), out("stats", m.statistics()))
		m.average(r, s, 1)
	}
	return m.beside(r, &m.made.y, x, s)
}

// average: to (parts) = the means over F of the statistics' part k.
func (m *minibatchStd) average(r *recorder, to span, k int) {
	r.rows(m.parts, source("batchstd_mean"), m.consts(konst{"AT", k * m.parts * m.size}), in("stats", m.statistics()), out("to", to))
}

// beside: y (n, F + area) is x (n, F) with s behind every row.
func (m *minibatchStd) beside(r *recorder, to *span, x, s span) span {
	width := m.size + m.area
	y := m.own(to, m.n()*width)
	r.each(m.n()*width, source("batchstd_beside"), m.consts(), in("x", x), in("s", s), out("y", y))
	return y
}

// statistic is what dy (n, F + area) says of s, over each part.
func (m *minibatchStd) statistic(r *recorder, to *span, dy span) span {
	s := m.own(to, m.parts)
	r.rows(m.parts, source("batchstd_slope"), m.consts(), in("dy", dy), out("slope", s))
	return s
}

func (m *minibatchStd) backward(r *recorder, dy span, w engine.Wrt) span {
	if w&engine.Input == 0 {
		return span{}
	}
	dx := m.own(&m.made.dx, m.n()*m.size)
	if m.held {
		r.each(m.n()*m.size, source("cut"), []konst{{"IN", m.size}, {"OUT", m.size + m.area}}, in("src", dy), out("dst", dx))
		return dx
	}
	slope := m.statistic(r, &m.made.slope, dy)
	r.each(m.n()*m.size, source("batchstd_back"), m.consts(), in("dy", dy), in("x", m.x), in("stats", m.statistics()), in("slope", slope), out("dx", dx))
	return dx
}

// push: σ̇ = mean of d·ẋ over σ, ṡ its mean.
func (m *minibatchStd) push(r *recorder, t span) span {
	m.t = t
	moved := m.own(&m.made.moved, m.parts)
	r.each(m.parts*m.size, source("batchstd_push"), m.consts(), in("x", m.x), in("dt", t), out("stats", m.statistics()))
	m.average(r, moved, 3)
	return m.beside(r, &m.made.ty, t, moved)
}

// pull: what py says of x and s, and slope times the derivative of d/(N·F·σ) along ẋ: (ḋ/σ − d·σ̇/σ²)/(N·F).
func (m *minibatchStd) pull(r *recorder, py span, w engine.Wrt) span {
	if w&engine.Input == 0 {
		return span{}
	}
	buffers := []bound{in("x", m.x), in("dt", m.t), in("stats", m.statistics()), in("slope", m.made.slope), out("px", m.own(&m.made.px, m.n()*m.size))}
	if py.in != nil {
		buffers = append(buffers, in("py", py), in("turn", m.statistic(r, &m.made.turn, py)))
	}
	text := source("batchstd_pull")
	if py.in == nil {
		text += "fn handed(row: u32, j: u32, part: u32, d: f32, s: f32) -> f32 { return 0.0; }\n"
	} else {
		text += "fn handed(row: u32, j: u32, part: u32, d: f32, s: f32) -> f32 { return py[row * (SIZE + AREA) + j] + turn[part] / f32(EACH * SIZE) * d / s; }\n"
	}
	r.each(m.n()*m.size, text, m.consts(), buffers...)
	return m.made.px
}
