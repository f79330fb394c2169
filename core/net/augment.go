package net

import "fmt"

// AugmentDraws is how many random numbers in [0, 1) one sample's augmentation takes: brightness, contrast, moves along x and
// y, places of the cut along x and y, saturation, and whether light, translation and cutout happen at all.
const AugmentDraws = 10

// Augment changes pictures at random while training: their light, their place, and a square cut out. In front of a
// discriminator, for real samples and fakes alike, it keeps a small data set from being learned by heart; since the
// gradient flows through it the generator still learns what is unchanged. (Zhao et al. 2020.) Each change happens with
// probability P: below about 0.8 a generator that imitated the changes would be told from the unchanged pictures among the
// real ones. (Karras et al. 2020.) The numbers are the pass's Draws; without them, and in evaluation, nothing changes.
// PyTorch's equivalent does it before its nn.Sequential.
type Augment struct {
	Image                      Shape
	Translation, Cutout, Light bool
	P                          float64
}

func (l Augment) Out(in Shape) (Shape, error) {
	if in.Size() != l.Image.Size() {
		return Shape{}, fmt.Errorf("pictures of %v cannot be augmented as %v", in, l.Image)
	}
	return in, nil
}

func (Augment) Params(Shape) []Param { return nil }
func (Augment) Outside()             {}

// Lit is how many of the channels, from the first, light changes: of four not the last, which says how opaque a picture is.
func (l Augment) Lit() int {
	if l.Image.C == 4 {
		return 3
	}
	return l.Image.C
}

// AugmentWay is what happens to one sample. In each lit channel y = contrast·(saturation·x + (1−saturation)·shade) +
// (1−contrast)·mean + brightness, with shade the lit channels' mean at the pixel and mean that over all pixels; the other
// channels stay. Then all are moved by DX and DY pixels, and the rectangle of columns X0 … X1−1 and rows Y0 … Y1−1 is cut
// out.
type AugmentWay struct {
	Contrast, Brightness, Saturation float32
	DX, DY                           int
	X0, X1, Y0, Y1                   int
}

// Way is what a sample's numbers in [0, 1) make of it: up to an eighth of its side moved each way, a square of half its side
// cut out anywhere, brightness by up to a quarter of the range from black to white, contrast from a half to three halves,
// and of pictures in colour saturation from none to twice what it is.
func (l Augment) Way(u []float32) AugmentWay {
	w := AugmentWay{Contrast: 1, Saturation: 1}
	s := l.Image
	if l.Light && float64(u[7]) < l.P {
		w.Brightness, w.Contrast = u[0]-0.5, u[1]+0.5
		if l.Lit() == 3 {
			w.Saturation = 2 * u[6]
		}
	}
	if l.Translation && float64(u[8]) < l.P {
		w.DX, w.DY = shifted(u[2], s.W), shifted(u[3], s.H)
	}
	if l.Cutout && float64(u[9]) < l.P {
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

// Pieces is row y of the result as at most two pieces [X0, X1) of columns that come from x, each pixel from the one Back
// places before its own; all others are black.
func (w AugmentWay) Pieces(s Shape, y int) (pieces [2]AugmentPiece) {
	if from := y - w.DY; from < 0 || from >= s.H {
		return pieces
	}
	left, right := max(0, w.DX), min(s.W, s.W+w.DX)
	if y < w.Y0 || y >= w.Y1 || w.X0 >= w.X1 {
		pieces[0] = AugmentPiece{left, max(left, right)}
		return pieces
	}
	pieces[0] = AugmentPiece{left, max(left, min(right, w.X0))}
	pieces[1] = AugmentPiece{max(left, w.X1), max(left, w.X1, right)}
	return pieces
}

// AugmentPiece is columns X0 … X1−1 of a row.
type AugmentPiece struct{ X0, X1 int }

// Back is how far before its own place in a channel each pixel's source lies.
func (w AugmentWay) Back(s Shape) int { return w.DY*s.W + w.DX }
