package gpu

// recorder collects the dispatches of one pass in one mode, to be played again whenever that comes.
type recorder struct {
	e      *Engine
	dry    bool // only the layers' own notes of the pass are wanted
	fresh  bool // gradients take the place of what is there, which is old
	ds     []Dispatch
	moved  int               // bytes that the dispatches are bound to
	before []func(c *ctx)    // brings what a layer needs from the host
	looks  []func() (s span) // what layers measure of a batch, in the order of computation
}

// adds is the constant ADD of kernels that learn: whether they add to the gradient that is there.
func (r *recorder) adds() konst { return konst{"ADD", !r.fresh} }

// over dispatches a kernel with so many workgroups.
func (r *recorder) over(k kernel, x, y, z int) {
	if r.dry || r.e.failed() {
		return
	}
	k.check()
	p := r.e.program(k)
	if p == nil {
		return
	}
	if most := r.e.limits.Groups; x > most || y > most || z > most {
		panic("gpu: more workgroups than a GPU takes")
	}
	d := Dispatch{Program: p, Groups: [3]int{x, y, z}}
	for _, b := range k.bound {
		d.Bindings = append(d.Bindings, b.span.binding())
		r.moved += 4 * b.span.count
	}
	r.ds = append(r.ds, d)
}

// each runs text's fn each(i: u32) for i from 0 to n−1.
func (r *recorder) each(n int, text string, consts []konst, buffers ...bound) {
	const size = 256
	groups := (n + size - 1) / size
	wide := min(groups, r.e.limits.Groups)
	k := kernel{text: []string{text, source("each")}, consts: append([]konst{{"COUNT", n}, {"WIDE", wide * size}}, consts...), bound: buffers}
	r.over(k, wide, (groups+wide-1)/wide, 1)
}

// rows runs text's fn row(i: u32, t: u32) for i from 0 to n−1, each by a workgroup of 256 threads t, which can add up their values by
// fn total(v: f32, t: u32) -> f32.
func (r *recorder) rows(n int, text string, consts []konst, buffers ...bound) {
	wide := min(n, r.e.limits.Groups)
	k := kernel{text: []string{source("total"), text, source("rows")}, consts: append([]konst{{"ROWS", n}, {"WIDE", wide}}, consts...), bound: buffers}
	r.over(k, wide, (n+wide-1)/wide, 1)
}

// playable is a recorded list with what there is to say of it.
type playable struct {
	list   List
	length int
	moved  int
	before []func(c *ctx)
	looks  []func() span
}

// done makes a list of what was recorded.
func (r *recorder) done() *playable {
	p := &playable{length: len(r.ds), moved: r.moved, before: r.before, looks: r.looks}
	if len(r.ds) == 0 || r.e.failed() {
		return p
	}
	var err error
	if p.list, err = r.e.device.Record(r.ds); err != nil {
		r.e.fail(err)
	}
	return p
}

func (p *playable) Release() {
	if p.list != nil {
		p.list.Release()
	}
	p.list = nil
}

// play computes a recorded list.
func (e *Engine) play(p *playable) {
	if p.list == nil || e.failed() {
		return
	}
	e.device.Play(p.list)
	e.stats.Dispatches += p.length
	e.stats.Bound += p.moved
}

// once records and plays what f asks for, and keeps nothing of it.
func (e *Engine) once(f func(r *recorder)) {
	e.drop()
	r := &recorder{e: e}
	f(r)
	p := r.done()
	e.play(p)
	p.Release()
}
