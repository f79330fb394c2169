package inspect

import (
	"math"

	"ganvas/core/net"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// most is how many values the pictures of one answer have, but for a unit that has more by itself.
const most = 1 << 16

// arrangement says how an array is read as pictures: (units, each, h, w), of which value is where.
type arrangement struct {
	units, each, h, w int
	colours           int // channels of each picture that are shown as one; 0 for a value a place
	inputs, image     bool
	at                func(unit, each, y, x int) int // in the array; −1 for nothing. Of colours, each counts the channels.
}

// natural is the arrangement of an array that is stored in that order.
func natural(units, each, h, w int) arrangement {
	return arrangement{units: units, each: each, h: h, w: w, at: func(u, e, y, x int) int { return ((u*each+e)*h+y)*w + x }}
}

// vector is n values in rows of a power of two, near a square.
func vector(n int) arrangement {
	w := 1
	for w*w < n {
		w *= 2
	}
	a := natural(1, 1, (n+w-1)/w, w)
	a.at = func(_, _, y, x int) int { return within(y*w+x, n) }
	return a
}

// within is i, or −1 from n on.
func within(i, n int) int {
	if i >= n {
		return -1
	}
	return i
}

// maps arranges one sample's activations of that shape: its feature maps, or a vector near a square.
func maps(s net.Shape) arrangement {
	if s.H == 1 && s.W == 1 {
		return vector(s.C)
	}
	return natural(s.C, 1, s.H, s.W)
}

// picture arranges an image as one: in its colours, where it has some, else each channel by itself.
func picture(s sample.Shape) arrangement {
	a := natural(s.Channels, 1, s.Height, s.Width)
	if s.Colours() > 1 {
		a.units, a.colours = 1, s.Channels
	}
	a.image = true
	return a
}

// weight arranges a layer's weight: a convolution's kernels, the rows of a dense layer that reads an image, the columns of
// one that makes an image, else a matrix whose rows are pictures one pixel high. read is the shape of what a dense layer's
// input was before it became a vector, made that of what its output becomes; each is a vector where there is no such.
func weight(l net.Layer, shape []int, read, made net.Shape) arrangement {
	switch len(shape) {
	case 4:
		a := natural(shape[0], shape[1], shape[2], shape[3])
		_, a.inputs = l.(net.ConvTranspose2d)
		return a
	case 2:
		return matrix(shape[0], shape[1], read, made)
	}
	size := 1
	for _, d := range shape {
		size *= d
	}
	return vector(size)
}

// matrix arranges W (out, in).
func matrix(out, in int, read, made net.Shape) arrangement {
	area := func(s net.Shape) int { return s.H * s.W }
	switch {
	case area(read) > 1 && read.Size() <= in:
		size, more := read.Size(), 0 // a label beside the image gets rows below it
		if in > size {
			more = (in - size + read.W - 1) / read.W
		}
		a := natural(out, read.C, read.H+more, read.W)
		a.at = func(u, e, y, x int) int {
			if y >= read.H {
				return beside(u*in, size+(y-read.H)*read.W+x, in, e == read.C-1)
			}
			return u*in + (e*read.H+y)*read.W + x
		}
		return a
	case area(made) > 1 && made.Size() == out:
		a := natural(in, made.C, made.H, made.W)
		a.inputs = true
		a.at = func(u, e, y, x int) int { return ((e*made.H+y)*made.W+x)*in + u }
		return a
	}
	return natural(out, 1, 1, in)
}

// beside is where value i of a row of n is, −1 where there is none or it is shown elsewhere.
func beside(row, i, n int, here bool) int {
	if i >= n || !here {
		return -1
	}
	return row + i
}

// page is the units that are shown from a wanted one on: as many as a power of two that most allows.
func (a arrangement) page(from int) (lo, hi int) {
	each, n := a.each*a.h*a.w, 1
	for 2*n*each <= most && n < a.units {
		n *= 2
	}
	lo = max(0, min(from, a.units-1)) / n * n
	return lo, min(lo+n, a.units)
}

// tiles writes the page of values from a unit on behind the bytes b.
func (a arrangement) tiles(b []byte, values []float32, from int) ([]byte, *wire.Tiles) {
	lo, hi := a.page(from)
	t := &wire.Tiles{Units: hi - lo, From: lo, Total: a.units, Each: a.each, H: a.h, W: a.w, Inputs: a.inputs, Image: a.image, Colours: a.colours, Scale: 1, At: len(b)}
	if !a.image {
		t.Scale = scale(values)
	}
	k := 127 / t.Scale
	for u := lo; u < hi; u++ {
		for e := range a.each * max(1, a.colours) {
			for y := range a.h {
				for x := range a.w {
					v := int8(0)
					if i := a.at(u, e, y, x); i >= 0 {
						v = signed(k * values[i])
					}
					b = append(b, byte(v))
				}
			}
		}
	}
	return b, t
}

// signed rounds to a signed byte that ends at ±127.
func signed(v float32) int8 {
	return int8(math.Round(float64(max(-127, min(127, v)))))
}

// scale is the size of a value drawn in full colour: the largest, or three root mean squares where that is less, so that a
// few outliers do not leave the rest pale. It is 1 where all values are 0.
func scale(values []float32) float32 {
	sum, top := 0.0, float32(0)
	for _, v := range values {
		sum += float64(v) * float64(v)
		top = max(top, v, -v)
	}
	if top == 0 {
		return 1
	}
	return min(top, 3*float32(math.Sqrt(sum/float64(len(values)))))
}
