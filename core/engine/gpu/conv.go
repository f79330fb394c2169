package gpu

import (
	"ganvas/core/engine"
	"ganvas/core/net"
)

// conv is a bound Conv2d, or the transposed one that is its adjoint, with what may follow it.
type conv struct {
	*ctx
	net.Geometry
	transposed bool
	after      after
	w          weight
	b          view
	y, x       span // the last forward's
	g          slope
	t          span // the last push's
	made       struct{ y, dx, ty, px, gathered, scattered, grads span }
}

func (b *binding) Conv2d(l net.Conv2d) op { return b.conv(l.Geometry(b.in), false, !l.NoBias) }

func (b *binding) ConvTranspose2d(l net.ConvTranspose2d) op {
	return b.conv(l.Geometry(b.in), true, !l.NoBias)
}

func (b *binding) conv(g net.Geometry, transposed, biased bool) op {
	c := &conv{ctx: b.ctx, Geometry: g, transposed: transposed, after: b.after, w: b.weight()}
	if biased {
		c.b = b.take()
	}
	return c
}

// sizes are the values of what goes in and comes out, over all rows.
func (c *conv) sizes() (in, out int) {
	if c.transposed {
		return c.n() * c.Maps.Size(), c.n() * c.Image.Size()
	}
	return c.n() * c.Image.Size(), c.n() * c.Maps.Size()
}

func (c *conv) geometry() []konst {
	s := c.Stride
	return []konst{{"IC", c.Image.C}, {"IH", c.Image.H}, {"IW", c.Image.W}, {"MC", c.Maps.C}, {"MH", c.Maps.H}, {"MW", c.Maps.W}, {"KS", c.Kernel}, {"ST", s}, {"PD", c.Pad},
		{"TS", (c.Kernel + s - 1) / s}, {"HJ", (c.Image.H + s - 1) / s}, {"WJ", (c.Image.W + s - 1) / s}}
}

// gather: y, maps, of images; scatter: y, images, of maps. With finished, y is the layer's result; by masks it as finish says.
func (c *conv) gather(r *recorder, s slope, y span, finished, biased bool, by span) span {
	area := c.Maps.H * c.Maps.W
	p := product{m: c.Maps.C, n: c.n() * area, k: c.Image.C * c.Kernel * c.Kernel, aDeep: true, bSlope: !biased, text: s.text() + c.w.text() + source("gather")}
	return c.walk(r, p, s, y, finished, biased, by, "(n / (MH * MW) * MC + m) * (MH * MW) + n % (MH * MW)", "", &c.made.gathered)
}

func (c *conv) scatter(r *recorder, s slope, y span, finished, biased bool, by span) span {
	k := (c.Kernel + c.Stride - 1) / c.Stride
	h, w := (c.Image.H+c.Stride-1)/c.Stride, (c.Image.W+c.Stride-1)/c.Stride
	p := product{m: c.Image.C, n: c.n() * h * w, k: c.Maps.C * k * k, z: c.Stride * c.Stride, aDeep: true, bSlope: !biased, text: s.text() + c.w.text() + source("scatter")}
	return c.walk(r, p, s, y, finished, biased, by, "place(m, n, z)", source("scatter_place"), &c.made.scattered)
}

func (c *conv) walk(r *recorder, p product, s slope, y span, finished, biased bool, by span, at, where string, sums *span) span {
	follows := after{leak: 1}
	if finished {
		follows = c.after.in(c.way)
	}
	p.from = append(s.bound(), c.w.bound()...)
	p.to = []bound{out("y", y)}
	p.consts = append(c.geometry(), s.consts()...)
	p.put = follows.finish(&p, biased && c.b.w.in != nil, c.b, by, at, "m") + where
	c.multiply(r, p, sums)
	return y
}

func (c *conv) through(r *recorder, x, y span, biased bool, by span) span {
	if c.transposed {
		return c.scatter(r, slope{d: x}, y, true, biased, by)
	}
	return c.gather(r, slope{d: x}, y, true, biased, by)
}

func (c *conv) forward(r *recorder, x span) span {
	_, out := c.sizes()
	c.x, c.y = x, c.own(&c.made.y, out)
	return c.through(r, x, c.y, true, span{})
}

func (c *conv) masked(dy span) slope { return c.after.in(c.way).masked(dy, c.y) }

func (c *conv) down(r *recorder, g slope, dx span) span {
	if c.transposed {
		return c.gather(r, g, dx, false, false, span{})
	}
	return c.scatter(r, g, dx, false, false, span{})
}

func (c *conv) backward(r *recorder, dy span, w engine.Wrt) span {
	c.g = c.masked(dy)
	if w&engine.Params != 0 {
		c.learn(r, c.g, c.x, true)
	}
	if w&engine.Input == 0 {
		return span{}
	}
	in, _ := c.sizes()
	return c.down(r, c.g, c.own(&c.made.dx, in))
}

// learn adds the gradients of the weight and, with biased, of the bias, for the gradient g at z and the input x.
func (c *conv) learn(r *recorder, g slope, x span, biased bool) {
	tangent := !biased // in place of x
	biased = biased && c.b.w.in != nil
	taps := c.Image.C * c.Kernel * c.Kernel
	p := product{m: c.Maps.C, n: taps, k: c.n() * c.Maps.H * c.Maps.W, pieces: c.parts, aDeep: true, bDeep: true, aSlope: !c.transposed || tangent, bSlope: c.transposed || tangent, consts: append(append(c.geometry(), r.adds()), g.consts()...),
		from: append(g.bound(), in("x", x)), to: []bound{c.w.gradient()},
		put: c.w.learn() + "fn put(m: u32, n: u32, z: u32, v: f32) { learn(m * (IC * KS * KS) + n, v); }\n"}
	p.text = g.text() + "fn maps(i: u32) -> f32 { return g(i); }\nfn image(i: u32) -> f32 { return x[i]; }\n" + source("taps")
	if c.transposed {
		p.text = g.text() + "fn maps(i: u32) -> f32 { return x[i]; }\nfn image(i: u32) -> f32 { return g(i); }\n" + source("taps")
	} else if biased {
		p.n++
		p.to = append(p.to, out("biases", c.b.g))
		p.put = c.w.learn() + "fn put(m: u32, n: u32, z: u32, v: f32) {\n\tif (n < IC * KS * KS) { learn(m * (IC * KS * KS) + n, v); } else { biases[m] = select(0.0, biases[m], ADD) + v; }\n}\n"
	}
	c.multiply(r, p, &c.made.grads)
	if biased && c.transposed {
		consts := append([]konst{{"PARTS", c.parts}, {"EACH", c.rows}, {"AREA", c.Image.H * c.Image.W}, r.adds()}, g.consts()...)
		r.rows(c.Image.C, g.text()+source("channel"), consts, append(g.bound(), out("biases", c.b.g))...)
	}
}

func (c *conv) push(r *recorder, t span) span {
	_, out := c.sizes()
	c.t = t
	return c.through(r, t, c.own(&c.made.ty, out), false, c.y)
}

func (c *conv) pull(r *recorder, py span, w engine.Wrt) span {
	return pulled(r, c.after.in(c.way).bent(py, c.g.d, c.y, c.made.ty), w, c.g, c.t, c.x, c.learn, func(g slope) span {
		in, _ := c.sizes()
		return c.down(r, g, c.own(&c.made.px, in))
	})
}
