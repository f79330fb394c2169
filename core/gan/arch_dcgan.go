package gan

import (
	"fmt"

	"ganvas/core/config"
	"ganvas/core/net"
)

// dcgan builds convolutional networks for images whose sides are multiples of 4: the generator doubles a quarter-sized
// picture twice, the discriminator halves twice. BatchNorm as usual, but none in a discriminator whose loss looks at
// its gradient. (After Radford et al. 2016, at small width.)
func dcgan(r config.Recipe, d Data) (g, dis net.Spec, err error) {
	s := net.Of(d.Sample)
	if s.H%4 != 0 || s.W%4 != 0 {
		return g, dis, fmt.Errorf("arch dcgan makes images whose sides are multiples of 4, not %v", s)
	}
	gp, dp := parts(r, "batch", unlessPenalized(r, "batch"))
	start := net.Shape{C: r.Generator[0], H: s.H / 4, W: s.W / 4}
	g = net.Spec{Name: "generator", In: net.Vec(r.Noise), Layers: generatorLabels(r, d)}
	g.Layers = append(g.Layers, net.Linear{Units: start.Size(), NoBias: gp.mean()}, net.Reshape{To: start})
	g.Layers = append(append(g.Layers, gp.normalised()...), net.LeakyReLU{})
	g.Layers = append(append(g.Layers, gp.deconv(r.Generator[1], 4, 2, 1)...), net.LeakyReLU{})
	g.Layers = append(g.Layers, net.ConvTranspose2d{Maps: s.C, Kernel: 4, Stride: 2, Pad: 1}, net.Tanh{})

	first := dp
	if dp.norm != "spectral" {
		first = part{"none"} // normalising the first would hide the images' scale
	}
	dis = imageSpec(s, seen(r, d, net.Of(d.Sample)))
	dis.Layers = append(append(dis.Layers, first.conv(r.Discriminator[0], 4, 2, 1)...), net.LeakyReLU{Leak: r.Leak})
	dis.Layers = append(append(dis.Layers, dp.conv(r.Discriminator[1], 4, 2, 1)...), net.LeakyReLU{Leak: r.Leak})
	dis.Layers = append(dis.Layers, net.Flatten{}, dp.head(r, d))
	return g, dis, nil
}

// imageSpec is the beginning of a discriminator that reads its input as an image.
func imageSpec(s net.Shape, first []net.Layer) net.Spec {
	return net.Spec{Name: "discriminator", In: net.Vec(s.Size()), Layers: append([]net.Layer{net.AsImage{Reshape: net.Reshape{To: s}}}, first...)}
}
