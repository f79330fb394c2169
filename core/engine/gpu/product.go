package gpu

// product is a matrix product: what its factors are and where its results go, as WGSL. (M, K) times (K, N), z times over.
type product struct {
	m, n, k, z   int
	pieces       int     // equal parts of K that are added up by themselves; 0 is 1
	text         string  // fn a(m, k, z) -> f32, fn b(k, n, z) -> f32 and what they need
	put          string  // fn put(m, n, z, v)
	aDeep, bDeep bool    // the factor's values lie side by side along K
	aSlope       bool    // a's values are gradients or tangents, which may be far smaller than others
	bSlope       bool    // likewise
	consts       []konst // of all texts
	from         []bound // what a and b read
	to           []bound // what put reads and writes
}

const (
	enough   = 96  // workgroups that keep a GPU busy
	shortest = 256 // values of K worth a workgroup of its own
)

// multiply records a product. One with few results of many summands each is made by several workgroups a tile, whose sums
// another kernel adds up.
func (c *ctx) multiply(r *recorder, p product, part *span) {
	f := p.cut(c.tileOf(r, p), c.half)
	if !f.split {
		r.over(kernel{text: []string{p.text, p.put, f.text}, consts: f.consts, bound: append(append([]bound{}, p.from...), p.to...)}, f.across, f.down, f.layers)
		return
	}
	size := p.m * p.n
	if part.count < f.layers*size { // products that share it differ in size, such as gradients with and without a bias
		*part = c.e.memory(c.held, f.layers*size)
	}
	sums := part.part(0, f.layers*size)
	r.over(f.apart(p, sums), f.across, f.down, f.layers)
	r.each(size, p.put+source("pieces"), f.consts, append([]bound{in("sums", sums)}, p.to...)...)
}

// cutting is a product as a kernel makes it.
type cutting struct {
	text                 string
	consts               []konst
	across, down, layers int  // workgroups
	split                bool // layers are pieces of K, to be added up
}

// cut is a product in tiles, and in pieces where that keeps a GPU busy.
func (p product) cut(t tile, half bool) cutting {
	parts, more := max(1, p.pieces), 1
	f := cutting{text: t.product(half), across: (p.n + t.wide() - 1) / t.wide(), down: (p.m + t.high() - 1) / t.high(), layers: max(1, p.z)}
	if f.layers == 1 {
		more = max(1, min(enough/(f.across*f.down*parts), p.k/(parts*shortest)))
		if f.split = more > 2; !f.split { // twice as fast is not worth another kernel
			more = 1
		}
	}
	reach := p.k / parts // of one part, and of one of the pieces that it is cut into
	pieces := parts * more
	if f.split {
		f.layers = pieces
	}
	f.consts = append([]konst{{"M", p.m}, {"N", p.n}, {"K", p.k}, {"PIECES", pieces}, {"MORE", more}, {"REACH", reach}, {"LENGTH", (reach + more - 1) / more},
		{"SPLIT", f.split}, {"A_DEEP", p.aDeep}, {"B_DEEP", p.bDeep}}, p.consts...)
	if half {
		f.consts = append(f.consts, konst{"A_SCALE", scale(p.aSlope)}, konst{"B_SCALE", scale(p.bSlope)})
	}
	return f
}

// apart is the kernel that leaves each layer's results in sums, one layer behind the other.
func (f cutting) apart(p product, sums span) kernel {
	return kernel{text: []string{p.text, "fn put(m: u32, n: u32, z: u32, v: f32) { sums[(z * M + m) * N + n] = v; }\n", f.text},
		consts: f.consts, bound: append(append([]bound{}, p.from...), out("sums", sums))}
}

// scale is what a factor of halves is multiplied by.
func scale(slope bool) float32 {
	if slope {
		return slopeScale
	}
	return 1
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
