package gan

import (
	"ganvas/core/config"
	"ganvas/core/nn"
)

// mlp builds dense networks of any depth. The discriminator ends in a logit; a dropout layer stands behind each of its
// activations even at rate 0, so that parameter names do not depend on the rate.
func mlp(r config.Recipe, d Data) (g, dis nn.Spec, err error) {
	g = nn.Spec{Name: "generator", In: nn.Vec(r.Noise)}
	dis = nn.Spec{Name: "discriminator", In: nn.Vec(d.Sample.Size())}
	if r.Conditional {
		g.Layers = append(g.Layers, nn.OneHot{Classes: d.Classes})
		if r.LabelMode == "onehot" {
			dis.Layers = append(dis.Layers, nn.OneHot{Classes: d.Classes})
		}
	}
	normed := r.Norm == "batch"
	for _, w := range r.Generator {
		g.Layers = append(g.Layers, dense(w, normed)...)
		g.Layers = append(g.Layers, nn.LeakyReLU{Leak: r.Leak})
	}
	g.Layers = append(g.Layers, nn.Linear{Units: d.Sample.Size()}, nn.Tanh{})
	for i, w := range r.Discriminator {
		dis.Layers = append(dis.Layers, dense(w, normed && i > 0)...) // normalising the first would hide the images' scale
		dis.Layers = append(dis.Layers, nn.LeakyReLU{Leak: r.Leak}, nn.Dropout{P: r.Dropout})
	}
	dis.Layers = append(dis.Layers, nn.Linear{Units: Heads(r, d)})
	return g, dis, nil
}

// dense is a dense layer, normalised over the batch where asked; its own bias would be lost in the mean then.
func dense(units int, normed bool) []nn.Layer {
	if !normed {
		return []nn.Layer{nn.Linear{Units: units}}
	}
	return []nn.Layer{nn.Linear{Units: units, NoBias: true}, nn.BatchNorm{}}
}
