package enginetest

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/weights"
)

// inspection: what is seen at the places is what the network computes with, and looking changes nothing. Engines whose
// networks cannot be looked into are left alone.
func (c *tried) inspection(t *testing.T) {
	inside, ok := c.net.(engine.Inspector)
	if !ok {
		t.Skip("this engine's networks cannot be looked into")
	}
	if _, err := inside.Inspect(0); err == nil {
		t.Error("looking at no rows is possible")
	}
	look, err := inside.Inspect(rows)
	if err != nil {
		t.Fatal(err)
	}
	c.settle()
	grads := learned(t, c.e, c.net, func() {
		c.value()
		c.pass.Backward(c.array(c.dy, c.outSize), engine.Params)
	})
	before := state(t, c.net)
	look.Forward(c.x, c.in.Labels, engine.Mode{Alpha: c.mode.Alpha})
	places := look.Places()
	spots := net.Spots(c.net.Spec())
	if len(places) != len(spots) {
		t.Fatalf("there are %d places, and from the layers follow %d", len(places), len(spots))
	}
	for i, s := range spots {
		got, want := places[i], s.Place
		got.Weight.Init, want.Weight.Init = nil, nil // functions, which cannot be compared
		if !reflect.DeepEqual(got, want) {
			t.Errorf("place %d is %+v, and from the layers follows %+v", i, got, want)
		}
	}
	seen := map[string]bool{}
	for i, p := range places {
		if seen[p.Name] || p.Name == "" {
			t.Errorf("place %d has the name %q of another", i, p.Name)
		}
		seen[p.Name] = true
		if a := look.Activation(i, rows-1); a != nil && len(a) != p.Out.Size() {
			t.Errorf("%s gives %d values, and its shape is %v", p.Name, len(a), p.Out)
		}
		if p.Weight.Name == "" {
			if look.Weight(i) != nil || look.Gradient(i) != nil {
				t.Errorf("%s has a weight without a name", p.Name)
			}
			continue
		}
		if len(look.Weight(i)) != p.Weight.Size() {
			t.Errorf("%s has %d weights of %v", p.Name, len(look.Weight(i)), p.Weight.Shape)
		}
		k := slices.IndexFunc(grads, func(x weights.Tensor) bool { return x.Name == p.Weight.Name })
		if k < 0 {
			t.Fatalf("no parameter is called %s", p.Weight.Name)
		}
		for j, want := range f32s(t, grads[k]) {
			if got := look.Gradient(i)[j]; math.Abs(float64(got-want)) > 1e-5*(1+math.Abs(float64(want))) {
				t.Fatalf("%s: the gradient seen is %v and %v was learned from", p.Weight.Name, got, want)
			}
		}
	}
	if !reflect.DeepEqual(before, state(t, c.net)) {
		t.Error("looking has changed the network")
	}
	y := make([]float32, rows*c.outSize)
	c.pass.Forward(c.in, engine.Mode{Alpha: c.mode.Alpha}).Read(y)
	for row := range rows {
		if got, want := look.Activation(len(places)-1, row), y[row*c.outSize:][:c.outSize]; !slices.Equal(got, want) {
			t.Fatalf("row %d ends in %v, and the network gives %v", row, got, want)
		}
	}
	if got := look.Activation(0, 0); places[0].Name != "input" || len(places[0].Layers) == 0 && !slices.Equal(got, c.x[:c.inSize]) {
		t.Errorf("the first place is %s with %v", places[0].Name, got)
	}
}

// state is every value of a network by name.
func state(t *testing.T, n engine.Net) map[string][]float64 {
	t.Helper()
	ts, err := n.State()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string][]float64{}
	for _, x := range ts {
		if all[x.Name], err = x.F64(); err != nil {
			t.Fatal(err)
		}
	}
	return all
}
