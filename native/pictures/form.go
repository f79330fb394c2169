package pictures

import (
	"fmt"
	"image"
	"math"
	"strconv"
	"strings"

	"ganvas/core/sample"
)

// Form says how a picture becomes a sample.
type Form struct {
	Channels Channels
	Width    int // of the sample in pixels; 0: chosen by what the pictures are
	Height   int
	Fit      Fit  // what happens to a picture of another shape than the sample's
	Invert   bool // dark on bright becomes bright on dark
}

// Channels says what of a picture's colours is kept.
type Channels string

const (
	Any    Channels = "auto"   // colour where pictures have some
	Gray   Channels = "gray"   // brightness alone
	Colour Channels = "colour" // red, green and blue
	Alpha  Channels = "alpha"  // and how opaque each pixel is
)

// Fit says how a picture is brought to the sample's shape.
type Fit string

const (
	Crop    Fit = "crop"    // the largest piece of that shape in its middle
	Whole   Fit = "whole"   // all of it, black beside it, or nothing where transparency is kept
	Stretch Fit = "stretch" // all of it, squeezed into the shape
)

const (
	leastSide = 4
	mostSide  = 512
)

// ParseSide reads a sample's size: "auto", a square's side, or width and height such as 48x32.
func ParseSide(s string) (w, h int, err error) {
	if s == "auto" || s == "" {
		return 0, 0, nil
	}
	wide, high, two := strings.Cut(strings.ReplaceAll(s, "×", "x"), "x")
	if !two {
		high = wide
	}
	w, errW := strconv.Atoi(wide)
	h, errH := strconv.Atoi(high)
	if errW != nil || errH != nil || min(w, h) < leastSide || max(w, h) > mostSide {
		return 0, 0, fmt.Errorf("data-side is %q: it must be auto, a side from %d to %d pixels, or width and height such as 48x32", s, leastSide, mostSide)
	}
	return w, h, nil
}

// Like is the form with samples of that shape where it leaves that open.
func (f Form) Like(s sample.Shape) Form {
	if f.Channels == Any {
		f.Channels = map[int]Channels{1: Gray, 3: Colour, 4: Alpha}[s.Channels]
	}
	if f.Width == 0 {
		f.Width, f.Height = s.Width, s.Height
	}
	return f
}

// Shape is what the samples are, once the form leaves nothing open.
func (f Form) Shape() sample.Shape {
	return sample.Shape{Channels: map[Channels]int{Gray: 1, Colour: 3, Alpha: 4}[f.Channels], Height: f.Height, Width: f.Width}
}

// place is which piece of a part of a picture goes where in the sample, in whole pixels.
func (f Form) place(part image.Rectangle) (from, to image.Rectangle) {
	from, to = part, image.Rect(0, 0, f.Width, f.Height)
	w, h := part.Dx(), part.Dy()
	scaled := func(n, by, per int) int { return max(1, int(math.Round(float64(n*by)/float64(per)))) }
	wider := w*f.Height >= h*f.Width // than the sample
	switch {
	case f.Fit == Crop && wider:
		from = middle(part, scaled(h, f.Width, f.Height), h)
	case f.Fit == Crop:
		from = middle(part, w, scaled(w, f.Height, f.Width))
	case f.Fit == Whole && wider:
		to = middle(to, f.Width, scaled(h, f.Width, w))
	case f.Fit == Whole:
		to = middle(to, scaled(w, f.Height, h), f.Height)
	}
	return from, to
}

// middle is w × h pixels in the middle of a rectangle.
func middle(of image.Rectangle, w, h int) image.Rectangle {
	return image.Rect(0, 0, w, h).Add(of.Min).Add(image.Pt((of.Dx()-w)/2, (of.Dy()-h)/2))
}
