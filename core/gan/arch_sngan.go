package gan

import (
	"fmt"

	"ganvas/core/config"
	"ganvas/core/nn"
)

// sngan builds residual networks for images whose sides are multiples of 4, three widths each: the generator's blocks
// double a quarter-sized picture twice, the discriminator's halve twice and a third looks at what is left. BatchNorm in
// the generator, spectral norm in the discriminator. (After Miyato et al. 2018, tables 4 and 5, at small width.)
func sngan(r config.Recipe, d Data) (g, dis nn.Spec, err error) {
	s := d.Sample
	if s.H%4 != 0 || s.W%4 != 0 {
		return g, dis, fmt.Errorf("arch sngan makes images whose sides are multiples of 4, not %v", s)
	}
	gp, dp := parts(r, "batch", "spectral")
	start := nn.Shape{C: r.Generator[0], H: s.H / 4, W: s.W / 4}
	g = nn.Spec{Name: "generator", In: nn.Vec(r.Noise), Layers: generatorLabels(r, d)}
	g.Layers = append(g.Layers, nn.Linear{Units: start.Size()}, nn.Reshape{To: start}, gp.growing(r.Generator[1]), gp.growing(r.Generator[2]))
	g.Layers = append(append(g.Layers, gp.normalised()...), nn.LeakyReLU{}, nn.Conv2d{Maps: s.C, Kernel: 3, Stride: 1, Pad: 1}, nn.Tanh{})

	dis = imageSpec(s, seen(r, d, d.Sample))
	dis.Layers = append(dis.Layers, dp.first(r.Discriminator[0]), dp.shrinking(r.Discriminator[1], true), dp.shrinking(r.Discriminator[2], false))
	dis.Layers = append(dis.Layers, nn.LeakyReLU{}, nn.SumPool{Size: s.H / 4}, nn.Flatten{}, dp.head(r, d))
	return g, dis, nil
}

// growing is a generator's block: normalisation and ReLU before each of two convolutions, the picture doubled between.
func (p part) growing(maps int) nn.Layer {
	main := append(p.normalised(), nn.LeakyReLU{}, nn.Upsample{Scale: 2})
	main = append(append(main, p.conv(maps, 3, 1, 1)...), nn.LeakyReLU{}, nn.Conv2d{Maps: maps, Kernel: 3, Stride: 1, Pad: 1})
	return nn.Residual{Main: main, Skip: []nn.Layer{nn.Upsample{Scale: 2}, nn.Conv2d{Maps: maps, Kernel: 1, Stride: 1}}}
}

// first is the discriminator's block over the image itself, whose values no activation should cut.
func (p part) first(maps int) nn.Layer {
	return nn.Residual{
		Main: []nn.Layer{p.plain(maps, 3), nn.LeakyReLU{}, p.plain(maps, 3), nn.AvgPool{Size: 2}},
		Skip: []nn.Layer{nn.AvgPool{Size: 2}, p.plain(maps, 1)},
	}
}

// shrinking is a discriminator's block: ReLU before each of two convolutions, then halved where asked.
func (p part) shrinking(maps int, half bool) nn.Layer {
	main := []nn.Layer{nn.LeakyReLU{}, p.plain(maps, 3), nn.LeakyReLU{}, p.plain(maps, 3)}
	skip := []nn.Layer{p.plain(maps, 1)}
	if half {
		main, skip = append(main, nn.AvgPool{Size: 2}), append(skip, nn.AvgPool{Size: 2})
	}
	return nn.Residual{Main: main, Skip: skip}
}

// plain is a convolution that keeps the picture's size, with nothing behind it.
func (p part) plain(maps, kernel int) nn.Layer {
	return p.weighed(nn.Conv2d{Maps: maps, Kernel: kernel, Stride: 1, Pad: kernel / 2})
}
