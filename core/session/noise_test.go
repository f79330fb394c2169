package session_test

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"ganvas/core/img"
	"ganvas/core/latent"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// fixedNoise is a run's fixed noise by the command for it.
func fixedNoise(t *testing.T, p *page) (noise []float32, width int) {
	t.Helper()
	a := p.must(&session.Noise{})
	about := a.Data.(session.FixedNoise)
	width = about.Values
	noise, err := latent.Values(a.Bytes, width)
	if err != nil || len(noise) != about.Rows*width {
		t.Fatalf("%d values, %v", len(noise), err)
	}
	return noise, width
}

// sheet is the run's pictures as they are shown.
func (p *page) sheet() wire.Event {
	p.t.Helper()
	p.next++
	p.commands <- session.Message{ID: p.next, Command: &session.Resample{}}
	return p.wait(func(e wire.Event) bool { return e.Type == wire.Sampled })
}

// The fixed noise gives the fakes that are shown, however many are asked for at once, and corners of the plane give
// their anchors' images exactly.
func TestImagesOfGivenNoise(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: tinyRecipe}, Paused: true})
	noise, width := fixedNoise(t, p)
	shown := p.sheet()
	size := shown.Sheet.Sample.Size()
	fakes := shown.Bytes[:shown.Sheet.Fakes*size]
	of := func(noise []float32) []byte {
		return p.must(&session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: latent.Bytes(noise)}}).Bytes
	}
	for _, rows := range []int{1, 5, 64} {
		if got := of(noise[:rows*width]); len(got) != rows*size || !near1(got, fakes[:rows*size]) {
			t.Errorf("%d rows of the fixed noise give other images than those shown", rows)
		}
	}
	if got := of(slices.Concat(noise, noise[:7*width])); !near1(got[64*size:], fakes[:7*size]) {
		t.Error("images behind the first 64 are others")
	}
	a, b, c := noise[:width], noise[9*width:][:width], noise[30*width:][:width]
	plane, corners := latent.NewPlane(a, b, c), make([]float32, 3*width)
	for k, at := range [][2]float64{{0, 0}, {1, 0}, {0, 1}} {
		plane.At(corners[k*width:][:width], at[0], at[1])
	}
	if !bytes.Equal(of(corners), of(slices.Concat(a, b, c))) {
		t.Error("the corners of the plane are other images than their anchors")
	}
	values, err := latent.Values(p.must(&session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: latent.Bytes(noise)}, Format: "float"}).Bytes, size)
	if err != nil || !near1(img.ToBytes(nil, values), fakes) {
		t.Errorf("values of the fixed noise are not those of the fakes that are shown: %v", err)
	}
	for says, c := range map[string]session.Command{
		"rows of 8":       &session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: make([]byte, 6)}},
		"conditional":     &session.Images{GivenNoise: session.GivenNoise{Digit: 3, Noise: latent.Bytes(noise[:width])}},
		"at most":         &session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: latent.Bytes(make([]float32, 5000*width))}},
		"picture or film": &session.Layout{GivenNoise: session.GivenNoise{Digit: -1, Noise: latent.Bytes(noise[:width])}, Format: "bmp"},
	} {
		if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("the error is %v, want one with %q", err, says)
		}
	}
}

// near1 tells whether bytes differ by rounding at most: engines may add up rows of different batches in another order.
func near1(a, b []byte) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if d := int(a[i]) - int(b[i]); d < -1 || d > 1 {
			return false
		}
	}
	return true
}

