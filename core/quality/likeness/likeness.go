package likeness

import (
	"fmt"

	"ganvas/core/quality/metrics"
	"ganvas/core/rng"
)

// Least is how many pictures of a kind are too few to compare.
const Least = 20

// Likeness is how much pictures are like real ones. None of it may stand beside another tool's figures: it rests on features
// of its own, scaled so that those of the real pictures have the mean 0 and on average the variance 1.
type Likeness struct {
	Samples   int    `json:"samples"`   // pictures compared
	Reference int    `json:"reference"` // real ones that they are compared with
	Values           // of the pictures,
	Real      Values `json:"real"` // and of other real pictures, as many as the reference or fewer
}

// Values are what two sets of pictures are compared by.
type Values struct {
	Frechet   float64 `json:"frechet"`   // distance of the two as normal distributions; grows when pictures are few
	Kernel    float64 `json:"kid"`       // squared distance by kernels, 0 on average between real ones
	KernelErr float64 `json:"kidError"`  // its standard error
	Precision float64 `json:"precision"` // pictures that look real
	Recall    float64 `json:"recall"`    // real pictures that could have been made
	Density   float64 `json:"density"`   // how densely pictures lie where real ones do, 1 for real ones
	Coverage  float64 `json:"coverage"`  // real pictures that have one like them
}

// Reals are real pictures to compare with.
type Reals struct {
	features []float64
	scale    metrics.Scale
	moments  metrics.Moments
	real     Values
}

// NewReals takes the features of real pictures, and of others of the same kind. Both must be at least [Least].
func NewReals(features, others []float64) (*Reals, error) {
	for _, n := range []int{len(features) / Features, len(others) / Features} {
		if n < Least {
			return nil, fmt.Errorf("%d real pictures are too few to compare with: take at least %d of each half", n, Least)
		}
	}
	r := new(Reals)
	r.scale = metrics.ScaleOf(features, Features)
	r.features = r.scale.Of(features)
	r.moments = metrics.MomentsOf(r.features, Features)
	var err error
	r.real, err = r.compare(r.scale.Of(others), func() {})
	return r, err
}

// Measure says how much the pictures with these features, at least [Least], are like the real ones. rest, if there is one, is
// called between its parts.
func (r *Reals) Measure(features []float64, rest func()) (Likeness, error) {
	if rest == nil {
		rest = func() {}
	}
	v, err := r.compare(r.scale.Of(features), rest)
	return Likeness{Samples: len(features) / Features, Reference: len(r.features) / Features, Values: v, Real: r.real}, err
}

func (r *Reals) compare(features []float64, rest func()) (v Values, err error) {
	if v.Frechet, err = metrics.Frechet(r.moments, metrics.MomentsOf(features, Features)); err != nil {
		return v, err
	}
	rest()
	v.Kernel, v.KernelErr = metrics.Kernel(features, r.features, Features, rng.New(1, "subsets"))
	rest()
	v.Precision, v.Recall = metrics.PrecisionRecall(features, r.features, Features)
	rest()
	v.Density, v.Coverage = metrics.DensityCoverage(features, r.features, Features)
	return v, nil
}

// Map is the likeness by names, those of the real pictures with real before them.
func (l Likeness) Map() map[string]float64 {
	return map[string]float64{
		"samples": float64(l.Samples), "reference": float64(l.Reference), "frechet": l.Frechet, "frechetFloor": l.Real.Frechet, "kid": l.Kernel, "kidError": l.KernelErr,
		"precision": l.Precision, "recall": l.Recall, "density": l.Density, "coverage": l.Coverage,
		"realPrecision": l.Real.Precision, "realRecall": l.Real.Recall, "realDensity": l.Real.Density, "realCoverage": l.Real.Coverage,
	}
}
