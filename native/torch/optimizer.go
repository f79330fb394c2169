//go:build libtorch

package torch

import (
	"fmt"
	"math"
	"runtime"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/weights"
)

// Optimizer holds one network's moments.
type Optimizer struct {
	net     *Net
	spec    optim.Spec
	steps   int
	moments [][]tensor // in the order of spec.Moments; for each of the network's parameters, nil for buffers
}

func newOptimizer(n *Net, s optim.Spec) *Optimizer {
	o := &Optimizer{net: n, spec: s}
	n.e.do(func(s *scope) {
		for range o.spec.Moments() {
			ts := make([]tensor, len(n.params))
			for i, l := range n.leaves {
				if l != nil {
					ts[i] = s.zeros(n.params[i].Shape...)
					s.own(ts[i])
				}
			}
			o.moments = append(o.moments, ts)
			runtime.AddCleanup(o, n.e.leave, ts)
		}
	})
	return o
}

func (o *Optimizer) Release() { o.net.e.releaseAll(o.moments...) }

func (o *Optimizer) ZeroGrad() { o.net.e.do(func(*scope) { o.net.forget() }) }

func (o *Optimizer) Reset() {
	o.steps = 0
	o.each(func(s *scope, m tensor, _ int) { s.fill(m, 0) })
}

// each calls f for every tensor of moments, in one call of the engine.
func (o *Optimizer) each(f func(s *scope, m tensor, param int)) {
	o.net.e.do(func(s *scope) {
		for _, ts := range o.moments {
			for i, m := range ts {
				if m != nil {
					f(s, m, i)
				}
			}
		}
	})
}

func (o *Optimizer) SetBeta2(beta2 float64) { o.spec.Beta2 = beta2 }

func (o *Optimizer) Step(lr float64) {
	o.net.e.do(func(s *scope) {
		o.complete(s)
		if o.spec.Clip > 0 {
			o.clip(s)
		}
		o.steps++
		for i, g := range o.net.grads {
			if g != nil {
				o.update(&scope{e: s.e}, i, o.net.data[i], g, lr)
			}
		}
	})
}

// complete makes gradients of zeros where none has come.
func (o *Optimizer) complete(s *scope) {
	n := o.net
	for i, l := range n.leaves {
		if l != nil && n.grads[i] == nil {
			n.grads[i] = s.zeros(n.params[i].Shape...)
			s.own(n.grads[i])
		}
	}
}

// clip scales the gradients down to the largest norm allowed.
func (o *Optimizer) clip(s *scope) {
	var sum float64
	var one [1]float32
	for _, g := range o.net.grads {
		if g != nil {
			s.read(one[:], s.sum(s.square(g)))
			sum += float64(one[0])
		}
	}
	if scale := o.spec.ClipScale(math.Sqrt(sum)); scale < 1 {
		for _, g := range o.net.grads {
			if g != nil {
				s.scale(g, float64(scale))
			}
		}
	}
}

// update moves one parameter w by its gradient g, in a scope that ends with it.
func (o *Optimizer) update(s *scope, i int, w, g tensor, lr float64) {
	defer s.end()
	c := o.spec
	m := o.moments[0][i]
	switch c.Rule {
	case optim.Adam:
		// w ← w − lr/(1−β₁ᵗ) · m/(√v/√(1−β₂ᵗ) + ε), with the factors put into the denominator: gotch's addcdiv has none.
		v, t := o.moments[1][i], float64(o.steps)
		rate := lr / (1 - math.Pow(c.Beta1, t))
		s.lerp(m, g, 1-c.Beta1)
		s.lerp(v, s.square(g), 1-c.Beta2)
		o.apply(s, w, m, v, rate, math.Sqrt(1-math.Pow(c.Beta2, t)))
	case optim.RMSProp:
		s.lerp(m, s.square(g), 1-c.Beta2)
		o.apply(s, w, g, m, lr, 1)
	default:
		s.scale(m, c.Beta1)
		s.add(m, g)
		s.lerp(w, s.difference(w, m), lr)
	}
}

// apply: w ← w − rate·x/(√v/root + ε).
func (o *Optimizer) apply(s *scope, w, x, v tensor, rate, root float64) {
	if rate == 0 {
		return
	}
	d := s.sqrt(v)
	s.scale(d, -1/(root*rate))
	s.shift(d, -o.spec.Eps/rate)
	s.quotient(w, x, d)
}

func (o *Optimizer) State() ([]weights.Tensor, error) {
	ts := []weights.Tensor{weights.FromI64("step", []int{1}, []int64{int64(o.steps)})}
	kinds, k := o.spec.Moments(), 0
	perKind := len(o.net.trained())
	o.each(func(s *scope, m tensor, i int) {
		p := o.net.params[i]
		v := make([]float32, p.Size())
		s.read(v, m)
		ts = append(ts, weights.FromF32(kinds[k/perKind]+"."+p.Name, p.Shape, v))
		k++
	})
	return ts, o.net.e.Err()
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
	o.each(func(s *scope, m tensor, _ int) {
		s.write(m, values[k])
		k++
	})
	o.steps = steps
	return o.net.e.Err()
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
