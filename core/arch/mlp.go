package arch

import "ganvas/core/net"

// mlp builds dense networks of any depth. The discriminator ends in a logit; a dropout layer stands behind each of its
// activations even at rate 0, so that parameter names do not depend on the rate.
func mlp(p Plan, d Data, _ int) (n Networks, err error) {
	gp, dp := parts(p, "none", "none")
	g := net.Spec{Name: "generator", In: net.Vec(p.Noise), Layers: generatorLabels(p, d)}
	dis := net.Spec{Name: "discriminator", In: net.Vec(p.judged(d.Sample).Size()), Layers: seen(p, d, p.judged(d.Sample))}
	for _, w := range p.Generator {
		g.Layers = append(g.Layers, gp.linear(w)...)
		g.Layers = append(g.Layers, net.LeakyReLU{Leak: p.Leak})
	}
	g.Layers = append(g.Layers, net.Linear{Units: d.Sample.Size()}, net.Tanh{})
	for i, w := range p.Discriminator {
		q := dp
		if i == 0 {
			q = dp.first()
		}
		dis.Layers = append(dis.Layers, q.linear(w)...)
		dis.Layers = append(dis.Layers, net.LeakyReLU{Leak: p.Leak}, net.Dropout{P: p.Dropout})
	}
	dis.Layers = append(dis.Layers, dp.head(p, d))
	return Networks{G: g, D: dis}, nil
}
