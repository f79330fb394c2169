package gan

import (
	"fmt"

	"ganvas/core/config"
	"ganvas/core/nn"
)

// dcgan builds convolutional networks for images whose sides are multiples of 4: the generator doubles a quarter-sized
// picture twice, the discriminator halves twice. BatchNorm as usual, but none in a discriminator whose loss looks at
// its gradient. (After Radford et al. 2016, at small width.)
func dcgan(r config.Recipe, d Data) (g, dis nn.Spec, err error) {
	s := d.Sample
	if s.H%4 != 0 || s.W%4 != 0 {
		return g, dis, fmt.Errorf("arch dcgan makes images whose sides are multiples of 4, not %v", s)
	}
	g2, g1, d1, d2 := r.Generator[0], r.Generator[1], r.Discriminator[0], r.Discriminator[1]
	start := nn.Shape{C: g2, H: s.H / 4, W: s.W / 4}
	g = nn.Spec{Name: "generator", In: nn.Vec(r.Noise)}
	dis = nn.Spec{Name: "discriminator", In: nn.Vec(s.Size()), Layers: []nn.Layer{nn.AsImage{Reshape: nn.Reshape{To: s}}}}
	if r.Conditional {
		g.Layers = append(g.Layers, nn.OneHot{Classes: d.Classes})
		if r.LabelMode == "onehot" {
			dis.Layers = append(dis.Layers, nn.OneHot{Classes: d.Classes})
		}
	}
	gNormed := r.Norm != "none"
	g.Layers = append(g.Layers, nn.Linear{Units: start.Size(), NoBias: gNormed}, nn.Reshape{To: start})
	g.Layers = append(g.Layers, normedReLU(gNormed)...)
	g.Layers = append(g.Layers, nn.ConvTranspose2d{Maps: g1, Kernel: 4, Stride: 2, Pad: 1, NoBias: gNormed})
	g.Layers = append(g.Layers, normedReLU(gNormed)...)
	g.Layers = append(g.Layers, nn.ConvTranspose2d{Maps: s.C, Kernel: 4, Stride: 2, Pad: 1}, nn.Tanh{})
	normed := dcganNorm(r)
	dis.Layers = append(dis.Layers, nn.Conv2d{Maps: d1, Kernel: 4, Stride: 2, Pad: 1}, nn.LeakyReLU{Leak: r.Leak},
		nn.Conv2d{Maps: d2, Kernel: 4, Stride: 2, Pad: 1, NoBias: normed})
	if normed {
		dis.Layers = append(dis.Layers, nn.BatchNorm{})
	}
	dis.Layers = append(dis.Layers, nn.LeakyReLU{Leak: r.Leak}, nn.Flatten{}, nn.Linear{Units: Heads(r, d)})
	return g, dis, nil
}

// dcganNorm reports whether the discriminator normalises over the batch.
func dcganNorm(r config.Recipe) bool {
	loss, err := FindLoss(r.Loss)
	return r.Norm == "batch" || r.Norm == "auto" && err == nil && loss.Penalty.At == Nowhere
}

// normedReLU is ReLU behind BatchNorm where asked.
func normedReLU(normed bool) []nn.Layer {
	if !normed {
		return []nn.Layer{nn.LeakyReLU{}}
	}
	return []nn.Layer{nn.BatchNorm{}, nn.LeakyReLU{}}
}
