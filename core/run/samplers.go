package run

import (
	"ganvas/core/gan"
	"ganvas/core/img"
)

// asked are how many rows the samplers that answer questions are bound to: one picture, a few, a field of them.
var asked = [...]int{1, 8, 64}

// MostAsked is how many images can be asked for, or about, at once.
const MostAsked = 4096

// samplers makes images of given noise and asks D about given images. Its samplers stay, so that answering a visitor who
// drags something does not allocate networks' memory each time.
type samplers struct {
	bound         [len(asked)]*gan.Sampler
	noise, images []float32
	labels        []int32
	p             []float32
}

// sampler is one for the next of n rows that are left.
func (a *samplers) sampler(m *gan.GAN, n int) (*gan.Sampler, error) {
	k := 0
	for k < len(asked)-1 && asked[k] < n {
		k++
	}
	var err error
	if a.bound[k] == nil {
		a.bound[k], err = m.NewSampler(asked[k])
	}
	return a.bound[k], err
}

// pad is x, or x with zeros behind it up to n values, in memory that is kept.
func pad[T any](x []T, n int, kept *[]T) []T {
	if x == nil || len(x) == n {
		return x
	}
	*kept = append((*kept)[:0], x...)
	*kept = append(*kept, make([]T, n-len(x))...)
	return *kept
}

// From makes the images (count, H, W) of given noise (rows, noise), with labels as the request has them; with a Text of k
// digits k images from each row. The request's Count and seeds are not used.
func (t *Trainer) From(noise []float32, w Request) ([]byte, error) {
	values, err := t.Values(noise, w)
	return img.ToBytes(nil, values), err
}

// Values is From without rounding: samples (count, sample) in [−1, 1].
func (t *Trainer) Values(noise []float32, w Request) ([]float32, error) {
	m, width := t.GAN, t.GAN.Recipe.Noise
	w.Count = len(noise) / width
	labels, err := w.labels(m)
	if err != nil {
		return nil, err
	}
	each := max(1, len(w.Text))
	all := make([]float32, w.Count*each*width)
	copy(all, noise)
	repeat(all, each, width)
	count, size := w.Count*each, m.Data.Sample.Size()
	var out []float32
	for at := 0; at < count; {
		s, err := t.samplers.sampler(m, count-at)
		if err != nil {
			return nil, err
		}
		n := min(count-at, s.Rows())
		images := make([]float32, s.Rows()*size)
		s.Images(images, pad(all[at*width:][:n*width], s.Rows()*width, &t.samplers.noise), labels(at, s.Rows()))
		out = append(out, images[:n*size]...)
		at += n
	}
	return out, m.Engine.Err()
}

// AsSeen brings images (n, sample) to what D is shown of them, where the networks grow, and to the bytes that a visitor sees.
func (t *Trainer) AsSeen(images []float32) error {
	m, size := t.GAN, t.GAN.Data.Sample.Size()
	count := len(images) / size
	for at := 0; m.Grows() && at < count; {
		s, err := t.samplers.sampler(m, count-at)
		if err != nil {
			return err
		}
		n, rows := min(count-at, s.Rows()), s.Rows()
		part := append(make([]float32, 0, rows*size), images[at*size:][:n*size]...)[:rows*size]
		s.AsSeen(part)
		copy(images[at*size:], part[:n*size])
		at += n
	}
	img.Rounded(images)
	return m.Engine.Err()
}

// logits are D's of images (n, sample) in [−1, 1], with their labels in a conditional run.
func (t *Trainer) logits(images []float32, labels []int32) ([]float64, error) {
	m, size := t.GAN, t.GAN.Data.Sample.Size()
	count := len(images) / size
	var out []float64
	for at := 0; at < count; {
		s, err := t.samplers.sampler(m, count-at)
		if err != nil {
			return nil, err
		}
		n, rows := min(count-at, s.Rows()), s.Rows()
		var of []int32
		if m.Recipe.Conditional {
			of = pad(labels[at:][:n], rows, &t.samplers.labels)
		}
		out = append(out, s.Logits(pad(images[at*size:][:n*size], rows*size, &t.samplers.images), of)[:n]...)
		at += n
	}
	return out, m.Engine.Err()
}
