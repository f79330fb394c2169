package gpu

// product is a matrix product: what its factors are and where its results go, as WGSL. (M, K) times (K, N), z times over.
type product struct {
	m, n, k, z   int
	pieces       int     // equal parts of K that are added up by themselves; 0 is 1
	text         string  // fn a(m, k, z) -> f32, fn b(k, n, z) -> f32 and what they need
	put          string  // fn put(m, n, z, v)
	aDeep, bDeep bool    // the factor's values lie side by side along K
	consts       []konst // of all texts
	from         []bound // what a and b read
	to           []bound // what put reads and writes
}

const (
	tile     = 32
	enough   = 96  // workgroups that keep a GPU busy
	shortest = 256 // values of K worth a workgroup of its own
)

// multiply records a product. One with few results of many summands each is made by several workgroups a tile, whose sums
// another kernel adds up.
func (c *ctx) multiply(r *recorder, p product, part *span) {
	parts, more := max(1, p.pieces), 1
	across, down := (p.n+tile-1)/tile, (p.m+tile-1)/tile
	split := false
	if p.z <= 1 {
		p.z = 1
		more = max(1, min(enough/(across*down*parts), p.k/(parts*shortest)))
		if split = more > 2; !split { // twice as fast is not worth another kernel
			more = 1
		}
	}
	reach := p.k / parts // of one part, and of one of the pieces that it is cut into
	length := (reach + more - 1) / more
	pieces := parts * more
	consts := append([]konst{{"M", p.m}, {"N", p.n}, {"K", p.k}, {"PIECES", pieces}, {"MORE", more}, {"REACH", reach}, {"LENGTH", length},
		{"SPLIT", split}, {"A_DEEP", p.aDeep}, {"B_DEEP", p.bDeep}}, p.consts...)
	if !split {
		r.over(kernel{text: []string{p.text, p.put, source("product")}, consts: consts, bound: append(append([]bound{}, p.from...), p.to...)}, across, down, p.z)
		return
	}
	size := p.m * p.n
	if part.count < pieces*size { // products that share it differ in size, such as gradients with and without a bias
		*part = c.e.memory(c.held, pieces*size)
	}
	sums := part.part(0, pieces*size)
	r.over(kernel{text: []string{p.text, "fn put(m: u32, n: u32, z: u32, v: f32) { sums[(z * M + m) * N + n] = v; }\n", source("product")},
		consts: consts, bound: append(append([]bound{}, p.from...), out("sums", sums))}, across, down, pieces)
	r.each(size, p.put+source("pieces"), consts, append([]bound{in("sums", sums)}, p.to...)...)
}

// slope is a gradient d at the result y of a layer, under the mask of what follows its product; d itself where y is nothing.
type slope struct {
	d, y   span
	after  after
	dy, ty span // of what bends, see after.bent; nothing elsewhere
}

// text is fn g(i: u32) -> f32, the slope's value i.
func (s slope) text() string {
	if s.y.in == nil {
		return "fn g(i: u32) -> f32 { return slope[i]; }\n"
	}
	v := "slope[i] * " + s.after.mask("r")
	if s.dy.in != nil {
		bend := "-2.0 * r * gradient[i] * tangent[i]"
		if v += " + " + bend; s.d.in == nil {
			v = bend
		}
	}
	return "fn g(i: u32) -> f32 {\n\tlet r = result[i];\n\treturn " + v + ";\n}\n"
}

func (s slope) consts() []konst {
	if s.y.in == nil {
		return nil
	}
	return s.after.consts()
}

func (s slope) bound() []bound {
	if s.y.in == nil {
		return []bound{in("slope", s.d)}
	}
	all := []bound{in("result", s.y)}
	if s.d.in != nil {
		all = append(all, in("slope", s.d))
	}
	if s.dy.in != nil {
		all = append(all, in("gradient", s.dy), in("tangent", s.ty))
	}
	return all
}

// weight is a product's weight: a parameter, taken with a factor that is known, or with one that was computed.
type weight struct {
	view
	scale float32
	under span // 1 value; nothing for none
	into  span // where the gradient is added in place of g; nothing for none
}

func (b *binding) weight() weight {
	return weight{view: b.take(), scale: b.scale, under: b.under, into: b.into}
}

// text is fn w(i: u32) -> f32, the weight's value i.
func (w weight) text() string {
	switch {
	case w.under.in != nil:
		return "fn w(i: u32) -> f32 { return weights[i] * under[0]; }\n"
	case w.scale != 1:
		return "fn w(i: u32) -> f32 { return " + literal(w.scale) + " * weights[i]; }\n"
	}
	return "fn w(i: u32) -> f32 { return weights[i]; }\n"
}

func (w weight) bound() []bound {
	if w.under.in != nil {
		return []bound{in("weights", w.w), in("under", w.under)}
	}
	return []bound{in("weights", w.w)}
}

// learn is fn learn(i: u32, v: f32), which takes the gradient of the weight's value i.
func (w weight) learn() string {
	if w.scale != 1 {
		return "fn learn(i: u32, v: f32) { learned[i] = select(0.0, learned[i], ADD) + " + literal(w.scale) + " * v; }\n"
	}
	return "fn learn(i: u32, v: f32) { learned[i] = select(0.0, learned[i], ADD) + v; }\n"
}

func (w weight) gradient() bound {
	if w.into.in != nil {
		return out("learned", w.into)
	}
	return out("learned", w.g)
}