// A number is written in the hand that the given noise is, and files show the same pictures.
func TestWritingAndFilesOfGivenNoise(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	r := map[string]any{"conditional": "true"}
	for k, v := range tinyRecipe {
		r[k] = v
	}
	p.must(&session.Start{Choice: session.Choice{Recipe: r}, Paused: true})
	noise, width := fixedNoise(t, p)
	rows := latent.Bytes(noise[:3*width])
	lines := p.must(&session.Images{GivenNoise: session.GivenNoise{Text: "717", Noise: rows}}).Bytes
	sevens := p.must(&session.Images{GivenNoise: session.GivenNoise{Digit: 7, Noise: rows}}).Bytes
	const size = 36
	for line := range 3 {
		for place, digit := range "717" {
			if same := near1(lines[(3*line+place)*size:][:size], sevens[line*size:][:size]); same != (digit == '7') {
				t.Errorf("line %d, place %d is the 7 of that noise: %v", line, place, same)
			}
		}
	}
	if still := film(t, p.must(&session.Layout{GivenNoise: session.GivenNoise{Text: "71", Noise: rows}, Format: "picture", Columns: 2})); still.Frames != 1 || still.Width != 4*6*3 || still.Height != 2*6*3 {
		t.Errorf("three rows of noise, two a line, writing 71 in 6 × 6 at scale 3, are %d × %d", still.Height, still.Width)
	}
	walk := film(t, p.must(&session.Layout{GivenNoise: session.GivenNoise{Digit: 4, Noise: rows}, Format: "film"}))
	if walk.Frames != 3 || walk.Width != 18 || walk.Delay != 6 {
		t.Fatalf("the film of three rows of noise has %d frames, %d wide, %d hundredths of a second each", walk.Frames, walk.Width, walk.Delay)
	}
	fours := p.must(&session.Images{GivenNoise: session.GivenNoise{Digit: 4, Noise: rows}}).Bytes
	if got := walk.Pix[18*18+4*18+4]; got != fours[size+6+1] {
		t.Errorf("the second frame's pixel (1, 1) is %d, in the image %d", got, fours[size+7])
	}
}

// Points have values and no pictures.
func TestPointsOfGivenNoise(t *testing.T) {
	p := newPage(t, 1, nil)
	p.must(&session.Start{Choice: session.Choice{Preset: "ring-2d", Recipe: map[string]any{"loss": "wgan-gp"}}, Paused: true})
	noise, width := fixedNoise(t, p)
	rows := latent.Bytes(noise[:5*width])
	values, err := latent.Values(p.must(&session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: rows}, Format: "float"}).Bytes, 2)
	bytes := p.must(&session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: rows}}).Bytes
	if err != nil || !near1(img.ToBytes(nil, values), bytes) || len(bytes) != 10 {
		t.Errorf("five points are %d bytes and %v: %v", len(bytes), values, err)
	}
	if d := p.must(&session.Verdict{Digit: -1, Pictures: bytes}).Data.(session.Verdicts); len(d.P) != 5 || d.Shares != nil {
		t.Errorf("the verdict on five points is %+v", d)
	}
	if _, err := p.ask(&session.Layout{GivenNoise: session.GivenNoise{Digit: -1, Noise: rows}, Format: "picture"}); err == nil || !strings.Contains(err.Error(), "points") {
		t.Errorf("points are laid out as pictures: %v", err)
	}
}

// What a noise value that the first layer ignores does to an image is nothing.
func TestSwayOfNoiseValues(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(&session.Start{Choice: session.Choice{Recipe: tinyRecipe}, Paused: true})
	noise, width := fixedNoise(t, p)
	one := noise[:width]
	by := p.must(&session.Sway{GivenNoise: session.GivenNoise{Digit: -1, Noise: latent.Bytes(one)}}).Data.(session.Swayed).Sway
	if len(by) != width {
		t.Fatalf("%d values sway the image, the noise has %d", len(by), width)
	}
	for i, got := range by { // by hand
		low, high := slices.Clone(one), slices.Clone(one)
		low[i], high[i] = -2, 2
		pair := p.must(&session.Images{GivenNoise: session.GivenNoise{Digit: -1, Noise: latent.Bytes(slices.Concat(low, high))}}).Bytes
		want := 0.0
		for j := range pair[:len(pair)/2] {
			d := float64(pair[j]) - float64(pair[len(pair)/2+j])
			want += max(d, -d) / 255 / float64(len(pair)/2)
		}
		if got <= 0 || got-want > 0.01 || want-got > 0.01 {
			t.Errorf("value %d sways the image by %g, by hand %g", i, got, want)
		}
	}
}

// film is what an answer says of its frames, with their pixels.
func film(t *testing.T, e wire.Event) *img.Film {
	t.Helper()
	f, ok := e.Data.(*img.Film)
	if !ok || f.Frames < 1 || len(e.Bytes) != f.Frames*f.Height*f.Width {
		t.Fatalf("a film that is said to be %+v has %d bytes", e.Data, len(e.Bytes))
	}
	return f
}
