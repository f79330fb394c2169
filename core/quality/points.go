package quality

import (
	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/quality/metrics"
	"ganvas/core/rng"
)

const (
	measuredPoints = 2000 // in one measurement
	coveredFrom    = 0.2  // of an equal share that a mode needs to count as covered
)

// points measures a generator of points against the modes of the data.
type points struct {
	of      *gan.GAN
	sampler *gan.Sampler
	noise   []float32
	made    []float32
}

// measure makes points, always from the same noise, and counts them: covered of modes have their share of points, quality
// is the share of points at any mode.
func (p *points) measure(m *gan.GAN, modes *data.Modes) (map[string]float64, error) {
	if p.of != m {
		s, err := m.NewSampler(measuredPoints)
		if err != nil {
			return nil, err
		}
		*p = points{of: m, sampler: s, noise: make([]float32, measuredPoints*m.Recipe.Noise), made: make([]float32, 2*measuredPoints)}
	}
	rng.New(m.Recipe.Seed, "measured noise").Normal(p.noise)
	p.sampler.Images(p.made, p.noise, nil)
	c := metrics.CountModes(p.made, modes.Centres, modes.Near)
	return modeMetrics(c), m.Engine.Err()
}

func modeMetrics(c metrics.ModeCounts) map[string]float64 {
	return map[string]float64{
		"samples": float64(c.Samples), "modes": float64(len(c.Each)), "covered": float64(c.Covered(coveredFrom)), "quality": c.Quality(),
	}
}
