package net

import "fmt"

// SelfNamed marks layers whose parameter names need no number before them.
type SelfNamed interface{ SelfNamed() }

// Nested is a layer made of layers in a row, each row taking the layer's own input.
type Nested interface {
	Rows() [][]Layer
}

// Named is layers in a row under a name of their own, a child of the network beside its numbered ones.
type Named struct {
	Name   string
	Layers []Layer
}

func (l Named) Out(in Shape) (Shape, error) { return through(l.Layers, in) }
func (l Named) Params(in Shape) []Param     { return prefixed(l.Name+".", rowParams(l.Layers, in)) }
func (Named) Outside()                      {}
func (Named) SelfNamed()                    {}
func (l Named) Rows() [][]Layer             { return [][]Layer{l.Layers} }

// Residual is the sum of two ways from the same input: Main, and Skip, which may be empty for the input itself. (He et
// al. 2016.) Parameters are named main.… and skip.….
type Residual struct{ Main, Skip []Layer }

func (l Residual) Out(in Shape) (Shape, error) { return joined(l.Main, l.Skip, in) }

func (l Residual) Params(in Shape) []Param {
	return append(prefixed("main.", rowParams(l.Main, in)), prefixed("skip.", rowParams(l.Skip, in))...)
}

func (l Residual) Rows() [][]Layer { return [][]Layer{l.Main, l.Skip} }

// Fade passes from one way to another as the pass's Alpha goes from 0 to 1: (1−α)·Old + α·New. A way that counts for
// nothing is not computed. Its layers' parameters keep their own names, so that they outlive the fade. (Karras et al.
// 2018, figure 2.)
type Fade struct{ Old, New []Layer }

func (l Fade) Out(in Shape) (Shape, error) { return joined(l.Old, l.New, in) }
func (l Fade) Params(in Shape) []Param     { return append(rowParams(l.Old, in), rowParams(l.New, in)...) }
func (Fade) Outside()                      {}
func (Fade) SelfNamed()                    {}
func (l Fade) Rows() [][]Layer             { return [][]Layer{l.Old, l.New} }

// through is the shape that layers in a row make of in.
func through(layers []Layer, in Shape) (Shape, error) {
	return Spec{Name: "inside", In: in, Layers: layers}.Out()
}

func joined(a, b []Layer, in Shape) (Shape, error) {
	x, err := through(a, in)
	if err != nil {
		return Shape{}, err
	}
	y, err := through(b, in)
	if err == nil && x != y {
		err = fmt.Errorf("one way gives %v and the other %v, which do not add up", x, y)
	}
	return x, err
}

// rowParams is the parameters of layers in a row, which [Layer.Out] has accepted.
func rowParams(layers []Layer, in Shape) []Param {
	shapes, err := Spec{In: in, Layers: layers}.Shapes()
	if err != nil {
		panic("net: Params of layers that Out refuses")
	}
	return sequential(layers, shapes)
}

func prefixed(name string, ps []Param) []Param {
	for i := range ps {
		ps[i].Name = name + ps[i].Name
	}
	return ps
}
