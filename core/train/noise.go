package train

import (
	"errors"
	"fmt"

	"ganvas/core/config"
	"ganvas/core/img"
	"ganvas/core/latent"
	"ganvas/core/wire"
)

const (
	mostAsked = 4096 // images that one command makes of given noise
	swayFrom  = -2   // noise values between which nearly all of a normal distribution lies
	swayTo    = 2
	walkRate  = 6 // hundredths of a second for each image of a walk
)

// noise answers with the noise whose images are shown all along.
func (s *Session) noise(Ending, wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	f, m := &s.t.fixed, s.t.GAN
	data := map[string]any{"rows": len(f.noise) / m.Recipe.Noise, "values": m.Recipe.Noise, "classes": m.Data.Classes}
	if f.labels != nil {
		data["labels"] = f.labels
	}
	return answer{bytes: latent.Bytes(f.noise), data: data}, nil
}

// given is the noise that a command carries, and the wish that goes with it.
func (s *Session) given(c wire.Command) ([]float32, Wish, error) {
	w := Wish{Digit: c.Digit, Text: c.Text}
	noise, err := latent.Values(c.Bytes, s.t.GAN.Recipe.Noise)
	if err != nil {
		return nil, w, err
	}
	if n := len(noise) / s.t.GAN.Recipe.Noise * max(1, len(c.Text)); n > mostAsked {
		return nil, w, fmt.Errorf("the noise is for %d images: at most %d can be asked for at once", n, mostAsked)
	}
	return noise, w, nil
}

// generateFrom answers with the images of the command's noise, and how many milliseconds they took; of Format "float"
// they are float32 in [−1, 1] instead of bytes, for points, which a byte would put on a grid.
func (s *Session) generateFrom(c wire.Command) (answer, error) {
	noise, w, err := s.given(c)
	if err != nil {
		return answer{}, err
	}
	began := s.Now()
	values, err := s.t.Values(noise, w)
	b := img.ToBytes(nil, values)
	if c.Format == "float" {
		b = latent.Bytes(values)
	}
	return answer{bytes: b, data: map[string]any{"ms": 1000 * s.Now().Sub(began).Seconds()}}, err
}

// exportFrom draws the images of the command's noise: a picture with Count rows of noise in each line, or a film that shows
// them one after the other.
func (s *Session) exportFrom(c wire.Command) (answer, error) {
	noise, w, err := s.given(c)
	if err != nil {
		return answer{}, err
	}
	if config.Points(s.t.GAN.Recipe.Dataset) {
		return answer{}, errors.New("a run on points makes no pictures that could be laid out: export it without noise")
	}
	images, err := s.t.From(noise, w)
	if err != nil {
		return answer{}, err
	}
	shape, each := s.t.GAN.Data.Sample, max(1, len(c.Text))
	grid := img.Grid{Height: shape.H, Width: shape.W, Scale: 3}
	switch c.Format {
	case "picture":
		grid.Columns = max(1, c.Count) * each
		return drawn(grid, [][]byte{images}, 0)
	case "film":
		grid.Columns = each
		var frames [][]byte
		for line := each * shape.Size(); len(images) > 0; images = images[line:] {
			frames = append(frames, images[:line])
		}
		return drawn(grid, frames, walkRate)
	}
	return answer{}, fmt.Errorf("format is %q: it must be picture or film", c.Format)
}

// sway answers with how much each noise value changes an image: the mean difference of a pixel, as a share of black to
// white, between the images with that value at one end of where noise lies and at the other.
func (s *Session) sway(_ Ending, c wire.Command) (answer, error) {
	if s.t == nil {
		return answer{}, errNoRun
	}
	noise, w, err := s.given(c)
	if err != nil {
		return answer{}, err
	}
	by, err := s.t.Sway(noise[:s.t.GAN.Recipe.Noise], w)
	return answer{data: map[string]any{"sway": by}}, err
}

// Sway measures how much each value of one row of noise changes its image, from 0 to 1.
func (t *Trainer) Sway(noise []float32, w Wish) ([]float64, error) {
	width, size := len(noise), t.GAN.Data.Sample.Size()
	by := make([]float64, 0, width)
	for len(by) < width {
		n := min(width-len(by), asked[len(asked)-1]/2)
		var pairs []float32
		for i := len(by); i < len(by)+n; i++ {
			for _, v := range [2]float32{swayFrom, swayTo} {
				pairs = append(pairs, noise...)
				pairs[len(pairs)-width+i] = v
			}
		}
		if w.Digit < 0 && t.GAN.Recipe.Conditional {
			w.Digit = 0 // the two of a pair must be of one class
		}
		images, err := t.From(pairs, w)
		if err != nil {
			return nil, err
		}
		for ; len(images) > 0; images = images[2*size:] {
			by = append(by, apart(images[:size], images[size:2*size]))
		}
	}
	return by, nil
}

// apart is the mean difference of two images' bytes, as a share of the largest possible.
func apart(a, b []byte) float64 {
	sum := 0.0
	for i, x := range a {
		d := float64(x) - float64(b[i])
		sum += max(d, -d)
	}
	return sum / 255 / float64(len(a))
}
