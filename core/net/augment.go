package net

import "fmt"

// AugmentDraws is how many random numbers in [0, 1) one sample's augmentation takes.
const AugmentDraws = 6

// Augment changes pictures at random while training: their light, their place, and a square cut out. In front of a
// discriminator, for real samples and fakes alike, it keeps a small data set from being learned by heart; since the
// gradient flows through it the generator still learns what is unchanged. (Zhao et al. 2020.) The numbers are
// the pass's Draws; without them, and in evaluation, nothing changes. PyTorch's equivalent does it before its
// nn.Sequential.
type Augment struct {
	Image                      Shape
	Translation, Cutout, Light bool
}

func (l Augment) Out(in Shape) (Shape, error) {
	if in.Size() != l.Image.Size() {
		return Shape{}, fmt.Errorf("pictures of %v cannot be augmented as %v", in, l.Image)
	}
	return in, nil
}

func (Augment) Params(Shape) []Param { return nil }
func (Augment) Outside()             {}

// AugmentWay is what happens to one sample: y = contrast·x + (1−contrast)·mean + brightness, moved by DX and DY pixels, with the
// rectangle of columns X0 … X1−1 and rows Y0 … Y1−1 cut out.
type AugmentWay struct {
	Contrast, Brightness float32
	DX, DY               int
	X0, X1, Y0, Y1       int
}

// Way is what six numbers in [0, 1) make of a sample: up to an eighth of its side moved each way, a square of half its side
// cut out anywhere, brightness by up to a quarter of the range from black to white, contrast from a half to three halves.
func (l Augment) Way(u []float32) AugmentWay {
	w := AugmentWay{Contrast: 1}
	s := l.Image
	if l.Light {
		w.Brightness, w.Contrast = u[0]-0.5, u[1]+0.5
	}
	if l.Translation {
		w.DX, w.DY = shifted(u[2], s.W), shifted(u[3], s.H)
	}
	if l.Cutout {
		w.X0, w.X1 = cut(u[4], s.W)
		w.Y0, w.Y1 = cut(u[5], s.H)
	}
	return w
}

// shifted is a whole number of pixels from −side/8 to side/8, each as likely.
func shifted(u float32, side int) int {
	most := (side + 4) / 8
	return int(u*float32(2*most+1)) - most
}

// cut is a piece of half the side around a place anywhere in it, cut off where it leaves it.
func cut(u float32, side int) (from, to int) {
	long := (side + 1) / 2
	from = int(u*float32(side+1-long%2)) - long/2
	return max(0, from), min(side, from+long)
}

// From is the pixel of x that comes to pixel (x, y) of the result, −1 where that is black.
func (w AugmentWay) From(s Shape, x, y int) int {
	if x >= w.X0 && x < w.X1 && y >= w.Y0 && y < w.Y1 {
		return -1
	}
	if x, y = x-w.DX, y-w.DY; x < 0 || y < 0 || x >= s.W || y >= s.H {
		return -1
	}
	return y*s.W + x
}
