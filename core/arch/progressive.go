package arch

import (
	"fmt"
	"math"
	"strconv"

	"ganvas/core/net"
)

// Smallest is the side of the pictures that a growing run begins with.
const Smallest = 4

// progressive builds the networks of one stage for pictures of a side that a frame pads to a power of two: equalized
// weights, PixelNorm in the generator, the minibatch's deviation before the discriminator's end, and the newest
// resolution fading in on both sides and in the real images. Widths are one for each resolution. (Karras et al. 2018.)
func progressive(p Plan, d Data, stage int) (Networks, error) {
	s, stages := net.Of(d.Sample), len(p.Generator)
	whole := Smallest
	for whole < s.H {
		whole *= 2
	}
	if s.H != s.W || (whole-s.H)%2 != 0 {
		return Networks{}, fmt.Errorf("arch progressive makes square images that a frame pads to a power of two, not %v", s)
	}
	if Smallest<<(stages-1) > whole {
		return Networks{}, fmt.Errorf("%d widths grow to %d×%d, and the images have %d×%d: take fewer widths", stages, Smallest<<(stages-1), Smallest<<(stages-1), s.H, s.W)
	}
	side := Smallest << stage
	n := Networks{G: growingGenerator(p, d, stage), D: growingDiscriminator(p, d, stage)}
	framed := []net.Layer{net.AsImage{Reshape: net.Reshape{To: s}}, net.Pad{By: (whole - s.H) / 2, Value: -1}, net.AvgPool{Size: whole / side}}
	if stage > 0 {
		framed = append(framed, net.Fade{Old: []net.Layer{net.AvgPool{Size: 2}, net.Upsample{Scale: 2}}})
	}
	n.Prepare = &net.Spec{Name: "real images", In: net.Vec(s.Size()), Layers: framed}
	n.Finish = &net.Spec{Name: "shown images", In: net.Vec(s.C * side * side), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: s.C, H: side, W: side}}, net.Upsample{Scale: whole / side}, net.Pad{By: -(whole - s.H) / 2}}}
	return n, nil
}

// sized names a group of layers after the resolution it works at.
func sized(name string, stage int, layers ...net.Layer) net.Layer {
	return net.Named{Name: name + strconv.Itoa(Smallest<<stage), Layers: layers}
}

func equalConv(maps, kernel int, gain float64) net.Layer {
	return net.Equalized{Layer: net.Conv2d{Maps: maps, Kernel: kernel, Stride: 1, Pad: kernel / 2}, Gain: gain}
}

// growingGenerator: base4, block8, …, and image4, image8, … that turn feature maps into pixels.
func growingGenerator(p Plan, d Data, stage int) net.Spec {
	act := func(l net.Layer) []net.Layer { return []net.Layer{l, net.LeakyReLU{Leak: p.Leak}, net.PixelNorm{}} }
	image := func(k int) net.Layer { return sized("image", k, equalConv(d.Sample.Channels, 1, 1)) }
	block := func(k int) net.Layer {
		maps := p.Generator[k]
		layers := append([]net.Layer{net.Upsample{Scale: 2}}, act(equalConv(maps, 3, math.Sqrt2))...)
		return sized("block", k, append(layers, act(equalConv(maps, 3, math.Sqrt2))...)...)
	}
	start := net.Shape{C: p.Generator[0], H: Smallest, W: Smallest}
	base := []net.Layer{net.Equalized{Layer: net.Linear{Units: start.Size()}, Gain: math.Sqrt2 / 4}, net.Reshape{To: start}, net.LeakyReLU{Leak: p.Leak}, net.PixelNorm{}}
	base = append(base, act(equalConv(start.C, 3, math.Sqrt2))...)

	g := net.Spec{Name: "generator", In: net.Vec(p.Noise), Layers: append([]net.Layer{net.PixelNorm{}}, generatorLabels(p, d)...)}
	g.Layers = append(g.Layers, sized("base", 0, base...))
	for k := 1; k < stage; k++ {
		g.Layers = append(g.Layers, block(k))
	}
	if stage == 0 {
		g.Layers = append(g.Layers, image(0))
		return g
	}
	g.Layers = append(g.Layers, net.Fade{Old: []net.Layer{image(stage - 1), net.Upsample{Scale: 2}}, New: []net.Layer{block(stage), image(stage)}})
	return g
}

// growingDiscriminator: pixels4, pixels8, … that turn pixels into feature maps, …, block8, and the end at 4×4.
func growingDiscriminator(p Plan, d Data, stage int) net.Spec {
	width := func(k int) int { return p.Discriminator[len(p.Discriminator)-1-k] }
	act := func(l net.Layer) []net.Layer { return []net.Layer{l, net.LeakyReLU{Leak: p.Leak}} }
	pixels := func(k int) net.Layer { return sized("pixels", k, act(equalConv(width(k), 1, math.Sqrt2))...) }
	block := func(k int) net.Layer {
		layers := append(act(equalConv(width(k), 3, math.Sqrt2)), act(equalConv(width(k-1), 3, math.Sqrt2))...)
		return sized("block", k, append(layers, net.AvgPool{Size: 2})...)
	}
	side := Smallest << stage
	image := net.Shape{C: d.Sample.Channels, H: side, W: side}
	dis := imageSpec(image, seen(p, d, image))
	if stage == 0 {
		dis.Layers = append(dis.Layers, pixels(0))
	} else {
		dis.Layers = append(dis.Layers, net.Fade{Old: []net.Layer{net.AvgPool{Size: 2}, pixels(stage - 1)}, New: []net.Layer{pixels(stage), block(stage)}})
	}
	for k := stage - 1; k > 0; k-- {
		dis.Layers = append(dis.Layers, block(k))
	}
	end := append([]net.Layer{net.MinibatchStd{}}, act(equalConv(width(0), 3, math.Sqrt2))...)
	end = append(append(end, net.Flatten{}), act(net.Equalized{Layer: net.Linear{Units: width(0)}, Gain: math.Sqrt2})...)
	dis.Layers = append(dis.Layers, sized("end", 0, append(end, net.Equalized{Layer: net.Linear{Units: p.Heads(d)}, Gain: 1})...))
	return dis
}
