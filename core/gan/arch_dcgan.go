package gan

import (
	"fmt"

	"ganvas/core/config"
	"ganvas/core/net"
)

// dcgan builds convolutional networks in which each width is one resampling by 2: the generator begins with a picture
// that is halved as often as it has widths and doubles it, the discriminator halves. BatchNorm as usual, but none in a
// discriminator whose loss looks at its gradient. (After Radford et al. 2016, at small width.)
func dcgan(r config.Recipe, d Data) (g, dis net.Spec, err error) {
	s := net.Of(d.Sample)
	if err := halves("dcgan", s, max(len(r.Generator), len(r.Discriminator))); err != nil {
		return g, dis, err
	}
	gp, dp := parts(r, "batch", unlessPenalized(r, "batch"))
	start := net.Shape{C: r.Generator[0], H: s.H >> len(r.Generator), W: s.W >> len(r.Generator)}
	g = net.Spec{Name: "generator", In: net.Vec(r.Noise), Layers: generatorLabels(r, d)}
	g.Layers = append(g.Layers, net.Linear{Units: start.Size(), NoBias: gp.mean()}, net.Reshape{To: start})
	g.Layers = append(append(g.Layers, gp.normalised()...), net.LeakyReLU{})
	for _, maps := range r.Generator[1:] {
		g.Layers = append(append(g.Layers, gp.deconv(maps, 4, 2, 1)...), net.LeakyReLU{})
	}
	g.Layers = append(g.Layers, net.ConvTranspose2d{Maps: s.C, Kernel: 4, Stride: 2, Pad: 1}, net.Tanh{})

	dis = imageSpec(s, seen(r, d, net.Of(d.Sample)))
	for i, maps := range r.Discriminator {
		p := dp
		if i == 0 && dp.norm != "spectral" {
			p = part{"none"} // normalising the first would hide the images' scale
		}
		dis.Layers = append(append(dis.Layers, p.conv(maps, 4, 2, 1)...), net.LeakyReLU{Leak: r.Leak})
	}
	dis.Layers = append(dis.Layers, net.Flatten{}, dp.head(r, d))
	return g, dis, nil
}

// halves checks that images of a shape can be halved so often.
func halves(arch string, s net.Shape, times int) error {
	if times > 12 || s.H%(1<<times) != 0 || s.W%(1<<times) != 0 {
		return fmt.Errorf("arch %s with these widths halves images %d times, and %d×%d cannot be: take fewer widths, or sides that are multiples of %d", arch, times, s.W, s.H, 1<<min(times, 12))
	}
	return nil
}

// imageSpec is the beginning of a discriminator that reads its input as an image.
func imageSpec(s net.Shape, first []net.Layer) net.Spec {
	return net.Spec{Name: "discriminator", In: net.Vec(s.Size()), Layers: append([]net.Layer{net.AsImage{Reshape: net.Reshape{To: s}}}, first...)}
}
