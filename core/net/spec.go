package net

import (
	"fmt"
	"slices"
	"strconv"

	"ganvas/core/sample"
)

// Shape is the shape of one sample: C feature maps of H × W. A plain vector of n values is {n, 1, 1}.
type Shape struct {
	C int `json:"c"`
	H int `json:"h"`
	W int `json:"w"`
}

// Of is the shape of the feature maps that a sample is.
func Of(s sample.Shape) Shape { return Shape{s.Channels, s.Height, s.Width} }

// Vec is the shape of a vector of n values.
func Vec(n int) Shape { return Shape{n, 1, 1} }

// Size is how many values a sample has.
func (s Shape) Size() int { return s.C * s.H * s.W }

func (s Shape) String() string {
	if s.H == 1 && s.W == 1 {
		return strconv.Itoa(s.C)
	}
	return fmt.Sprintf("%d×%d×%d", s.C, s.H, s.W)
}

// Layer describes one layer of a network.
type Layer interface {
	// Out is the shape that the layer makes of in, or why it cannot take it.
	Out(in Shape) (Shape, error)
	// Params lists the layer's parameters and running statistics for input of that shape, in PyTorch's order.
	Params(in Shape) []Param
}

// Outside marks layers that PyTorch's equivalent nn.Sequential does not hold as a module of its own, so that they take
// no number in parameter names.
type Outside interface{ Outside() }

// Conditioned marks layers that need the samples' labels.
type Conditioned interface{ Conditioned() }

// Mixing marks layers that compare the samples of a batch in evaluation too, so that what comes of one depends on the others.
type Mixing interface{ Mixes() }

// Measuring marks layers that take statistics of a whole batch in training, which an engine.Reference can hold.
type Measuring interface{ Measures() }

// Unpenalized marks layers that a gradient penalty cannot pass; the method says why.
type Unpenalized interface{ Unpenalized() string }

// Spec describes a network: a shape of input and the layers that it goes through in turn.
type Spec struct {
	Name   string // prefix of parameter names: "generator", "discriminator"
	In     Shape
	Layers []Layer
}

// Shapes is the shape before each layer and, last, the network's output shape. An error names the layer.
func (s Spec) Shapes() ([]Shape, error) {
	at := s.In
	shapes := make([]Shape, 0, len(s.Layers)+1)
	for i, l := range s.Layers {
		shapes = append(shapes, at)
		next, err := l.Out(at)
		if err != nil {
			return nil, fmt.Errorf("%s, layer %d: %w", s.Name, i+1, err)
		}
		if next.C <= 0 || next.H <= 0 || next.W <= 0 {
			return nil, fmt.Errorf("%s, layer %d (%T): nothing is left of a %v input", s.Name, i+1, l, at)
		}
		at = next
	}
	return append(shapes, at), nil
}

// Out is the network's output shape.
func (s Spec) Out() (Shape, error) {
	shapes, err := s.Shapes()
	if err != nil {
		return Shape{}, err
	}
	return shapes[len(shapes)-1], nil
}

// Params lists every parameter and running statistic of the network, named as PyTorch's state_dict names them without
// the network's own prefix ("0.weight").
func (s Spec) Params() ([]Param, error) {
	shapes, err := s.Shapes()
	if err != nil {
		return nil, err
	}
	return sequential(s.Layers, shapes), nil
}

// sequential lists the parameters of layers in a row under the numbers that nn.Sequential gives them.
func sequential(layers []Layer, shapes []Shape) []Param {
	var all []Param
	k := 0
	for i, l := range layers {
		for _, p := range l.Params(shapes[i]) {
			if _, named := l.(SelfNamed); !named {
				p.Name = strconv.Itoa(k) + "." + p.Name
			}
			all = append(all, p)
		}
		if _, outside := l.(Outside); !outside {
			k++
		}
	}
	return all
}

// Mixes reports whether the network has a [Mixing] layer.
func (s Spec) Mixes() bool { return some[Mixing](s.Layers) }

// Measures reports whether the network has a [Measuring] layer.
func (s Spec) Measures() bool { return some[Measuring](s.Layers) }

// some reports whether any of the layers, or of those inside them, is a K.
func some[K any](layers []Layer) bool {
	for _, l := range layers {
		if _, ok := l.(K); ok {
			return true
		}
		if inside, ok := l.(Nested); ok && slices.ContainsFunc(inside.Rows(), some[K]) {
			return true
		}
	}
	return false
}

// CheckPenalty says which layer keeps a gradient penalty from being taken through the network, if any.
func (s Spec) CheckPenalty() error {
	for i, l := range s.Layers {
		if u, ok := l.(Unpenalized); ok {
			return fmt.Errorf("%s, layer %d: %s", s.Name, i+1, u.Unpenalized())
		}
		if inside, ok := l.(Nested); ok {
			for _, row := range inside.Rows() {
				if err := (Spec{Name: fmt.Sprintf("%s, layer %d", s.Name, i+1), Layers: row}).CheckPenalty(); err != nil {
					return err
				}
			}
		}
	}
	return nil
}
