package net

import (
	"reflect"
	"testing"
)

// Every kind that a Visitor knows has a row whose layer can be built, and a name of its own.
func TestEveryKindHasARow(t *testing.T) {
	missing := map[string]bool{}
	kinds := reflect.TypeFor[Visitor[int]]()
	for i := range kinds.NumMethod() {
		missing[kinds.Method(i).Name] = true
	}
	names := map[string]bool{}
	for _, r := range Rows {
		delete(missing, reflect.TypeOf(r.Layer).Name())
		if names[r.Name] || r.Name == "" {
			t.Errorf("two rows are called %q", r.Name)
		}
		names[r.Name] = true
		if got := RowOf(r.Layer).Name; got != r.Name {
			t.Errorf("the layer of row %s is a %s", r.Name, got)
		}
		if _, err := r.Layer.Out(r.In); err != nil {
			t.Errorf("%s: %v", r.Name, err)
		}
		if _, nested := r.Layer.(Nested); r.Shown == Inside && !nested {
			t.Errorf("%s is shown as the layers in it, and has none", r.Name)
		}
	}
	for name := range missing {
		t.Errorf("no row has a %s", name)
	}
}

// A layer that is none of the kinds is a bug that shows at once.
func TestLayersOfNoKindAreRefused(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a layer of no kind has a row")
		}
	}()
	RowOf(struct{ Tanh }{})
}
