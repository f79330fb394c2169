// Package sample says what one sample of a data set is: a picture of some channels, or a point of the plane. The same
// shape goes from the data through networks, files and messages to whatever draws it.
package sample

import (
	"encoding/json"
	"fmt"
)

// Kind is what a sample is, which decides how it is drawn.
type Kind string

const (
	Picture Kind = "picture"
	Point   Kind = "point" // of the plane, its two coordinates from −1 to 1
)

// Limits on shapes, so that a file of a few bytes cannot ask for more memory than any data need.
const (
	MaxChannels = 64
	MaxSide     = 1024
)

// Shape is how many values one sample has, and how they lie: Channels × Height × Width of them in [−1, 1], one channel
// after the other, each row by row. A picture of one channel is gray, one of three is red, green and blue, and a fourth
// says how opaque it is. As JSON it is [channels, height, width].
type Shape struct{ Channels, Height, Width int }

// Plane is the shape of a point of the plane: two values at one place.
var Plane = Shape{Channels: 2, Height: 1, Width: 1}

// MNIST is the shape of that set's digits, with which programs begin before they know another.
var MNIST = Gray(28, 28)

// Gray is the shape of a gray picture.
func Gray(height, width int) Shape { return Shape{Channels: 1, Height: height, Width: width} }

// Kind follows from the shape: no picture has two channels and a single pixel.
func (s Shape) Kind() Kind {
	if s == Plane {
		return Point
	}
	return Picture
}

// Size is how many values one sample has.
func (s Shape) Size() int { return s.Channels * s.Height * s.Width }

// Area is how many of them one channel has.
func (s Shape) Area() int { return s.Height * s.Width }

// Colours is how many of a picture's channels are drawn: three and four as they are, of any other number the first, as
// shades of gray.
func (s Shape) Colours() int {
	if s.Channels == 3 || s.Channels == 4 {
		return s.Channels
	}
	return 1
}

// String is the shape as people say it: a picture's width × height, and its channels where it is not gray.
func (s Shape) String() string {
	switch {
	case s.Kind() == Point:
		return "points of the plane"
	case s.Channels == 1:
		return fmt.Sprintf("%d×%d", s.Width, s.Height)
	}
	says := map[int]string{3: "in colour", 4: "in colour with transparency"}[s.Channels]
	if says == "" {
		says = fmt.Sprintf("in %d channels", s.Channels)
	}
	return fmt.Sprintf("%d×%d %s", s.Width, s.Height, says)
}

// Check reports a shape that no data have.
func (s Shape) Check() error {
	if s.Channels < 1 || s.Height < 1 || s.Width < 1 || s.Channels > MaxChannels || s.Height > MaxSide || s.Width > MaxSide {
		return fmt.Errorf("%v is an impossible shape: a sample has from 1 to %d channels, and each side from 1 to %d", s.triple(), MaxChannels, MaxSide)
	}
	return nil
}

func (s Shape) triple() [3]int { return [3]int{s.Channels, s.Height, s.Width} }

// MarshalJSON writes [channels, height, width].
func (s Shape) MarshalJSON() ([]byte, error) { return json.Marshal(s.triple()) }

// UnmarshalJSON reads what MarshalJSON writes, and whole numbers alone.
func (s *Shape) UnmarshalJSON(b []byte) error {
	var n []int
	if err := json.Unmarshal(b, &n); err != nil || len(n) != 3 {
		return fmt.Errorf("a sample's shape is %s: it must be [channels, height, width]", b)
	}
	s.Channels, s.Height, s.Width = n[0], n[1], n[2]
	return nil
}

// Interleave: dst (n, Height, Width, Channels) = samples (n, Channels, Height, Width), as picture files and arrays have
// them. What is gray stays as it lies and is not copied.
func (s Shape) Interleave(dst, samples []byte) []byte {
	if s.Channels == 1 {
		return samples
	}
	area, size := s.Area(), s.Size()
	for at := 0; at+size <= len(samples); at += size {
		one := samples[at:][:size]
		for i := range area {
			for c := range s.Channels {
				dst = append(dst, one[c*area+i])
			}
		}
	}
	return dst
}

// Separate is the way back from Interleave: samples (n, Channels, Height, Width) of pixels (n, Height, Width, Channels).
// What is gray is not copied.
func (s Shape) Separate(pixels []byte) []byte {
	if s.Channels == 1 {
		return pixels
	}
	area, size := s.Area(), s.Size()
	samples := make([]byte, len(pixels))
	for at := 0; at+size <= len(pixels); at += size {
		for i := range area {
			for c := range s.Channels {
				samples[at+c*area+i] = pixels[at+i*s.Channels+c]
			}
		}
	}
	return samples
}
