package inspect

import (
	"math"
	"slices"

	"ganvas/core/net"
	"ganvas/core/wire"
)

// Pixel is one value of a layer's feature maps; of a dense layer the unit alone counts.
type Pixel struct{ Unit, Y, X int }

const shownProducts = 4 // the input channels of which a sum shows the products

// sum takes one value of what a place makes of a sample apart, and writes the input map that it shows behind b. It is nil where the value is no sum:
// of the input, of a label, of how varied a batch is, or where it is not there.
func (g *Glass) sum(b []byte, n *network, at int, q Question, pixel Pixel) ([]byte, *wire.Sum) {
	p := &n.places[at]
	if at == 0 || !there(pixel, p.Out) {
		return b, nil
	}
	s := &wire.Sum{Unit: pixel.Unit, Y: pixel.Y, X: pixel.X, Value: value(n, at, q.Index, pixel)}
	first := p.Layers[0]
	if w, wraps := first.(net.Wrapping); wraps {
		first = w.Wrapped()
	}
	switch first.(type) {
	case net.Linear, net.Conv2d, net.ConvTranspose2d, net.LabelProduct, net.Residual, net.Fade:
	default: // a norm, or what a row begins with: each value is made of those at its own place
		for _, o := range origins(p.Layers, p.In, pixel) {
			s.Ways = append(s.Ways, term(n, n.from[at][0], q.Index, o.Pixel, o.of))
		}
		s.Total = total(s.Ways)
		if len(s.Ways) == 0 {
			return b, nil
		}
		return b, s
	}
	out, _ := p.Layers[0].Out(p.In)
	for _, o := range origins(p.Layers[1:], out, pixel) {
		one, x := g.parts(n, at, first, q, o.Pixel)
		if len(s.Over) == 0 {
			s.H, s.W, s.Stride, s.Pad, s.Channels, s.Shown, s.Ways = one.H, one.W, one.Stride, one.Pad, one.Channels, one.Shown, one.Ways
			if size := p.In.H * p.In.W; len(s.Shown) > 0 && size > 1 {
				b, s.Map = natural(1, 1, p.In.H, p.In.W).tiles(b, x[s.Shown[0].Channel*size:][:size], 0)
			}
		}
		s.Over = append(s.Over, wire.Term{Unit: o.Unit, Y: o.Y, X: o.X, Share: o.of, Value: one.Total})
	}
	if len(s.Over) == 0 {
		return b, nil
	}
	s.Total = total(s.Over)
	return b, s
}

// value is one of a place's; NaN where the sample does not go that way.
func value(n *network, at, index int, q Pixel) float32 {
	s := n.places[at].Out
	if all := n.Activation(at, index); all != nil {
		return all[(q.Unit*s.H+q.Y)*s.W+q.X]
	}
	return float32(math.NaN())
}

func term(n *network, at, index int, q Pixel, of float32) wire.Term {
	return wire.Term{Layer: n.layers[at].Name, Unit: q.Unit, Y: q.Y, X: q.X, Share: of, Value: value(n, at, index, q)}
}

func total(terms []wire.Term) (sum float32) {
	for _, t := range terms {
		sum += t.Share * t.Value
	}
	return sum
}

// parts takes a value of a place's first layer apart, as far as that is from the layers behind it, and returns what goes into the layer.
func (g *Glass) parts(n *network, at int, first net.Layer, q Question, pixel Pixel) (s wire.Sum, x []float32) {
	p, from, index := &n.places[at], n.from[at], q.Index
	x, w := n.Activation(from[0], index), n.Weight(at)
	var place func(ky, kx int) (y, x int)   // where a value of the kernel comes to lie
	var weight func(channel, k int) float32 // a channel's value k of it
	in := p.In
	s.H, s.W = 1, 1
	switch l := first.(type) {
	case net.Residual, net.Fade:
		shares := [2]float32{1, 1}
		if _, fades := l.(net.Fade); fades {
			shares[1] = float32(g.m.FadeIn())
			shares[0] = 1 - shares[1]
		}
		for k, end := range from {
			if shares[k] != 0 {
				s.Ways = append(s.Ways, term(n, end, index, pixel, shares[k]))
			}
		}
		s.Total = total(s.Ways)
		return s, x
	case net.Conv2d:
		s.H, s.W, s.Stride, s.Pad = l.Kernel, l.Kernel, l.Stride, l.Pad
		place = func(ky, kx int) (y, x int) { return pixel.Y*l.Stride - l.Pad + ky, pixel.X*l.Stride - l.Pad + kx }
		weight = func(c, k int) float32 { return w[(pixel.Unit*in.C+c)*l.Kernel*l.Kernel+k] }
	case net.ConvTranspose2d:
		s.H, s.W, s.Stride, s.Pad = l.Kernel, l.Kernel, l.Stride, l.Pad
		from := func(v, k int) int { // the row of the input that comes to v through the kernel's row k; −1 for none
			if d := v + l.Pad - k; d >= 0 && d%l.Stride == 0 {
				return d / l.Stride
			}
			return -1
		}
		place = func(ky, kx int) (y, x int) { return from(pixel.Y, ky), from(pixel.X, kx) }
		weight = func(c, k int) float32 { return w[(c*l.Maps+pixel.Unit)*l.Kernel*l.Kernel+k] }
	default: // dense layers, and a label's product with its own row of the table
		row := pixel.Unit
		if _, labelled := l.(net.LabelProduct); labelled {
			row = int(q.Samples.Labels[index])
		}
		in = net.Vec(in.Size())
		place = func(_, _ int) (y, x int) { return 0, 0 }
		weight = func(c, _ int) float32 { return w[row*in.C+c] }
	}
	s.Channels = in.C
	for c := range in.C {
		one := product(s.H, in, x, c, place, weight)
		s.Total += one.Sum
		at := len(s.Shown) // the largest come first
		for at > 0 && one.Sum*one.Sum > s.Shown[at-1].Sum*s.Shown[at-1].Sum {
			at--
		}
		if at < shownProducts {
			s.Shown = slices.Insert(s.Shown, at, one)
			s.Shown = s.Shown[:min(shownProducts, len(s.Shown))]
		}
	}
	return s, x
}

// product multiplies a kernel of that side with what lies under it in a channel of the input. What comes to lie outside is 0.
func product(side int, in net.Shape, x []float32, channel int, place func(ky, kx int) (y, x int), weight func(channel, k int) float32) wire.Product {
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

// slopes is how large the gradients of a network's last update were, as [wire.Flow] has it. Of large weights it looks at some, spread evenly.
func slopes(n *network) []float32 {
	all := make([]float32, len(n.places))
	for i := range n.places {
		if !weighs(&n.places[i]) {
			continue
		}
		w, sum := n.Gradient(i), 0.0
		step, count := stride(len(w))
		for k, at := 0, 0; k < count; k++ {
			sum += float64(w[at]) * float64(w[at])
			at = around(at+step, len(w))
		}
		all[i] = float32(math.Sqrt(sum / float64(count)))
	}
	return all
}
