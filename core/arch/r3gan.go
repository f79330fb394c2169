package arch

import (
	"math"

	"ganvas/core/net"
)

// r3gan builds residual networks without any norm, which begin so that no block adds anything: each width is a block at one
// resolution, and between two of them the picture is doubled or halved by interpolation. What comes of the noise and of the
// image goes to the blocks as it is, without an activation. (After Huang et al. 2024, at small width: one block at each
// resolution instead of two, its inner maps as many as its outer ones and in one group, and tanh behind the generator.)
func r3gan(p Plan, d Data, _ int) (n Networks, err error) {
	s, up, down := net.Of(d.Sample), len(p.Generator)-1, len(p.Discriminator)-1
	if err := halves(p.Arch, s, max(up, down)); err != nil {
		return n, err
	}
	start := net.Shape{C: p.Generator[0], H: s.H >> up, W: s.W >> up}
	block := steady{leak: p.Leak, blocks: up + 1}
	g := net.Spec{Name: "generator", In: net.Vec(p.Noise), Layers: generatorLabels(p, d)}
	g.Layers = append(g.Layers, net.Linear{Units: start.Size(), Start: net.Gain(1)}, net.Reshape{To: start}, block.of(start.C))
	for i, maps := range p.Generator[1:] {
		if maps != p.Generator[i] {
			g.Layers = append(g.Layers, mixing(maps))
		}
		g.Layers = append(g.Layers, net.Upsample{Scale: 2}, net.Blur{}, block.of(maps))
	}
	g.Layers = append(g.Layers, net.Conv2d{Maps: s.C, Kernel: 1, Stride: 1, Start: net.Gain(1)}, net.Tanh{})

	_, q := parts(p, "none", "none")
	block = steady{leak: p.Leak, blocks: down + 1}
	dis := imageSpec(p.judged(d.Sample), seen(p, d, p.judged(d.Sample)))
	dis.Layers = append(dis.Layers, mixing(p.Discriminator[0]), block.of(p.Discriminator[0]))
	for i, maps := range p.Discriminator[1:] {
		dis.Layers = append(dis.Layers, net.Blur{}, net.AvgPool{Size: 2})
		if maps != p.Discriminator[i] {
			dis.Layers = append(dis.Layers, mixing(maps))
		}
		dis.Layers = append(dis.Layers, block.of(maps))
	}
	dis.Layers = append(dis.Layers, net.Flatten{}, q.head(p, d))
	return Networks{G: g, D: dis}, nil
}

// mixing makes other maps of those at hand, pixel by pixel.
func mixing(maps int) net.Layer {
	return net.Conv2d{Maps: maps, Kernel: 1, Stride: 1, NoBias: true, Start: net.Gain(1)}
}

// steady makes the blocks of a network that has so many of them.
type steady struct {
	leak   float64
	blocks int
}

// of is the block over so many maps. Its last convolution begins at zero and the first two so small that an update of all
// blocks changes what the network makes by as much as one of a single block would. (Zhang et al. 2019, Fixup, with three layers.)
func (b steady) of(maps int) net.Layer {
	gain := net.Gain(math.Sqrt(2/(1+b.leak*b.leak)) * math.Pow(float64(b.blocks), -0.25))
	act := net.LeakyReLU{Leak: b.leak}
	return net.Residual{Main: []net.Layer{
		net.Conv2d{Maps: maps, Kernel: 1, Stride: 1, Start: gain}, act,
		net.Conv2d{Maps: maps, Kernel: 3, Stride: 1, Pad: 1, Start: gain}, act,
		net.Conv2d{Maps: maps, Kernel: 1, Stride: 1, NoBias: true, Start: net.Gain(0)},
	}}
}
