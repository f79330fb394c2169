package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// dense is a bound Linear with what may follow it.
// z (n, out) = x·Wᵀ + b; y = z where z > 0, else leak·z.
type dense struct {
	*ctx
	in, out int
	after   after
	w       weight
	b       view
	y, x    span // the last forward's
	g       slope
	t       span // the last push's
	made    struct{ y, dx, ty, px, sums, grads span }
}

func (b *binding) Linear(l net.Linear) op {
	d := &dense{ctx: b.ctx, in: b.in.Size(), out: l.Units, after: b.after, w: b.weight()}
	if !l.NoBias {
		d.b = b.take()
	}
	return d
}

// through: y = act(x·Wᵀ + b), without b where biased is false; act is the mask of by where that is something.
func (d *dense) through(r *recorder, x, y span, biased bool, by span) {
	p := product{m: d.n(), n: d.out, k: d.in, aDeep: true, bDeep: true, aSlope: !biased, text: d.w.text() + source("dense_nt"),
		from: append([]bound{in("x", x)}, d.w.bound()...), to: []bound{out("y", y)}}
	p.put = d.after.in(d.way).finish(&p, biased && d.b.w.in != nil, d.b, by, "m * N + n", "n")
	d.multiply(r, p, &d.made.sums)
}

func (d *dense) forward(r *recorder, x span) span {
	d.x, d.y = x, d.own(&d.made.y, d.n()*d.out)
	d.through(r, x, d.y, true, span{})
	return d.y
}

// masked is dy as a gradient at z.
func (d *dense) masked(dy span) slope { return d.after.in(d.way).masked(dy, d.y) }

func (d *dense) backward(r *recorder, dy span, w engine.Wrt) span {
	d.g = d.masked(dy)
	if w&engine.Params != 0 {
		d.learn(r, d.g, d.x, true)
	}
	if w&engine.Input == 0 {
		return span{}
	}
	return d.down(r, d.g, d.own(&d.made.dx, d.n()*d.in))
}

// learn: dW += dzᵀ·x and, with biased, db += the column sums of dz, which are its product with a column of ones behind x. Parts are
// added up by themselves, so that sums that cancel do so exactly.
func (d *dense) learn(r *recorder, g slope, x span, biased bool) {
	p := product{m: d.out, n: d.in, k: d.n(), pieces: d.parts, aSlope: true, bSlope: !biased, text: g.text() + source("dense_tn"), consts: append(g.consts(), konst{"IN", d.in}, r.adds()),
		from: append(g.bound(), in("x", x)), to: []bound{d.w.gradient()}}
	p.put = d.w.learn() + "fn put(m: u32, n: u32, z: u32, v: f32) { learn(m * IN + n, v); }\n"
	if biased && d.b.w.in != nil {
		p.n++
		p.to = append(p.to, out("biases", d.b.g))
		p.put = d.w.learn() + "fn put(m: u32, n: u32, z: u32, v: f32) {\n\tif (n < IN) { learn(m * IN + n, v); } else { biases[m] = select(0.0, biases[m], ADD) + v; }\n}\n"
	}
	d.multiply(r, p, &d.made.grads)
}

// down: dx = dz·W.
func (d *dense) down(r *recorder, g slope, dx span) span {
	p := product{m: d.n(), n: d.in, k: d.out, aDeep: true, aSlope: true, text: g.text() + d.w.text() + source("dense_nn"), consts: g.consts(),
		from: append(g.bound(), d.w.bound()...), to: []bound{out("dx", dx)},
		put: "fn put(m: u32, n: u32, z: u32, v: f32) { dx[m * N + n] = v; }\n"}
	d.multiply(r, p, &d.made.sums)
	return dx
}

// push: ż = ẋ·Wᵀ, without the bias; ẏ = ż under forward's mask.
func (d *dense) push(r *recorder, t span) span {
	d.t = t
	ty := d.own(&d.made.ty, d.n()*d.out)
	d.through(r, t, ty, false, d.y)
	return ty
}

// pull: S holds Σ g·(ẋ·Wᵀ), so ∂S/∂W has gᵀ·ẋ beside what comes down through y.
func (d *dense) pull(r *recorder, py span, w engine.Wrt) span {
	return pulled(r, d.after.in(d.way).bent(py, d.g.d, d.y, d.made.ty), w, d.g, d.t, d.x, d.learn, func(g slope) span { return d.down(r, g, d.own(&d.made.px, d.n()*d.in)) })
}

// pulled is the pull of a layer with a weight, for what comes down to z: learn takes a gradient at z and an input, down a gradient at z to
// the input.
func pulled(r *recorder, pz slope, w engine.Wrt, g slope, t, x span, learn func(*recorder, slope, span, bool), down func(slope) span) span {
	if w&engine.Params != 0 {
		learn(r, g, t, false)
	}
	if pz == (slope{}) {
		return span{}
	}
	if w&engine.Params != 0 {
		learn(r, pz, x, true)
	}
	if w&engine.Input == 0 {
		return span{}
	}
	return down(pz)
}
