package run

import (
	"slices"

	"ganvas/core/gan"
)

const (
	fieldSide = 40 // places of the square at which D is asked, each way
	tiny      = 1e-30
)

// field asks D about every place of the square [−1, 1]².
type field struct {
	sampler *gan.Sampler
	places  []float32 // (fieldSide², 2)
	scores  []float32
}

func newField(m *gan.GAN) (f field, err error) {
	for i := range fieldSide * fieldSide {
		f.places = append(f.places, along(i%fieldSide), along(i/fieldSide))
	}
	f.scores = make([]float32, fieldSide*fieldSide)
	f.sampler, err = m.NewSampler(len(f.scores))
	return f, err
}

// along is the middle of the k-th of fieldSide equal pieces from −1 to 1.
func along(k int) float32 { return (2*float32(k)+1)/fieldSide - 1 }

// add appends the verdicts as bytes, 0 fake to 255 real; scores have a scale of their own, from the lowest to the highest.
func (f *field) add(b []byte, scores bool) []byte {
	f.sampler.Verdicts(f.scores, f.places, nil)
	low, high := float32(0), float32(1)
	if scores {
		low, high = slices.Min(f.scores), slices.Max(f.scores)
	}
	for _, p := range f.scores {
		b = append(b, byte(255*(p-low)/max(high-low, tiny)+0.5))
	}
	return b
}
