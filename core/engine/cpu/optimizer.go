package cpu

import (
	"fmt"
	"math"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/weights"
)

// Optimizer holds one network's moments, a slab each.
type Optimizer struct {
	net     *Net
	spec    optim.Spec
	steps   int
	moments [][]float32 // in the order of spec.Moments
}

func (e *Engine) Optimize(n engine.Net, s optim.Spec) (engine.Optimizer, error) {
	net, ok := n.(*Net)
	if !ok {
		panic("cpu: Optimize of another engine's network")
	}
	o := &Optimizer{net: net, spec: s}
	for range s.Moments() {
		o.moments = append(o.moments, make([]float32, len(net.weights)))
	}
	return o, nil
}

func (o *Optimizer) Release() { o.moments = nil }

func (o *Optimizer) ZeroGrad() { o.net.forget() }

func (o *Optimizer) Reset() {
	o.steps = 0
	for _, m := range o.moments {
		clear(m)
	}
}

func (o *Optimizer) SetBeta2(beta2 float64) { o.spec.Beta2 = beta2 }

func (o *Optimizer) Step(lr float64) {
	n := o.net
	n.settle()
	n.e.group.Sum(n.grads)
	o.clip()
	o.steps++
	switch o.spec.Rule {
	case optim.Adam:
		t := float64(o.steps)
		f32.Adam(n.weights, n.grads, o.moments[0], o.moments[1], f32.AdamStep{
			Rate:  float32(lr / (1 - math.Pow(o.spec.Beta1, t))),
			Root:  float32(1 / math.Sqrt(1-math.Pow(o.spec.Beta2, t))),
			Beta1: o.spec.Beta1, Beta2: o.spec.Beta2, Eps: float32(o.spec.Eps),
		})
	case optim.RMSProp:
		rmsprop(n.weights, n.grads, o.moments[0], float32(lr), o.spec.Beta2, float32(o.spec.Eps))
	default:
		sgd(n.weights, n.grads, o.moments[0], float32(lr), float32(o.spec.Beta1))
	}
}

// clip scales the gradients down to the largest norm allowed.
func (o *Optimizer) clip() {
	if o.spec.Clip <= 0 {
		return
	}
	var sum float64
	for _, g := range o.net.grads {
		sum += float64(g) * float64(g)
	}
	if s := o.spec.ClipScale(math.Sqrt(sum)); s < 1 {
		for i := range o.net.grads {
			o.net.grads[i] *= s
		}
	}
}

// rmsprop: v ← αv + (1−α)g²; w ← w − lr·g/(√v + ε).
func rmsprop(w, g, v []float32, lr float32, alpha float64, eps float32) {
	keep, rest := float32(alpha), float32(1-alpha)
	for i, x := range g {
		v[i] = keep*v[i] + rest*x*x
		w[i] -= lr * x / (float32(math.Sqrt(float64(v[i]))) + eps)
	}
}

// sgd: b ← µb + g; w ← w − lr·b.
func sgd(w, g, b []float32, lr, momentum float32) {
	for i, x := range g {
		b[i] = momentum*b[i] + x
		w[i] -= lr * b[i]
	}
}

func (o *Optimizer) State() ([]weights.Tensor, error) {
	ts := []weights.Tensor{weights.FromI64("step", []int{1}, []int64{int64(o.steps)})}
	for k, kind := range o.spec.Moments() {
		at := 0
		for _, p := range o.net.params {
			if p.Buffer {
				continue
			}
			ts = append(ts, weights.FromF32(kind+"."+p.Name, p.Shape, o.moments[k][at:][:p.Size()]))
			at += p.Size()
		}
	}
	return ts, nil
}

func (o *Optimizer) Load(ts []weights.Tensor) error {
	steps := -1
	rest := make([]weights.Tensor, 0, len(ts))
	for _, t := range ts {
		if t.Name != "step" {
			rest = append(rest, t)
			continue
		}
		v, err := t.I64()
		if err != nil || len(v) != 1 || v[0] < 0 {
			return fmt.Errorf("the optimizer's step count in the file is unreadable")
		}
		steps = int(v[0])
	}
	if steps < 0 {
		return fmt.Errorf("the file has no step count for the optimizer of the %s", o.net.spec.Name)
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
	perMoment := len(values) / len(o.moments)
	for k, m := range o.moments {
		at := 0
		for _, v := range values[k*perMoment:][:perMoment] {
			at += copy(m[at:], v)
		}
	}
	o.steps = steps
	return nil
}
