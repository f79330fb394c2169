package enginetest

import (
	"math"
	"strings"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"
	"ganvas/core/weights"
)

// state: what State gives, Load takes back, and it refuses whatever does not fit, whole.
func (c *tried) state(t *testing.T) {
	state, err := c.net.State()
	if err != nil {
		t.Fatal(err)
	}
	want := c.value()
	other := append([]weights.Tensor(nil), state...)
	v := f32s(t, other[0])
	v[0] += 1
	other[0] = weights.FromF32(other[0].Name, other[0].Shape, v)
	if err := c.net.Load(other); err != nil {
		t.Fatal(err)
	}
	for what, bad := range map[string][]weights.Tensor{
		"a tensor missing":   state[1:],
		"a tensor too many":  append(append([]weights.Tensor(nil), state...), weights.FromF32("extra", []int{1}, []float32{1})),
		"another shape":      append([]weights.Tensor{weights.FromF32(state[0].Name, []int{1}, []float32{1})}, state[1:]...),
		"a broken weight":    append([]weights.Tensor{broken(t, state[0])}, state[1:]...),
		"nothing whatsoever": nil,
	} {
		if err := c.net.Load(bad); err == nil {
			t.Errorf("%s was loaded", what)
		} else if strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: the error has more than one line: %v", what, err)
		}
	}
	again, err := c.net.State()
	if err != nil {
		t.Fatal(err)
	}
	if f32s(t, again[0])[0] != v[0] {
		t.Error("a refused load changed the weights")
	}
	if err := c.net.Load(state); err != nil {
		t.Fatal(err)
	}
	if got := c.value(); got != want {
		t.Errorf("the outputs sum to %v after loading the state, %v before", got, want)
	}
}

func broken(t *testing.T, x weights.Tensor) weights.Tensor {
	v := f32s(t, x)
	v[len(v)-1] = float32(math.NaN())
	return weights.FromF32(x.Name, x.Shape, v)
}

