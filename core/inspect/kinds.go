package inspect

import (
	"fmt"

	"ganvas/core/net"
	"ganvas/core/wire"
)

// kinds is what a layer is called in messages, its wrapping after it.
func kinds(l net.Layer) []string {
	switch l := l.(type) {
	case net.Linear:
		return []string{"dense"}
	case net.Conv2d:
		return []string{"conv"}
	case net.ConvTranspose2d:
		return []string{"deconv"}
	case net.LabelProduct:
		return []string{"labelproduct"}
	case net.Spectral:
		return append(kinds(l.Layer), "spectral")
	case net.Equalized:
		return append(kinds(l.Layer), "equalized")
	case net.BatchNorm:
		return []string{"batchnorm"}
	case net.LayerNorm:
		return []string{"layernorm"}
	case net.PixelNorm:
		return []string{"pixelnorm"}
	case net.MinibatchStd:
		return []string{"batchstd"}
	case net.LeakyReLU:
		if l.Leak == 0 {
			return []string{"relu"}
		}
		return []string{"leaky"}
	case net.Tanh:
		return []string{"tanh"}
	case net.Sigmoid:
		return []string{"sigmoid"}
	case net.Dropout:
		return []string{"dropout"}
	case net.Noise:
		return []string{"noise"}
	case net.Augment:
		return []string{"augment"}
	case net.OneHot:
		return []string{"label"}
	case net.Upsample:
		return []string{"upsample"}
	case net.AvgPool, net.SumPool:
		return []string{"pool"}
	case net.Pad:
		return []string{"pad"}
	case net.Reshape, net.Flatten, net.AsImage:
		return []string{"reshape"}
	case net.Residual:
		return []string{"sum"}
	case net.Fade:
		return []string{"fade"}
	case net.Named:
		return nil
	}
	panic(fmt.Sprintf("inspect: a layer without a name, %T", l))
}

// describe is a network's places in messages.
func describe(places []net.Place) []wire.Layer {
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

func triple(s net.Shape) [3]int { return [3]int{s.C, s.H, s.W} }
