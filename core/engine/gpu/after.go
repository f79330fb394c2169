package gpu

import "ganvas/core/net"

// after is what follows a layer with a product and is part of its kernels: tanh, or a leaky activation and dropout.
type after struct {
	leak float32 // 1 for none
	drop *dropping
	tanh bool
}

// dropping is a dropout; kept is how much larger it makes what it leaves.
type dropping struct {
	kept   float32
	consts []konst
	args   span
}

// dropping is that of so many values a row.
func (b *binding) dropping(l net.Dropout, cols int) *dropping {
	low, high := halves(b.site())
	p := float32(l.P)
	return &dropping{kept: 1 / (1 - p), args: b.args,
		consts: []konst{{"LOW", int(low)}, {"HIGH", int(high)}, {"PART", b.rows * cols}, {"BELOW", int(uint32(float64(p) * (1 << 24)))}, {"KEPT", 1 / (1 - p)}}}
}

// in is what is left of it in passes of that way.
func (a after) in(w way) after {
	if !w.train {
		a.drop = nil
	}
	return a
}

func (a after) nothing() bool { return a.leak == 1 && a.drop == nil && !a.tanh }

// mask is the derivative of the result y, as WGSL. Only what was dropped is 0.
func (a after) mask(y string) string {
	switch {
	case a.tanh:
		return "(1.0 - " + y + " * " + y + ")"
	case a.drop == nil:
		return "select(LEAK, 1.0, " + y + " > 0.0)"
	}
	return "KEPT * select(select(0.0, LEAK, " + y + " < 0.0), 1.0, " + y + " > 0.0)"
}

// consts are mask's.
func (a after) consts() []konst {
	if a.tanh {
		return nil
	}
	all := []konst{{"LEAK", a.leak}}
	if a.drop != nil {
		all = append(all, konst{"KEPT", a.drop.kept})
	}
	return all
}

// finish is the put of a layer's result: with its bias, and with what follows or, where by is something, under its mask.
func (a after) finish(p *product, biased bool, b view, by span, at, channel string) string {
	v := "v"
	if biased {
		v = "v + bias[" + channel + "]"
		p.to = append(p.to, in("bias", b.w))
	}
	text := "fn put(m: u32, n: u32, z: u32, v: f32) {\n\tlet at = " + at + ";\n\tif (at == 4294967295u) { return; }\n\tlet s = " + v + ";\n"
	switch {
	case a.nothing():
		return text + "\ty[at] = s;\n}\n"
	case by.in != nil:
		p.to, p.consts = append(p.to, in("by", by)), append(p.consts, a.consts()...)
		return text + "\tlet r = by[at];\n\ty[at] = s * " + a.mask("r") + ";\n}\n"
	case a.tanh:
		return text + "\ty[at] = " + tanhOf("s") + ";\n}\n"
	case a.drop == nil:
		p.consts = append(p.consts, a.consts()...)
		return text + "\ty[at] = s * select(LEAK, 1.0, s > 0.0);\n}\n"
	}
	// What is left is never quite 0, which tells it from what was dropped.
	p.to, p.consts = append(p.to, words("args", a.drop.args)), append(append(p.consts, konst{"LEAK", a.leak}), a.drop.consts...)
	return source("keeps") + text + "\tvar r = 0.0;\n\tif (keeps(at)) {\n\t\tr = KEPT * s * select(LEAK, 1.0, s > 0.0);\n\t\tr = select(r, -1.1754944e-38, r == 0.0);\n\t}\n\ty[at] = r;\n}\n"
}

// masked is the gradient dy at the result y as one in front of what follows.
func (a after) masked(dy, y span) slope {
	if a.nothing() {
		return slope{d: dy}
	}
	return slope{d: dy, y: y, after: a}
}

// bent is what a pull has in front of what follows: py under the mask, where that is something, and how the mask bends, for the gradient dy
// of the last backward and the result's tangent ty. Nothing where both are zero.
func (a after) bent(py, dy, y, ty span) slope {
	switch {
	case a.tanh:
		return slope{d: py, y: y, after: a, dy: dy, ty: ty}
	case py.in == nil:
		return slope{}
	}
	return a.masked(py, y)
}
