package inspect

import (
	"fmt"

	"ganvas/core/nn"
	"ganvas/core/wire"
)

// kinds is what a layer is called in messages, its wrapping after it.
func kinds(l nn.Layer) []string {
	switch l := l.(type) {
	case nn.Linear:
		return []string{"dense"}
	case nn.Conv2d:
		return []string{"conv"}
	case nn.ConvTranspose2d:
		return []string{"deconv"}
	case nn.LabelProduct:
		return []string{"labelproduct"}
	case nn.Spectral:
		return append(kinds(l.Layer), "spectral")
	case nn.Equalized:
		return append(kinds(l.Layer), "equalized")
	case nn.BatchNorm:
		return []string{"batchnorm"}
	case nn.LayerNorm:
		return []string{"layernorm"}
	case nn.PixelNorm:
		return []string{"pixelnorm"}
	case nn.MinibatchStd:
		return []string{"batchstd"}
	case nn.LeakyReLU:
		if l.Leak == 0 {
			return []string{"relu"}
		}
		return []string{"leaky"}
	case nn.Tanh:
		return []string{"tanh"}
	case nn.Sigmoid:
		return []string{"sigmoid"}
	case nn.Dropout:
		return []string{"dropout"}
	case nn.Noise:
		return []string{"noise"}
	case nn.Augment:
		return []string{"augment"}
	case nn.OneHot:
		return []string{"label"}
	case nn.Upsample:
		return []string{"upsample"}
	case nn.AvgPool, nn.SumPool:
		return []string{"pool"}
	case nn.Pad:
		return []string{"pad"}
	case nn.Reshape, nn.Flatten, nn.AsImage:
		return []string{"reshape"}
	case nn.Residual:
		return []string{"sum"}
	case nn.Fade:
		return []string{"fade"}
	case nn.Named:
		return nil
	}
	panic(fmt.Sprintf("inspect: a layer without a name, %T", l))
}

// describe is a network's places in messages.
func describe(places []nn.Place) []wire.Layer {
	all := make([]wire.Layer, len(places))
	for i, p := range places {
		l := wire.Layer{Name: p.Name, Kinds: []string{}, In: triple(p.In), Out: triple(p.Out), Weight: p.Weight.Shape}
		for _, each := range p.Layers {
			l.Kinds = append(l.Kinds, kinds(each)...)
		}
		all[i] = l
	}
	return all
}

func triple(s nn.Shape) [3]int { return [3]int{s.C, s.H, s.W} }
