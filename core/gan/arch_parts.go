package gan

import (
	"ganvas/core/config"
	"ganvas/core/loss"
	"ganvas/core/net"
)

// part is what one network's layers of an architecture have in common: how they are normalised.
type part struct{ norm string }

// weighed is a layer with weights, under spectral norm where that is asked for.
func (p part) weighed(l net.Layer) net.Layer {
	if p.norm == "spectral" {
		return net.Spectral{Layer: l}
	}
	return l
}

// normalised is the normalisation behind a layer with weights, if any.
func (p part) normalised() []net.Layer {
	switch p.norm {
	case "batch":
		return []net.Layer{net.BatchNorm{}}
	case "layer":
		return []net.Layer{net.LayerNorm{}}
	}
	return nil
}

// mean reports whether a layer's own bias would be lost in the mean that is taken behind it.
func (p part) mean() bool { return p.norm == "batch" }

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

// parts is how both networks are normalised: as the recipe asks, or as the architecture has it. A generator knows only
// the batch's; the others are for discriminators.
func parts(r config.Recipe, g, d string) (generator, discriminator part) {
	if r.Norm != "auto" {
		g, d = r.Norm, r.Norm
		if g == "layer" || g == "spectral" {
			g = "batch"
		}
	}
	return part{g}, part{d}
}

// unlessPenalized is norm, or none where the loss looks at each image's own gradient.
func unlessPenalized(r config.Recipe, norm string) string {
	if row, err := loss.Find(r.Loss); err == nil && row.Penalty.Asked() {
		return "none"
	}
	return norm
}

// generatorLabels puts the label beside the noise in a conditional run.
func generatorLabels(r config.Recipe, d Data) []net.Layer {
	if !r.Conditional {
		return nil
	}
	return []net.Layer{net.OneHot{Classes: d.Classes}}
}

// seen is what a discriminator's input of that shape goes through first: augmentation, noise, and the label beside the
// image, where the recipe wants them.
func seen(r config.Recipe, d Data, image net.Shape) (layers []net.Layer) {
	if r.Augment != "none" {
		does := func(what string) bool { return r.Augment == what || r.Augment == "all" }
		layers = append(layers, net.Augment{Image: image, Translation: does("translation"), Cutout: does("cutout"), Light: does("light")})
	}
	if r.InstanceNoise > 0 {
		layers = append(layers, net.Noise{Std: r.InstanceNoise})
	}
	if r.Conditional && r.LabelMode == "onehot" {
		layers = append(layers, net.OneHot{Classes: d.Classes})
	}
	return layers
}

// head is the discriminator's end: from a vector of features to its verdict and, with label_mode auxiliary, the classes'
// logits. With label_mode projection the verdict has the product of the features with the label's own vector beside it.
func (p part) head(r config.Recipe, d Data) net.Layer {
	verdict := p.weighed(net.Linear{Units: Heads(r, d)})
	if !r.Conditional || r.LabelMode != "projection" {
		return verdict
	}
	return net.Residual{Main: []net.Layer{verdict}, Skip: []net.Layer{p.weighed(net.LabelProduct{Classes: d.Classes})}}
}
