package net

import "fmt"

// Geometry is how a kernel walks over images: Image is the side with pixels (a convolution's input, a transposed
// convolution's output), Maps the side with one value for each place that the kernel stops at.
type Geometry struct {
	Image, Maps         Shape
	Kernel, Stride, Pad int
}

// Conv2d is PyTorch's nn.Conv2d with square kernels and zero padding: Maps feature maps of
// side (side + 2·Pad − Kernel)/Stride + 1 from any number, weight (Maps, C, Kernel, Kernel).
type Conv2d struct {
	Maps                int
	Kernel, Stride, Pad int
	NoBias              bool
	Start               Start
}

// Geometry is how the kernel walks over images of that shape.
func (l Conv2d) Geometry(in Shape) Geometry {
	side := func(n int) int { return (n+2*l.Pad-l.Kernel)/l.Stride + 1 }
	return Geometry{Image: in, Maps: Shape{l.Maps, side(in.H), side(in.W)}, Kernel: l.Kernel, Stride: l.Stride, Pad: l.Pad}
}

func (l Conv2d) Out(in Shape) (Shape, error) {
	if l.Maps < 1 || l.Kernel < 1 || l.Stride < 1 || l.Pad < 0 || l.Pad >= l.Kernel {
		return Shape{}, fmt.Errorf("a convolution of %d maps, kernel %d, stride %d, padding %d is impossible", l.Maps, l.Kernel, l.Stride, l.Pad)
	}
	if in.H+2*l.Pad < l.Kernel || in.W+2*l.Pad < l.Kernel {
		return Shape{}, fmt.Errorf("a kernel of %d×%d is larger than the %v feature maps with padding %d", l.Kernel, l.Kernel, in, l.Pad)
	}
	return l.Geometry(in).Maps, nil
}

func (l Conv2d) Params(in Shape) []Param {
	fan := in.C * l.Kernel * l.Kernel
	p := []Param{{Name: "weight", Shape: []int{l.Maps, in.C, l.Kernel, l.Kernel}, Init: l.Start.weight(fan)}}
	if !l.NoBias {
		p = append(p, Param{Name: "bias", Shape: []int{l.Maps}, Init: l.Start.bias(fan)})
	}
	return p
}

func (l Conv2d) kernel() int { return l.Kernel }

// MACs is the number of multiply-adds in one sample's forward pass.
func (l Conv2d) MACs(in Shape) int {
	return l.Geometry(in).Maps.Size() * in.C * l.Kernel * l.Kernel
}
