package arch

import (
	"fmt"

	"ganvas/core/net"
)

// dcgan builds convolutional networks as deep as there are widths: each one of the generator's is a doubling of the
// picture, each one of the discriminator's a halving. BatchNorm as usual, but none in a discriminator whose loss looks at
// its gradient. (After Radford et al. 2016, at small width.)
func dcgan(p Plan, d Data, _ int) (n Networks, err error) {
	s, up, down := net.Of(d.Sample), p.Generator, p.Discriminator
	if err := halves(p.Arch, s, max(len(up), len(down))); err != nil {
		return n, err
	}
	gp, dp := parts(p, "batch", unlessPenalized(p, "batch"))
	start := net.Shape{C: up[0], H: s.H >> len(up), W: s.W >> len(up)}
	g := net.Spec{Name: "generator", In: net.Vec(p.Noise), Layers: generatorLabels(p, d)}
	g.Layers = append(g.Layers, net.Linear{Units: start.Size(), NoBias: gp.mean()}, net.Reshape{To: start})
	g.Layers = append(append(g.Layers, gp.normalised()...), net.LeakyReLU{})
	for _, maps := range up[1:] {
		g.Layers = append(append(g.Layers, gp.deconv(maps, 4, 2, 1)...), net.LeakyReLU{})
	}
	g.Layers = append(g.Layers, net.ConvTranspose2d{Maps: s.C, Kernel: 4, Stride: 2, Pad: 1}, net.Tanh{})

	dis := imageSpec(p.judged(d.Sample), seen(p, d, p.judged(d.Sample)))
	for i, maps := range down {
		q := dp
		if i == 0 {
			q = dp.first()
		}
		dis.Layers = append(append(dis.Layers, q.conv(maps, 4, 2, 1)...), net.LeakyReLU{Leak: p.Leak})
	}
	dis.Layers = append(dis.Layers, net.Flatten{}, dp.head(p, d))
	return Networks{G: g, D: dis}, nil
}

// imageSpec is the beginning of a discriminator that reads its input as an image.
func imageSpec(s net.Shape, first []net.Layer) net.Spec {
	return net.Spec{Name: "discriminator", In: net.Vec(s.Size()), Layers: append([]net.Layer{net.AsImage{Reshape: net.Reshape{To: s}}}, first...)}
}

// halves checks that images of a shape can be halved so often.
func halves(arch string, s net.Shape, times int) error {
	if by := 1 << times; s.H%by != 0 || s.W%by != 0 {
		return fmt.Errorf("arch %s with these widths halves images %d times, and %d×%d cannot be: take fewer widths, or sides that are multiples of %d", arch, times, s.W, s.H, by)
	}
	return nil
}
