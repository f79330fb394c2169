package pictures

import (
	"image"
	"math"

	"golang.org/x/image/draw"
)

// sample is a part of a picture (any height, w) as Side × Side shades, 0 black to 255 white. It is scaled by a triangle over
// the neighbours that is widened where pixels become fewer, which is what PyTorch's Resize does to pictures as a rule; a part
// of just the sample's size stays as it is.
func (s Shape) sample(shade []uint8, w int, part image.Rectangle) []byte {
	from, to := s.place(part)
	picture := &image.Gray{Pix: shade, Stride: w, Rect: image.Rect(0, 0, w, len(shade)/w)}
	made := image.NewRGBA(image.Rect(0, 0, s.Side, s.Side)) // gray has no fast way; what nothing is drawn on is black
	draw.BiLinear.Scale(made, to, picture, from, draw.Src, nil)
	out := make([]byte, s.Side*s.Side)
	for i := range out {
		out[i] = made.Pix[4*i]
	}
	return out
}

// place is which piece of a part goes where in the sample, in whole pixels.
func (s Shape) place(part image.Rectangle) (from, to image.Rectangle) {
	from, to = part, image.Rect(0, 0, s.Side, s.Side)
	w, h := part.Dx(), part.Dy()
	switch long, short := max(w, h), min(w, h); s.Fit {
	case Crop:
		from = image.Rect(0, 0, short, short).Add(part.Min).Add(image.Pt((w-short)/2, (h-short)/2))
	case Whole:
		scaled := func(n int) int { return max(1, int(math.Round(float64(s.Side*n)/float64(long)))) }
		to = image.Rect(0, 0, scaled(w), scaled(h))
		to = to.Add(image.Pt((s.Side-to.Dx())/2, (s.Side-to.Dy())/2))
	}
	return from, to
}
