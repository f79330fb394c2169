package gan

import (
	"fmt"

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
	What    string    `json:"what"`             // linear, conv, deconv, residual, …
	Kernel  int       `json:"kernel,omitempty"` // side of a convolution's kernel
	Then    []string  `json:"then,omitempty"`   // norms and activations behind it: batch, leaky, tanh, …
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
	if err != nil || r.Arch == "progressive" {
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
		switch l := l.(type) {
		case net.Named:
			err = o.add(in, l.Layers)
		case net.Fade:
			err = o.add(in, l.New)
		default:
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
	row := outlined(l)
	row.Out, row.Weights = out, weights
	last := len(o.Layers) - 1
	switch {
	case row.What == "shape" && last < 0:
		o.In = out
	case row.What == "shape":
		o.Layers[last].Out = out
	case row.What == "" || last >= 0 && follows[row.What]:
		if last >= 0 && row.What != "" {
			o.Layers[last].Then = append(o.Layers[last].Then, row.What)
			o.Layers[last].Weights += weights
		}
	default:
		o.Layers = append(o.Layers, row)
	}
	return nil
}

// follows is what is shown with the layer before it.
var follows = map[string]bool{"batch": true, "layer": true, "pixel": true, "leaky": true, "relu": true, "tanh": true, "sigmoid": true, "dropout": true}

// outlined is the kind of a layer; "" where it does nothing that a diagram should show.
func outlined(l net.Layer) LayerOutline {
	switch l := l.(type) {
	case net.Linear:
		return LayerOutline{What: "linear"}
	case net.Conv2d:
		return LayerOutline{What: "conv", Kernel: l.Kernel}
	case net.ConvTranspose2d:
		return LayerOutline{What: "deconv", Kernel: l.Kernel}
	case net.Spectral:
		return reweighedOutline(l.Layer, "spectral")
	case net.Equalized:
		return reweighedOutline(l.Layer, "equalized")
	case net.Residual:
		for _, s := range l.Skip {
			if o := outlined(s); o.What == "label" {
				return LayerOutline{What: "projection"}
			}
		}
		return LayerOutline{What: "residual"}
	case net.LabelProduct, net.OneHot:
		return LayerOutline{What: "label"}
	case net.Reshape, net.AsImage:
		return LayerOutline{What: "shape"}
	case net.Flatten:
		return LayerOutline{}
	case net.Upsample:
		return LayerOutline{What: "upsample"}
	case net.AvgPool:
		return LayerOutline{What: "average"}
	case net.SumPool:
		return LayerOutline{What: "sum"}
	case net.MinibatchStd:
		return LayerOutline{What: "deviation"}
	case net.Augment:
		return LayerOutline{What: "augment"}
	case net.Noise:
		return LayerOutline{What: "noise"}
	case net.BatchNorm:
		return LayerOutline{What: "batch"}
	case net.LayerNorm:
		return LayerOutline{What: "layer"}
	case net.PixelNorm:
		return LayerOutline{What: "pixel"}
	case net.LeakyReLU:
		if l.Leak == 0 {
			return LayerOutline{What: "relu"}
		}
		return LayerOutline{What: "leaky"}
	case net.Tanh:
		return LayerOutline{What: "tanh"}
	case net.Sigmoid:
		return LayerOutline{What: "sigmoid"}
	case net.Dropout:
		if l.P == 0 {
			return LayerOutline{}
		}
		return LayerOutline{What: "dropout"}
	}
	return LayerOutline{What: "other"}
}

// reweighedOutline is a layer that computes with weights made of those it learns.
func reweighedOutline(l net.Layer, how string) LayerOutline {
	o := outlined(l)
	if o.What == "label" {
		return o
	}
	o.Then = append(o.Then, how)
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
