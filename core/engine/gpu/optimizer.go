package gpu

import (
	"fmt"
	"math"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/weights"
)

// Optimizer holds one network's moments, a buffer each, so that an update is one dispatch.
type Optimizer struct {
	e       *Engine
	held    *held
	net     *Net
	spec    optim.Spec
	steps   int
	moments []span // in the order of spec.Moments
	args    span   // of an update: its rate, what Adam takes the root with, β₂ and 1 − β₂
	parts   span   // clip's sums, and the factor behind them
	update  *playable
}

func (e *Engine) Optimize(n engine.Net, s optim.Spec) (engine.Optimizer, error) {
	net, ok := n.(*Net)
	if !ok {
		panic("gpu: Optimize of another engine's network")
	}
	o := &Optimizer{e: e, net: net, spec: s}
	o.held = holding(e, o)
	if net.count == 0 {
		return o, e.Err()
	}
	o.args, o.parts = e.memory(o.held, 4), e.memory(o.held, clipRows+apart)
	for range s.Moments() {
		o.moments = append(o.moments, e.memory(o.held, net.weights.count))
	}
	return o, e.Err()
}

func (o *Optimizer) Release() { o.held.Release() }

func (o *Optimizer) ZeroGrad() {
	o.e.drop()
	o.net.forgotten = o.net.count > 0
}

func (o *Optimizer) Reset() {
	o.steps = 0
	for _, m := range o.moments {
		o.e.once(func(r *recorder) { r.each(m.count, source("zero"), nil, out("x", m)) })
	}
}

func (o *Optimizer) SetBeta2(beta2 float64) { o.spec.Beta2 = beta2 }

// clipRows is how many sums of squares a gradient's norm is made of.
const clipRows = 64

func (o *Optimizer) Step(lr float64) {
	o.e.drop()
	o.steps++
	if o.net.count == 0 {
		return
	}
	o.net.clear()
	args := []float32{float32(lr), 1, float32(o.spec.Beta2), float32(1 - o.spec.Beta2)}
	if o.spec.Rule == optim.Adam {
		t := float64(o.steps)
		args[0], args[1] = float32(lr/(1-math.Pow(o.spec.Beta1, t))), float32(1/math.Sqrt(1-math.Pow(o.spec.Beta2, t)))
	}
	o.e.write(o.args, bytesOf(args))
	if o.update == nil {
		r := &recorder{e: o.e}
		o.record(r)
		o.update = o.held.swap(nil, r.done())
	}
	o.e.play(o.update)
}

func (o *Optimizer) record(r *recorder) {
	n, s := o.net, o.spec
	size := n.weights.count
	factor := o.parts.part(clipRows, 1)
	if s.Clip > 0 {
		r.rows(clipRows, source("squares"), []konst{{"SIZE", size}}, in("x", n.grads), out("sums", o.parts.part(0, clipRows)))
		r.rows(1, source("clip"), []konst{{"PARTS", clipRows}, {"MOST", float32(s.Clip)}}, out("sums", o.parts.part(0, clipRows)), out("factor", factor))
		r.each(size, "fn each(i: u32) { x[i] = x[i] * factor[0]; }\n", nil, out("x", n.grads), in("factor", factor))
	}
	consts := []konst{{"KEEP", float32(s.Beta1)}, {"REST", float32(1 - s.Beta1)}, {"EPS", float32(s.Eps)}}
	buffers := []bound{out("w", n.weights), in("g", n.grads), out("m", o.moments[0]), in("args", o.args)}
	file := "sgd"
	switch s.Rule {
	case optim.Adam:
		file, buffers = "adam", append(buffers, out("v", o.moments[1]))
	case optim.RMSProp:
		file = "rmsprop"
	}
	r.each(size, source(file), consts, buffers...)
}

// each calls f for the part of every moment that belongs to each parameter.
func (o *Optimizer) each(f func(kind string, p net.Param, s span)) {
	for k, kind := range o.spec.Moments() {
		at := 0
		for _, p := range o.net.params {
			if !p.Buffer {
				f(kind, p, o.moments[k].part(at, p.Size()))
				at += padded(p.Size())
			}
		}
	}
}

func (o *Optimizer) State() ([]weights.Tensor, error) {
	ts := []weights.Tensor{weights.FromI64("step", []int{1}, []int64{int64(o.steps)})}
	if o.net.count == 0 {
		return ts, o.e.Err()
	}
	var spans []span
	o.each(func(_ string, _ net.Param, s span) { spans = append(spans, s) })
	values := o.e.fetched(spans)
	o.each(func(kind string, p net.Param, _ span) {
		ts = append(ts, weights.FromF32(kind+"."+p.Name, p.Shape, values[len(ts)-1]))
	})
	return ts, o.e.Err()
}

func (o *Optimizer) Load(ts []weights.Tensor) error {
	steps, rest, err := takeSteps(o.net.spec.Name, ts)
	if err != nil {
		return err
	}
	var want []net.Param
	for _, kind := range o.spec.Moments() {
		for _, p := range o.net.params {
			if !p.Buffer {
				p.Name = kind + "." + p.Name
				want = append(want, p)
			}
		}
	}
	values, err := engine.Match("optimizer."+strings.ToLower(o.net.spec.Name), want, rest)
	if err != nil {
		return err
	}
	k := 0
	if o.net.count > 0 {
		o.each(func(_ string, _ net.Param, s span) {
			o.e.write(s, bytesOf(values[k]))
			k++
		})
	}
	o.steps = steps
	return o.e.Err()
}

// takeSteps splits off the step count.
func takeSteps(owner string, ts []weights.Tensor) (steps int, rest []weights.Tensor, err error) {
	steps = -1
	for _, t := range ts {
		if t.Name != "step" {
			rest = append(rest, t)
			continue
		}
		v, err := t.I64()
		if err != nil || len(v) != 1 || v[0] < 0 {
			return 0, nil, fmt.Errorf("the optimizer's step count in the file is unreadable")
		}
		steps = int(v[0])
	}
	if steps < 0 {
		return 0, nil, fmt.Errorf("the file has no step count for the optimizer of the %s", owner)
	}
	return steps, rest, nil
}