func one(t *testing.T, e engine.Engine) engine.Net {
	t.Helper()
	n, err := e.Build(net.Spec{Name: "generator", In: net.Vec(3), Layers: []net.Layer{net.Linear{Units: 2}}}, rng.New(1, "one"))
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// optimizers against their definitions, written out in float64, over a few steps of the same gradient.
func optimizers(t *testing.T, e engine.Engine) {
	for _, s := range []optim.Spec{
		{Rule: optim.Adam, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8},
		{Rule: optim.Adam, Beta1: 0, Beta2: 0.9, Eps: 1e-4, Clip: 0.5},
		{Rule: optim.RMSProp, Beta2: 0.99, Eps: 1e-8},
		{Rule: optim.SGD, Beta1: 0.9},
	} {
		t.Run(string(s.Rule), func(t *testing.T) {
			net := one(t, e)
			p, err := net.Bind(1)
			if err != nil {
				t.Fatal(err)
			}
			o, err := e.Optimize(net, s)
			if err != nil {
				t.Fatal(err)
			}
			x, dy := e.NewArray(1, 3), e.NewArray(1, 2)
			state, err := net.State()
			if err != nil {
				t.Fatal(err)
			}
			want := newDefinition(s, flat(t, state))
			for i := range 4 {
				if i == 2 { // what remembers squares does so otherwise from here on
					s.Beta2 -= 0.05
					o.SetBeta2(s.Beta2)
					want.s.Beta2 = s.Beta2
				}
				in, out := random("in"+string(rune('a'+i)), 3), random("out"+string(rune('a'+i)), 2)
				x.Write(in)
				dy.Write(out)
				o.ZeroGrad()
				p.Forward(engine.Batch{X: x}, training)
				p.Backward(dy, engine.Params)
				o.Step(0.01)
				g := []float64{}
				for _, d := range out {
					for _, v := range in {
						g = append(g, float64(d)*float64(v))
					}
				}
				g = append(g, float64(out[0]), float64(out[1]))
				want.step(g, 0.01)
			}
			if state, err = net.State(); err != nil {
				t.Fatal(err)
			}
			for i, v := range flat(t, state) {
				if math.Abs(v-want.w[i]) > 2e-6 {
					t.Errorf("weight %d is %v, the definition gives %v", i, v, want.w[i])
				}
			}
			resumes(t, e, net, o, s)
		})
	}
}

// resumes: an optimizer that loads another's state goes on as that one would.
func resumes(t *testing.T, e engine.Engine, net engine.Net, o engine.Optimizer, s optim.Spec) {
	t.Helper()
	moments, err := o.State()
	if err != nil {
		t.Fatal(err)
	}
	state, err := net.State()
	if err != nil {
		t.Fatal(err)
	}
	other := one(t, e)
	p, err := e.Optimize(other, s)
	if err != nil {
		t.Fatal(err)
	}
	if err := other.Load(state); err != nil {
		t.Fatal(err)
	}
	if err := p.Load(moments); err != nil {
		t.Fatal(err)
	}
	if err := p.Load(moments[1:]); err == nil {
		t.Error("a state without its step count was loaded")
	}
	for _, pair := range []struct {
		n engine.Net
		o engine.Optimizer
	}{{net, o}, {other, p}} {
		pair.o.ZeroGrad()
		pair.o.Step(0.01)
	}
	a, errA := net.State()
	b, errB := other.State()
	if errA != nil || errB != nil {
		t.Fatal(errA, errB)
	}
	x, y := flat(t, a), flat(t, b)
	for i := range x {
		if x[i] != y[i] {
			t.Fatalf("weight %d goes to %v after loading, to %v without", i, y[i], x[i])
		}
	}
}

func flat(t *testing.T, ts []weights.Tensor) (all []float64) {
	for _, x := range ts {
		for _, v := range f32s(t, x) {
			all = append(all, float64(v))
		}
	}
	return all
}

// definition is an optimizer as its paper writes it.
type definition struct {
	s    optim.Spec
	w    []float64
	m, v []float64
	t    float64
}

func newDefinition(s optim.Spec, w []float64) *definition {
	return &definition{s: s, w: w, m: make([]float64, len(w)), v: make([]float64, len(w))}
}

func (d *definition) step(g []float64, lr float64) {
	d.t++
	norm := 0.0
	for _, x := range g {
		norm += x * x
	}
	norm = math.Sqrt(norm)
	scale := float64(d.s.ClipScale(norm))
	for i, x := range g {
		x *= scale
		switch d.s.Rule {
		case optim.Adam:
			d.m[i] = d.s.Beta1*d.m[i] + (1-d.s.Beta1)*x
			d.v[i] = d.s.Beta2*d.v[i] + (1-d.s.Beta2)*x*x
			m, v := d.m[i]/(1-math.Pow(d.s.Beta1, d.t)), d.v[i]/(1-math.Pow(d.s.Beta2, d.t))
			d.w[i] -= lr * m / (math.Sqrt(v) + d.s.Eps)
		case optim.RMSProp:
			d.v[i] = d.s.Beta2*d.v[i] + (1-d.s.Beta2)*x*x
			d.w[i] -= lr * x / (math.Sqrt(d.v[i]) + d.s.Eps)
		default:
			d.m[i] = d.s.Beta1*d.m[i] + x
			d.w[i] -= lr * d.m[i]
		}
	}
}

func average(t *testing.T, e engine.Engine) {
	a, b := one(t, e), one(t, e)
	set := func(n engine.Net, v float32) {
		t.Helper()
		if err := n.Load([]weights.Tensor{weights.FromF32("0.weight", []int{2, 3}, []float32{v, v, v, v, v, v}), weights.FromF32("0.bias", []int{2}, []float32{v, v})}); err != nil {
			t.Fatal(err)
		}
	}
	set(a, 1)
	set(b, 3)
	e.Average(a, b, 0.75)
	state, err := a.State()
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range flat(t, state) {
		if math.Abs(v-1.5) > 1e-6 {
			t.Fatalf("weight %d of the average is %v, not 0.75·1 + 0.25·3", i, v)
		}
	}
}

func mix(t *testing.T, e engine.Engine) {
	a, b, m := e.NewArray(2, 2), e.NewArray(2, 2), e.NewArray(2, 2)
	a.Write([]float32{1, 2, 3, 4})
	b.Write([]float32{5, 6, 7, 8})
	e.Mix(m, a, b, []float32{1, 0.25})
	got := make([]float32, 4)
	m.Read(got)
	for i, want := range []float32{1, 2, 6, 7} {
		if got[i] != want {
			t.Fatalf("the mix is %v", got)
		}
	}
}

func refusals(t *testing.T, e engine.Engine) {
	if _, err := e.Build(net.Spec{Name: "generator", In: net.Shape{C: 1, H: 4, W: 4}, Layers: []net.Layer{net.Linear{Units: 2}}}, rng.New(1, "x")); err == nil {
		t.Error("a dense layer on feature maps was built")
	}
	if _, err := one(t, e).Bind(0); err == nil {
		t.Error("a network was bound to no rows")
	}
}
