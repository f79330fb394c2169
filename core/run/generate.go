package run

import (
	"fmt"

	"ganvas/core/gan"
	"ganvas/core/img"
	"ganvas/core/latent"
	"ganvas/core/rng"
)

const (
	generateRows  = 100 // images made at once
	longestNumber = 40  // digits
)

// Request says which images to make.
type Request struct {
	Count int
	Seed  uint64  // of the noise
	Digit int     // of a conditional run; −1 for all in turn
	Text  string  // digits to write, Count times over, each time in one hand: from one noise vector; "" for Digit
	To    uint64  // another seed of noise,
	At    float64 // and how far the noise goes towards it, from 0 to 1, on the arc between the two
}

// Generate makes count images (count, H, W), 0 black to 255 white, from the noise that seed gives; of one digit in a
// conditional run, or of any for −1. The same call gives the same images on every engine, within rounding.
func Generate(m *gan.GAN, count int, seed uint64, digit int) ([]byte, error) {
	return Make(m, Request{Count: count, Seed: seed, Digit: digit})
}

// mostBytes is how much memory the samples of one request may take: a byte for each value.
const mostBytes = 2 << 30

// Make makes the images that are asked for; with a Text of k digits they are Count·k.
func Make(m *gan.GAN, w Request) ([]byte, error) { return MakeTelling(m, w, nil) }

// MakeTelling is Make for many images: tell, if there is one, hears now and then how many of them are made.
func MakeTelling(m *gan.GAN, w Request, tell func(done int)) ([]byte, error) {
	return MakeKeeping(m, w, tell, nil)
}

// MakeKeeping is MakeTelling where keep, if there is one, hears the noise (rows, noise) of images in turn, Count·k rows altogether.
func MakeKeeping(m *gan.GAN, w Request, tell func(done int), keep func(noise []float32)) ([]byte, error) {
	labels, err := w.labels(m)
	if err != nil {
		return nil, err
	}
	each := max(1, len(w.Text)) // images from one noise vector
	count := w.Count * each
	rows := min(w.Count, max(1, generateRows/each)) * each
	if all := int64(count+rows) * int64(m.Data.Sample.Size()); all > mostBytes {
		return nil, fmt.Errorf("%d samples take %d MB, more than the %d that are made at a time: ask for fewer", count, all/1e6, mostBytes/1_000_000)
	}
	s, err := m.NewSampler(rows)
	if err != nil {
		return nil, err
	}
	defer s.Release()
	size, width := m.Data.Sample.Size(), m.Recipe.Noise
	noise, other, images := make([]float32, rows*width), make([]float32, rows/each*width), make([]float32, rows*size)
	hands := noise[:len(other)]
	out := make([]byte, 0, (count+rows)*size)
	from, to := rng.New(w.Seed, "generate"), rng.New(w.To, "generate")
	for at := 0; at < count; at += rows {
		from.Normal(hands)
		if w.At > 0 {
			to.Normal(other)
			for i := 0; i < len(hands); i += width {
				latent.Arc(hands[i:][:width], other[i:][:width], w.At)
			}
		}
		repeat(noise, each, width)
		if keep != nil {
			keep(noise[:min(rows, count-at)*width])
		}
		s.Images(images, noise, labels(at, rows))
		out = img.ToBytes(out, images)
		if tell != nil {
			tell(min(at+rows, count))
		}
	}
	return out[:count*size], m.Engine.Err()
}

// repeat spreads the rows at the beginning of x so that each stands there k times in a row.
func repeat(x []float32, k, width int) {
	for i := len(x)/width - 1; i > 0; i-- {
		copy(x[i*width:][:width], x[i/k*width:][:width])
	}
}

// labels checks the request against what the generator has learned, and gives the labels of images at…at+n.
func (w Request) labels(m *gan.GAN) (func(at, n int) []int32, error) {
	if w.Count < 1 || w.Count > 1_000_000 {
		return nil, fmt.Errorf("count is %d: it must be from 1 to 1000000", w.Count)
	}
	if !(w.At >= 0 && w.At <= 1) {
		return nil, fmt.Errorf("the way to the other seed is %g: it must be from 0 to 1", w.At)
	}
	if !m.Recipe.Conditional {
		switch {
		case w.Text != "":
			return nil, fmt.Errorf("this generator was not told digits while it learned, so it cannot write %s: take a conditional one", w.Text)
		case w.Digit >= 0:
			return nil, fmt.Errorf("this generator was not told digits while it learned, so it cannot be asked for a %d: take a conditional one", w.Digit)
		}
		return func(int, int) []int32 { return nil }, nil
	}
	classes := m.Data.Classes
	if w.Digit >= classes || w.Digit < -1 {
		return nil, fmt.Errorf("digit is %d: it must be from 0 to %d", w.Digit, classes-1)
	}
	if len(w.Text) > longestNumber {
		return nil, fmt.Errorf("the number to write has %d digits: at most %d can be written", len(w.Text), longestNumber)
	}
	for _, r := range w.Text {
		if r < '0' || int(r-'0') >= min(10, classes) {
			return nil, fmt.Errorf("%q cannot be written: take digits from 0 to %d", w.Text, min(10, classes)-1)
		}
	}
	var buf []int32
	return func(at, n int) []int32 {
		buf = buf[:0]
		for i := at; i < at+n; i++ {
			switch {
			case w.Text != "":
				buf = append(buf, int32(w.Text[i%len(w.Text)]-'0'))
			case w.Digit < 0:
				buf = append(buf, int32(i%classes))
			default:
				buf = append(buf, int32(w.Digit))
			}
		}
		return buf
	}, nil
}
