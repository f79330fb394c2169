package gan

import (
	"fmt"

	"ganvas/core/config"
	"ganvas/core/net"
)

// sngan builds residual networks for images whose sides are multiples of 4, three widths each: the generator's blocks
// double a quarter-sized picture twice, the discriminator's halve twice and a third looks at what is left. BatchNorm in
// the generator, spectral norm in the discriminator. (After Miyato et al. 2018, tables 4 and 5, at small width.)
func sngan(r config.Recipe, d Data) (g, dis net.Spec, err error) {
	s := net.Of(d.Sample)
	if s.H%4 != 0 || s.W%4 != 0 {
		return g, dis, fmt.Errorf("arch sngan makes images whose sides are multiples of 4, not %v", s)
	}
	gp, dp := parts(r, "batch", "spectral")
	start := net.Shape{C: r.Generator[0], H: s.H / 4, W: s.W / 4}
	g = net.Spec{Name: "generator", In: net.Vec(r.Noise), Layers: generatorLabels(r, d)}
	g.Layers = append(g.Layers, net.Linear{Units: start.Size()}, net.Reshape{To: start}, gp.growing(r.Generator[1]), gp.growing(r.Generator[2]))
	g.Layers = append(append(g.Layers, gp.normalised()...), net.LeakyReLU{}, net.Conv2d{Maps: s.C, Kernel: 3, Stride: 1, Pad: 1}, net.Tanh{})

	dis = imageSpec(s, seen(r, d, net.Of(d.Sample)))
	dis.Layers = append(dis.Layers, dp.first(r.Discriminator[0]), dp.shrinking(r.Discriminator[1], true), dp.shrinking(r.Discriminator[2], false))
	dis.Layers = append(dis.Layers, net.LeakyReLU{}, net.SumPool{Size: s.H / 4}, net.Flatten{}, dp.head(r, d))
	return g, dis, nil
}

// growing is a generator's block: normalisation and ReLU before each of two convolutions, the picture doubled between.
func (p part) growing(maps int) net.Layer {
	main := append(p.normalised(), net.LeakyReLU{}, net.Upsample{Scale: 2})
	main = append(append(main, p.conv(maps, 3, 1, 1)...), net.LeakyReLU{}, net.Conv2d{Maps: maps, Kernel: 3, Stride: 1, Pad: 1})
	return net.Residual{Main: main, Skip: []net.Layer{net.Upsample{Scale: 2}, net.Conv2d{Maps: maps, Kernel: 1, Stride: 1}}}
}

// first is the discriminator's block over the image itself, whose values no activation should cut.
func (p part) first(maps int) net.Layer {
	return net.Residual{
		Main: []net.Layer{p.plain(maps, 3), net.LeakyReLU{}, p.plain(maps, 3), net.AvgPool{Size: 2}},
		Skip: []net.Layer{net.AvgPool{Size: 2}, p.plain(maps, 1)},
	}
}

// shrinking is a discriminator's block: ReLU before each of two convolutions, then halved where asked.
func (p part) shrinking(maps int, half bool) net.Layer {
	main := []net.Layer{net.LeakyReLU{}, p.plain(maps, 3), net.LeakyReLU{}, p.plain(maps, 3)}
	skip := []net.Layer{p.plain(maps, 1)}
	if half {
		main, skip = append(main, net.AvgPool{Size: 2}), append(skip, net.AvgPool{Size: 2})
	}
	return net.Residual{Main: main, Skip: skip}
}

// plain is a convolution that keeps the picture's size, with nothing behind it.
func (p part) plain(maps, kernel int) net.Layer {
	return p.weighed(net.Conv2d{Maps: maps, Kernel: kernel, Stride: 1, Pad: kernel / 2})
}
