package inspect

import (
	"slices"

	"ganvas/core/net"
	"ganvas/core/wire"
)

// Pixel is one value of a layer's feature maps; of a dense layer the unit alone counts.
type Pixel struct{ Unit, Y, X int }

const shownProducts = 4 // the input channels of which a sum shows the products

// sum takes one value of what a place makes of a sample apart: the products of weights and inputs that it is the sum of. It is nil where the place
// is no convolution and no dense layer, where its input is not what the place before it makes, or where the pixel is not there.
func (g *Glass) sum(n *network, at, index int, q Pixel) *wire.Sum {
	if at == 0 {
		return nil
	}
	p, before := &n.places[at], &n.places[at-1]
	if !weighs(p) || nested(p.Name) || nested(before.Name) || before.Out.Size() != p.In.Size() {
		return nil
	}
	x, w, out := n.Activation(at-1, index), n.Weight(at), n.Activation(at, index)
	if x == nil || out == nil || q.Unit < 0 || q.Y < 0 || q.X < 0 || q.Unit >= p.Out.C || q.Y >= p.Out.H || q.X >= p.Out.W {
		return nil
	}
	s := &wire.Sum{Unit: q.Unit, Y: q.Y, X: q.X, H: 1, W: 1, Channels: p.In.C, Value: out[(q.Unit*p.Out.H+q.Y)*p.Out.W+q.X]}
	if made, err := p.Layers[0].Out(p.In); err != nil || made != p.Out {
		return nil // it is pooled or enlarged behind
	}
	var product func(channel int) wire.Product
	switch l := p.Layers[0].(type) {
	case net.Conv2d:
		s.H, s.W = l.Kernel, l.Kernel
		product = windowed(l.Kernel, p.In, x, func(ky, kx int) (y, x int) { return q.Y*l.Stride - l.Pad + ky, q.X*l.Stride - l.Pad + kx },
			func(c, k int) float32 { return w[(q.Unit*p.In.C+c)*l.Kernel*l.Kernel+k] })
	case net.ConvTranspose2d:
		s.H, s.W = l.Kernel, l.Kernel
		from := func(v, k int) int { // the row of the input that comes to v through the kernel's row k; −1 for none
			if d := v + l.Pad - k; d >= 0 && d%l.Stride == 0 {
				return d / l.Stride
			}
			return -1
		}
		product = windowed(l.Kernel, p.In, x, func(ky, kx int) (y, x int) { return from(q.Y, ky), from(q.X, kx) },
			func(c, k int) float32 { return w[(c*l.Maps+q.Unit)*l.Kernel*l.Kernel+k] })
	case net.Linear:
		s.Channels = p.In.Size()
		product = windowed(1, net.Vec(s.Channels), x, func(_, _ int) (y, x int) { return 0, 0 }, func(c, _ int) float32 { return w[q.Unit*s.Channels+c] })
	default:
		return nil
	}
	for c := range s.Channels {
		one := product(c)
		s.Total += one.Sum
		s.Shown = append(s.Shown, one)
	}
	slices.SortStableFunc(s.Shown, func(a, b wire.Product) int {
		switch d := b.Sum*b.Sum - a.Sum*a.Sum; {
		case d > 0:
			return 1
		case d < 0:
			return -1
		}
		return 0
	})
	s.Shown = s.Shown[:min(shownProducts, len(s.Shown))]
	return s
}

// nested reports whether a name is that of a place inside a block, whose input may come from elsewhere.
func nested(name string) bool { return slices.Contains([]byte(name), '.') }

// windowed multiplies a kernel of that side with what lies under it in a channel of the input: place is where each of its values comes to lie, weight
// a channel's value k of the kernel. What comes to lie outside is 0.
func windowed(side int, in net.Shape, x []float32, place func(ky, kx int) (y, x int), weight func(channel, k int) float32) func(channel int) wire.Product {
	return func(channel int) wire.Product {
		p := wire.Product{Channel: channel, Patch: make([]float32, side*side), Kernel: make([]float32, side*side)}
		for k := range p.Patch {
			p.Kernel[k] = weight(channel, k)
			if iy, ix := place(k/side, k%side); iy >= 0 && ix >= 0 && iy < in.H && ix < in.W {
				p.Patch[k] = x[(channel*in.H+iy)*in.W+ix]
			}
			p.Sum += p.Patch[k] * p.Kernel[k]
		}
		return p
	}
}
