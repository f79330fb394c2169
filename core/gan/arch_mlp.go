package gan

import (
	"ganvas/core/config"
	"ganvas/core/net"
)

// mlp builds dense networks of any depth. The discriminator ends in a logit; a dropout layer stands behind each of its
// activations even at rate 0, so that parameter names do not depend on the rate.
func mlp(r config.Recipe, d Data) (g, dis net.Spec, err error) {
	gp, dp := parts(r, "none", "none")
	g = net.Spec{Name: "generator", In: net.Vec(r.Noise), Layers: generatorLabels(r, d)}
	dis = net.Spec{Name: "discriminator", In: net.Vec(d.Sample.Size()), Layers: seen(r, d, net.Of(d.Sample))}
	for _, w := range r.Generator {
		g.Layers = append(g.Layers, gp.linear(w)...)
		g.Layers = append(g.Layers, net.LeakyReLU{Leak: r.Leak})
	}
	g.Layers = append(g.Layers, net.Linear{Units: d.Sample.Size()}, net.Tanh{})
	for i, w := range r.Discriminator {
		p := dp
		if i == 0 && p.norm != "spectral" {
			p = part{"none"} // normalising the first would hide the images' scale
		}
		dis.Layers = append(dis.Layers, p.linear(w)...)
		dis.Layers = append(dis.Layers, net.LeakyReLU{Leak: r.Leak}, net.Dropout{P: r.Dropout})
	}
	dis.Layers = append(dis.Layers, dp.head(r, d))
	return g, dis, nil
}
