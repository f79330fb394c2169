package arch

import (
	"slices"

	"ganvas/core/loss"
	"ganvas/core/net"
)

// part is what one network's layers of an architecture have in common: how they are normalised.
type part struct {
	norm   string
	around func(net.Layer) net.Layer // what a layer with weights becomes; nil where it stays
	behind net.Layer                 // what follows a layer with weights; nil for nothing
	centre bool                      // the mean is taken off behind a layer
}

// norms is what the norms do, apart from their rows for the reason that builds are.
var norms = []part{
	{norm: "none"},
	{norm: "batch", behind: net.BatchNorm{}, centre: true},
	{norm: "layer", behind: net.LayerNorm{}},
	{norm: "spectral", around: func(l net.Layer) net.Layer { return net.Spectral{Layer: l} }},
}

// under is the part of a network under that norm.
func under(norm string) part {
	i := slices.IndexFunc(norms, func(p part) bool { return p.norm == norm })
	if i < 0 {
		panic("arch: a norm that does nothing")
	}
	return norms[i]
}

// weighed is a layer with weights, with the norm that lies around it, if any.
func (p part) weighed(l net.Layer) net.Layer {
	if p.around == nil {
		return l
	}
	return p.around(l)
}

// normalised is the normalisation behind a layer with weights, if any.
func (p part) normalised() []net.Layer {
	if p.behind == nil {
		return nil
	}
	return []net.Layer{p.behind}
}

// mean reports whether a layer's own bias would be lost in the mean that is taken behind it.
func (p part) mean() bool { return p.centre }

// first is the part for the layer over the image itself: what normalises behind it would hide the images' scale.
func (p part) first() part {
	if p.behind == nil {
		return p
	}
	return under("none")
}

// linear, conv and deconv are layers with weights and what normalises them.
func (p part) linear(units int) []net.Layer {
	return append([]net.Layer{p.weighed(net.Linear{Units: units, NoBias: p.mean()})}, p.normalised()...)
}

func (p part) conv(maps, kernel, stride, pad int) []net.Layer {
	return append([]net.Layer{p.weighed(net.Conv2d{Maps: maps, Kernel: kernel, Stride: stride, Pad: pad, NoBias: p.mean()})}, p.normalised()...)
}

func (p part) deconv(maps, kernel, stride, pad int) []net.Layer {
	return append([]net.Layer{net.ConvTranspose2d{Maps: maps, Kernel: kernel, Stride: stride, Pad: pad, NoBias: p.mean()}}, p.normalised()...)
}

// parts is how both networks are normalised: as the plan asks, or as the architecture has it. A generator knows only
// the batch's; the others are for discriminators.
func parts(p Plan, g, d string) (generator, discriminator part) {
	if p.Norm != Auto {
		g, d = p.Norm, p.Norm
		if other := normOf(g).Generator; other != "" {
			g = other
		}
	}
	return under(g), under(d)
}

// unlessPenalized is norm, or none where the loss looks at each image's own gradient.
func unlessPenalized(p Plan, norm string) string {
	if row, err := loss.Find(p.Loss); err == nil && (p.Penalized || row.Penalty.Asked()) {
		return "none"
	}
	return norm
}

// generatorLabels puts the label beside the noise in a conditional run.
func generatorLabels(p Plan, d Data) []net.Layer {
	if !p.Conditional {
		return nil
	}
	return []net.Layer{net.OneHot{Classes: d.Classes}}
}

// seen is what a discriminator's input of that shape goes through first: augmentation, noise, and the label beside the
// image, where the recipe wants them.
func seen(p Plan, d Data, image net.Shape) (layers []net.Layer) {
	if p.Augment != "none" {
		does := func(what string) bool { return p.Augment == what || p.Augment == "all" }
		layers = append(layers, net.Augment{Image: image, Translation: does("translation"), Cutout: does("cutout"), Light: does("light"), P: p.AugmentP})
	}
	if p.InstanceNoise > 0 {
		layers = append(layers, net.Noise{Std: p.InstanceNoise})
	}
	if p.Conditional && p.LabelMode == OneHot {
		layers = append(layers, net.OneHot{Classes: d.Classes})
	}
	return layers
}

// head is the discriminator's end: from a vector of features to its verdict and, with label_mode auxiliary, the classes'
// logits. With label_mode projection the verdict has the product of the features with the label's own vector beside it.
func (q part) head(p Plan, d Data) net.Layer {
	verdict := q.weighed(net.Linear{Units: p.Heads(d)})
	if !p.Conditional || p.LabelMode != Projection {
		return verdict
	}
	return net.Residual{Main: []net.Layer{verdict}, Skip: []net.Layer{q.weighed(net.LabelProduct{Classes: d.Classes})}}
}
