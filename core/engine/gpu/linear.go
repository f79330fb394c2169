package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// placing is a layer that only brings values to other places, or adds some up: y is linear in x but for what it puts where
// nothing comes from. Its texts are fn each(i: u32) of from and to.
type placing struct {
	*ctx
	in, out    int
	there      string         // y of x
	back       string         // its adjoint, dx of dy
	consts     []konst        //
	beside     func() []bound // what there also reads
	still      []konst        // of tangents, in place of those of the same name
	made       struct{ y, dx, ty, px span }
	unless     func() bool // hands everything on; nil for never
	handed     bool        // in the last forward
	allAdjoint bool
}

func (p *placing) run(r *recorder, text string, to *span, cols int, from span, consts []konst, beside []bound) span {
	result := p.own(to, p.n()*cols)
	r.each(p.n()*cols, text, consts, append([]bound{in("src", from), out("dst", result)}, beside...)...)
	return result
}

func (p *placing) also() []bound {
	if p.beside == nil {
		return nil
	}
	return p.beside()
}

func (p *placing) forward(r *recorder, x span) span {
	if p.handed = p.unless != nil && p.unless(); p.handed {
		return x
	}
	return p.run(r, p.there, &p.made.y, p.out, x, p.consts, p.also())
}

func (p *placing) adjoint(r *recorder, to *span, dy span, w engine.Wrt) span {
	switch {
	case dy.in == nil || w&engine.Input == 0:
		return span{}
	case p.handed:
		return dy
	}
	var beside []bound
	if p.allAdjoint {
		beside = p.also()
	}
	return p.run(r, p.back, to, p.in, dy, p.tangent(), beside)
}

func (p *placing) backward(r *recorder, dy span, w engine.Wrt) span {
	return p.adjoint(r, &p.made.dx, dy, w)
}

// tangent is the constants of a tangent pass.
func (p *placing) tangent() []konst {
	all := append([]konst{}, p.consts...)
	for _, s := range p.still {
		for i := range all {
			if all[i].name == s.name {
				all[i] = s
			}
		}
	}
	return all
}

func (p *placing) push(r *recorder, t span) span {
	if p.handed {
		return t
	}
	return p.run(r, p.there, &p.made.ty, p.out, t, p.tangent(), p.also())
}

func (p *placing) pull(r *recorder, py span, w engine.Wrt) span {
	return p.adjoint(r, &p.made.px, py, w)
}

func (b *binding) OneHot(l net.OneHot) op {
	plane := b.in.H * b.in.W
	return &placing{ctx: b.ctx, in: b.in.Size(), out: b.in.Size() + l.Classes*plane, there: source("onehot"), back: source("cut"),
		consts: []konst{{"IN", b.in.Size()}, {"OUT", b.in.Size() + l.Classes*plane}, {"PLANE", plane}, {"HOT", float32(1)}}, still: []konst{{"HOT", float32(0)}},
		beside: func() []bound { return []bound{words("labels", b.labels)} }}
}

func (b *binding) Pad(l net.Pad) op {
	o, _ := l.Out(b.in) // accepted when the spec was
	// By may be below zero: rows and columns are counted from a place that no cut reaches.
	const far = 1 << 20
	return &placing{ctx: b.ctx, in: b.in.Size(), out: o.Size(), there: source("pad"), back: source("unpad"),
		consts: []konst{{"IH", b.in.H}, {"IW", b.in.W}, {"OH", o.H}, {"OW", o.W}, {"FAR", far}, {"BY", far + l.By}, {"VALUE", float32(l.Value)}}, still: []konst{{"VALUE", float32(0)}}}
}

func (b *binding) Upsample(l net.Upsample) op {
	return b.resample(b.in, l.Scale, true, 1)
}

func (b *binding) AvgPool(l net.AvgPool) op {
	return b.resample(net.Shape{C: b.in.C, H: b.in.H / l.Size, W: b.in.W / l.Size}, l.Size, false, 1/float32(l.Size*l.Size))
}

func (b *binding) SumPool(l net.SumPool) op {
	return b.resample(net.Shape{C: b.in.C, H: b.in.H / l.Size, W: b.in.W / l.Size}, l.Size, false, 1)
}

// Blur is its own adjoint.
func (b *binding) Blur(net.Blur) op {
	return &placing{ctx: b.ctx, in: b.in.Size(), out: b.in.Size(), there: source("blur"), back: source("blur"), consts: []konst{{"H", b.in.H}, {"W", b.in.W}}}
}

// resample goes between small feature maps and ones k times as wide and high; both ways take the factor.
func (b *binding) resample(small net.Shape, k int, up bool, factor float32) op {
	p := &placing{ctx: b.ctx, in: small.Size() * k * k, out: small.Size(), there: source("collect"), back: source("spread"),
		consts: []konst{{"SW", small.W}, {"SCALE", k}, {"FACTOR", factor}}}
	if up {
		p.in, p.out, p.there, p.back = p.out, p.in, p.back, p.there
	}
	return p
}

// Dropout's mask is its own adjoint.
func (b *binding) Dropout(l net.Dropout) op {
	cols := b.in.Size()
	d := b.dropping(l, cols)
	return &placing{ctx: b.ctx, in: cols, out: cols, there: source("keeps") + source("drop"), back: source("keeps") + source("drop"), allAdjoint: true, consts: d.consts,
		beside: func() []bound { return []bound{words("args", b.args)} },
		unless: func() bool { return !b.way.train || l.P == 0 }}
}

// Noise does not depend on what it is added to.
func (b *binding) Noise(l net.Noise) op {
	low, high := halves(b.site())
	cols := b.in.Size()
	return &noise{placing: placing{ctx: b.ctx, in: cols, out: cols, there: source("noise"),
		consts: []konst{{"LOW", int(low)}, {"HIGH", int(high)}, {"PART", b.rows * cols}, {"STD", float32(l.Std)}},
		beside: func() []bound { return []bound{words("args", b.args)} },
		unless: func() bool { return !b.way.train || l.Std == 0 }}}
}

type noise struct {
	placing
	same
}

func (n *noise) forward(r *recorder, x span) span { return n.placing.forward(r, x) }
func (n *noise) backward(_ *recorder, dy span, w engine.Wrt) span {
	return n.same.backward(nil, dy, w)
}
func (n *noise) push(_ *recorder, t span) span                { return t }
func (n *noise) pull(_ *recorder, py span, w engine.Wrt) span { return result(py, w) }
