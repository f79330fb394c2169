package gan

import (
	"fmt"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/net"
)

// Outline is both networks of a recipe as a diagram shows them; of networks that grow, those of the last stage.
type Outline struct {
	Generator     NetOutline `json:"generator"`
	Discriminator NetOutline `json:"discriminator"`
}

// NetOutline is one network: what goes in, its layers in turn and how many weights it learns.
type NetOutline struct {
	In      net.Shape      `json:"in"`
	Layers  []LayerOutline `json:"layers"`
	Weights int            `json:"weights"`
}

// LayerOutline is one layer that changes the shape or learns, with what follows it at the same shape.
type LayerOutline struct {
	What    string    `json:"what"`             // its row's name in net.Rows, or projection
	Kernel  int       `json:"kernel,omitempty"` // side of a convolution's kernel
	Then    []string  `json:"then,omitempty"`   // norms and activations behind it: batchnorm, leaky, tanh, …
	Out     net.Shape `json:"out"`
	Weights int       `json:"weights,omitempty"` // that it and what follows it learn
}

// Describe builds both networks' specs, without any memory for them, and outlines them. A recipe whose networks are
// impossible has the error that starting it would have.
func Describe(r config.Recipe, d Data) (Outline, error) {
	n, err := Build(r, d)
	if err != nil {
		return Outline{}, err
	}
	g, err := outline(n.G)
	if err != nil {
		return Outline{}, err
	}
	dis, err := outline(n.D)
	return Outline{Generator: g, Discriminator: dis}, err
}

// Held checks, without any memory for the networks, that a file has at least as many values for each as a recipe's have
// weights; d is −1 where it has no discriminator. Networks that grow may be small yet and are not asked.
func Held(r config.Recipe, data Data, g, d int) error {
	o, err := Describe(r, data)
	if err != nil || arch.Grows(r.Arch) {
		return err
	}
	for _, net := range []struct {
		name      string
		held, has int
	}{{"generator", g, o.Generator.Weights}, {"discriminator", d, o.Discriminator.Weights}} {
		if net.held >= 0 && net.held < net.has {
			return fmt.Errorf("the file's recipe is for a %s of %d weights, and there are %d", net.name, net.has, net.held)
		}
	}
	return nil
}

func outline(s net.Spec) (NetOutline, error) {
	weights, err := learned(s)
	o := NetOutline{In: s.In, Weights: weights}
	if err == nil {
		err = o.add(s.In, s.Layers)
	}
	return o, err
}

// add outlines layers in a row that take in.
func (o *NetOutline) add(in net.Shape, layers []net.Layer) error {
	for _, l := range layers {
		out, err := l.Out(in)
		if err != nil {
			return err
		}
		if rows, ok := l.(net.Nested); ok && net.RowOf(l).Shown == net.Inside {
			err = o.add(in, rows.Rows()[len(rows.Rows())-1])
		} else {
			err = o.one(l, in, out)
		}
		if err != nil {
			return err
		}
		in = out
	}
	return nil
}

// one outlines one layer: as a row of its own, or as part of the row before it.
func (o *NetOutline) one(l net.Layer, in, out net.Shape) error {
	weights, err := learned(net.Spec{In: in, Layers: []net.Layer{l}})
	if err != nil {
		return err
	}
	row, last := outlined(l), len(o.Layers)-1
	row.Out, row.Weights = out, weights
	switch shown := net.RowOf(l).Shown; {
	case shown == net.Nowhere || idle(l):
	case shown == net.AsShape && last < 0:
		o.In = out
	case shown == net.AsShape:
		o.Layers[last].Out = out
	case shown == net.Behind && last >= 0:
		o.Layers[last].Then = append(o.Layers[last].Then, row.What)
		o.Layers[last].Weights += weights
	default:
		o.Layers = append(o.Layers, row)
	}
	return nil
}

// idle reports a layer that is there and does nothing.
func idle(l net.Layer) bool {
	d, ok := l.(net.Dropout)
	return ok && d.P == 0
}

// outlined is a layer without its shape and weights. A sum with what the label says is a projection.
func outlined(l net.Layer) LayerOutline {
	kinds := net.Kinds(l)
	o := LayerOutline{What: kinds[0], Then: kinds[1:], Kernel: net.KernelOf(l)}
	if r, ok := l.(net.Residual); ok {
		for _, s := range r.Skip {
			if net.Kinds(s)[0] == "labelproduct" {
				o.What = "projection"
			}
		}
	}
	return o
}

// learned counts the weights that a network learns.
func learned(s net.Spec) (n int, err error) {
	ps, err := s.Params()
	for _, p := range ps {
		if !p.Buffer {
			n += p.Size()
		}
	}
	return n, err
}
