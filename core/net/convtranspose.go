package net

import "fmt"

// ConvTranspose2d is PyTorch's nn.ConvTranspose2d: the adjoint of a convolution, which makes images of side
// (side − 1)·Stride − 2·Pad + Kernel from smaller ones; weight (C, Maps, Kernel, Kernel).
type ConvTranspose2d struct {
	Maps                int
	Kernel, Stride, Pad int
	NoBias              bool
}

// Geometry is that of the convolution whose adjoint the layer is, for maps of that shape.
func (l ConvTranspose2d) Geometry(in Shape) Geometry {
	side := func(n int) int { return (n-1)*l.Stride - 2*l.Pad + l.Kernel }
	return Geometry{Image: Shape{l.Maps, side(in.H), side(in.W)}, Maps: in, Kernel: l.Kernel, Stride: l.Stride, Pad: l.Pad}
}

func (l ConvTranspose2d) Out(in Shape) (Shape, error) {
	if l.Maps < 1 || l.Kernel < 1 || l.Stride < 1 || l.Pad < 0 || l.Pad >= l.Kernel {
		return Shape{}, fmt.Errorf("a transposed convolution of %d maps, kernel %d, stride %d, padding %d is impossible", l.Maps, l.Kernel, l.Stride, l.Pad)
	}
	out := l.Geometry(in).Image
	if out.H < 1 || out.W < 1 {
		return Shape{}, fmt.Errorf("padding %d leaves nothing of %v feature maps", l.Pad, in)
	}
	return out, nil
}

func (l ConvTranspose2d) Params(in Shape) []Param {
	fan := l.Maps * l.Kernel * l.Kernel // PyTorch counts the weight's second dimension
	p := []Param{{Name: "weight", Shape: []int{in.C, l.Maps, l.Kernel, l.Kernel}, Init: FanIn(fan)}}
	if !l.NoBias {
		p = append(p, Param{Name: "bias", Shape: []int{l.Maps}, Init: FanIn(fan)})
	}
	return p
}

func (l ConvTranspose2d) kernel() int { return l.Kernel }

// MACs is the number of multiply-adds in one sample's forward pass.
func (l ConvTranspose2d) MACs(in Shape) int { return in.Size() * l.Maps * l.Kernel * l.Kernel }
