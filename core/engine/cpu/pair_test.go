package cpu_test

import (
	"slices"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"
)

const rows = 3

func build(t *testing.T, s net.Spec) *cpu.Net {
	t.Helper()
	net, err := cpu.New(nil).Build(s, rng.New(1, "net"))
	if err != nil {
		t.Fatal(err)
	}
	return net.(*cpu.Net)
}

func normal(name string, cols int) *cpu.Array {
	a := cpu.New(nil).NewArray(rows, cols).(*cpu.Array)
	rng.New(2, name).Normal(a.Data)
	return a
}

// Each pass of a pair drops by its own seed, and what an earlier batch left behind reaches neither outputs nor gradients.
func TestPairKeepsPassesApart(t *testing.T) {
	s := net.Spec{Name: "discriminator", In: net.Vec(7), Layers: []net.Layer{
		net.Linear{Units: 9}, net.LeakyReLU{Leak: 0.2}, net.Dropout{P: 0.4}, net.Linear{Units: 5}, net.Dropout{P: 0.4}, net.Tanh{}, net.Linear{Units: 1}}}
	net := build(t, s)
	o, err := cpu.New(nil).Optimize(net, optim.Spec{Rule: optim.SGD})
	if err != nil {
		t.Fatal(err)
	}
	p, err := net.BindPair(rows)
	if err != nil {
		t.Fatal(err)
	}
	a, b := p.Passes()
	first, second := engine.Batch{X: normal("a", 7)}, engine.Batch{X: normal("b", 7)}
	da, db := normal("da", 1), normal("db", 1)
	one, two := engine.Mode{Train: true, Seed: 11}, engine.Mode{Train: true, Seed: 12}

	p.Forward(second, second, two, two)
	p.Backward(db, db)
	o.ZeroGrad()
	ya, yb := p.Forward(first, second, one, two)
	gotA, gotB := slices.Clone(ya.(*cpu.Array).Data), slices.Clone(yb.(*cpu.Array).Data)
	p.Backward(da, db)
	got := slices.Clone(net.Grads())

	o.ZeroGrad()
	if wantA, wantB := a.Forward(first, one).(*cpu.Array).Data, b.Forward(second, two).(*cpu.Array).Data; !slices.Equal(gotA, wantA) || !slices.Equal(gotB, wantB) {
		t.Errorf("side by side: %v and %v; alone: %v and %v", gotA, gotB, wantA, wantB)
	}
	a.Backward(da, engine.Params)
	b.Backward(db, engine.Params)
	for i, want := range net.Grads() {
		if d := got[i] - want; d > 1e-5 || d < -1e-5 {
			t.Fatalf("gradient %d: %v side by side, %v alone", i, got[i], want)
		}
	}
}

// A way that a batch did not go has no gradient, whatever it had before.
func TestForgottenGradientsAreZero(t *testing.T) {
	net := build(t, net.Spec{Name: "discriminator", In: net.Vec(4), Layers: []net.Layer{
		net.Fade{Old: []net.Layer{net.Linear{Units: 1}}, New: []net.Layer{net.Named{Name: "new", Layers: []net.Layer{net.Linear{Units: 1}}}}}}})
	o, err := cpu.New(nil).Optimize(net, optim.Spec{Rule: optim.SGD})
	if err != nil {
		t.Fatal(err)
	}
	pass, err := net.Bind(rows)
	if err != nil {
		t.Fatal(err)
	}
	update := func(alpha float32) {
		o.ZeroGrad()
		pass.Forward(engine.Batch{X: normal("x", 4)}, engine.Mode{Train: true, Alpha: alpha})
		pass.Backward(normal("dy", 1), engine.Params)
		o.Step(0.1)
	}
	update(0.5)
	v, _ := net.Param("new.0.weight")
	before := slices.Clone(v.W)
	if !slices.ContainsFunc(v.G, func(g float32) bool { return g != 0 }) {
		t.Fatal("the way has no gradient to begin with")
	}
	update(0)
	if slices.ContainsFunc(v.G, func(g float32) bool { return g != 0 }) || !slices.Equal(v.W, before) {
		t.Errorf("without having been gone, the way has gradient %v and weights %v, which were %v", v.G, v.W, before)
	}
}
