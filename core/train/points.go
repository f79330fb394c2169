package train

import (
	"slices"

	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/quality/metrics"
	"ganvas/core/rng"
)

const (
	fieldSide    = 40   // places of the square at which D is asked, each way
	measuredDots = 2000 // points in one measurement
	tiny         = 1e-30
	coveredFrom  = 0.2 // of an equal share that a mode needs to count as covered
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
	f.sampler.Judge(f.scores, f.places, nil)
	low, high := float32(0), float32(1)
	if scores {
		low, high = slices.Min(f.scores), slices.Max(f.scores)
	}
	for _, p := range f.scores {
		b = append(b, byte(255*(p-low)/max(high-low, tiny)+0.5))
	}
	return b
}

// dots measures a generator of points against the modes of the data.
type dots struct {
	of      *gan.GAN
	sampler *gan.Sampler
	noise   []float32
	points  []float32
}

// measure makes points, always from the same noise, and counts them: covered of modes have their share of points, quality
// is the share of points at any mode.
func (d *dots) measure(m *gan.GAN, modes *data.Modes) (map[string]float64, error) {
	if d.of != m {
		s, err := m.NewSampler(measuredDots)
		if err != nil {
			return nil, err
		}
		*d = dots{of: m, sampler: s, noise: make([]float32, measuredDots*m.Recipe.Noise), points: make([]float32, 2*measuredDots)}
	}
	rng.New(m.Recipe.Seed, "measured noise").Normal(d.noise)
	d.sampler.Images(d.points, d.noise, nil)
	c := metrics.CountModes(d.points, modes.Centres, modes.Near)
	return modeMetrics(c), m.Engine.Err()
}

func modeMetrics(c metrics.ModeCounts) map[string]float64 {
	return map[string]float64{
		"samples": float64(c.Samples), "modes": float64(len(c.Each)), "covered": float64(c.Covered(coveredFrom)), "quality": c.Quality(),
	}
}
