package arch

import "ganvas/core/net"

// sngan builds residual networks: of the generator's widths the first is what it begins with and each other a block that
// doubles the picture; of the discriminator's each is a block that halves it, but for the last, which looks at what is left.
// BatchNorm in the generator, spectral norm in the discriminator. (After Miyato et al. 2018, tables 4 and 5, at small width.)
func sngan(p Plan, d Data, _ int) (n Networks, err error) {
	s, up, down := net.Of(d.Sample), len(p.Generator)-1, len(p.Discriminator)-1
	if err := halves(p.Arch, s, max(up, down)); err != nil {
		return n, err
	}
	gp, dp := parts(p, "batch", "spectral")
	start := net.Shape{C: p.Generator[0], H: s.H >> up, W: s.W >> up}
	g := net.Spec{Name: "generator", In: net.Vec(p.Noise), Layers: generatorLabels(p, d)}
	g.Layers = append(g.Layers, net.Linear{Units: start.Size()}, net.Reshape{To: start})
	for _, maps := range p.Generator[1:] {
		g.Layers = append(g.Layers, gp.growing(maps))
	}
	g.Layers = append(append(g.Layers, gp.normalised()...), net.LeakyReLU{}, net.Conv2d{Maps: s.C, Kernel: 3, Stride: 1, Pad: 1}, net.Tanh{})

	dis := imageSpec(p.judged(d.Sample), seen(p, d, p.judged(d.Sample)))
	dis.Layers = append(dis.Layers, dp.reading(p.Discriminator[0]))
	for i, maps := range p.Discriminator[1:] {
		dis.Layers = append(dis.Layers, dp.shrinking(maps, i+1 < down))
	}
	dis.Layers = append(dis.Layers, net.LeakyReLU{}, net.SumPool{Size: common(s.H>>down, s.W>>down)}, net.Flatten{}, dp.head(p, d))
	return Networks{G: g, D: dis}, nil
}

// common is the side of the largest squares that fill a picture of h × w.
func common(h, w int) int {
	for w > 0 {
		h, w = w, h%w
	}
	return h
}

// growing is a generator's block: normalisation and ReLU before each of two convolutions, the picture doubled between.
func (p part) growing(maps int) net.Layer {
	main := append(p.normalised(), net.LeakyReLU{}, net.Upsample{Scale: 2})
	main = append(append(main, p.conv(maps, 3, 1, 1)...), net.LeakyReLU{}, net.Conv2d{Maps: maps, Kernel: 3, Stride: 1, Pad: 1})
	return net.Residual{Main: main, Skip: []net.Layer{net.Upsample{Scale: 2}, net.Conv2d{Maps: maps, Kernel: 1, Stride: 1}}}
}

// reading is the discriminator's block over the image itself, whose values no activation should cut.
func (p part) reading(maps int) net.Layer {
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
