package judge

import (
	"ganvas/core/quality/metrics"
	"ganvas/core/rng"
)

// Quality says how good pictures are beside real ones. Everything rests on this judge's own features, which know only
// MNIST digits: none of it may stand beside another tool's figures.
type Quality struct {
	Samples      int     `json:"samples"`            // pictures measured
	Reference    int     `json:"reference"`          // real ones that they are measured against
	Frechet      float64 `json:"frechet"`            // distance of the two in features; grows when samples are few
	FrechetFloor float64 `json:"frechetFloor"`       // of other real pictures, as many as the reference or fewer
	Score        float64 `json:"score"`              // from 1 to 10: clear and of every digit
	ScoreReal    float64 `json:"scoreReal"`          // the reference's
	Precision    float64 `json:"precision"`          // pictures that look real
	Recall       float64 `json:"recall"`             // real pictures that could have been made
	Classes      []int   `json:"classes"`            // pictures of each digit, as the judge takes even scrawls and noise for one
	Readable     []int   `json:"readable,omitempty"` // those that can be read: they look real, and the judge is Sure of them
	Covered      int     `json:"covered"`            // digits that at least 1 % of the pictures show so that they can be read
	KL           float64 `json:"kl"`                 // divergence of the digits' shares from the real ones', in nats
	Confidence   float64 `json:"confidence"`         // mean probability of the digit that each picture most likely shows
	Diversity    float64 `json:"diversity"`          // how far pictures of one digit differ, as a share of what real ones do
}

const (
	Share = 0.01 // of the pictures that must show a digit readably for it to count as covered
	Sure  = 0.9  // probability of a digit from which on the judge is sure
)

// Reals are real pictures to measure against.
type Reals struct {
	seen      Seen
	others    Seen
	moments   metrics.Moments
	floor     float64
	score     float64
	counts    []int
	diversity float64
}

// NewReals takes what the judge saw in real pictures, and in others of the same kind for the distance's floor.
func NewReals(seen, others Seen) (*Reals, error) {
	r := &Reals{seen: seen, others: others, moments: metrics.MomentsOf(seen.Features, Features), score: metrics.Score(seen.P, Classes)}
	r.counts, _ = metrics.Histogram(seen.P, Classes)
	for c := range r.counts {
		r.counts[c] = max(1, r.counts[c])
	}
	r.diversity = diversity(seen)
	var err error
	r.floor, err = metrics.Frechet(r.moments, metrics.MomentsOf(others.Features, Features))
	return r, err
}

func diversity(s Seen) float64 {
	class := make([]int, s.Len())
	for i := range class {
		class[i], _ = s.Class(i)
	}
	return metrics.Diversity(s.Features, Features, func(i int) int { return class[i] })
}

// Measure says how good the pictures are that were seen. rest, if there is one, is called between its parts.
func (r *Reals) Measure(s Seen, rest func()) (q Quality, err error) {
	if rest == nil {
		rest = func() {}
	}
	q = Quality{Samples: s.Len(), Reference: r.seen.Len(), FrechetFloor: r.floor, ScoreReal: r.score}
	if q.Frechet, err = metrics.Frechet(r.moments, metrics.MomentsOf(s.Features, Features)); err != nil {
		return q, err
	}
	rest()
	among, recall := metrics.Among(s.Features, r.seen.Features, Features)
	q.Readable, q.Recall = make([]int, Classes), recall
	for i, in := range among {
		if !in {
			continue
		}
		q.Precision += 1 / float64(s.Len())
		if c, p := s.Class(i); p >= Sure {
			q.Readable[c]++
		}
	}
	rest()
	q.Score = metrics.Score(s.P, Classes)
	q.Classes, q.Confidence = metrics.Histogram(s.P, Classes)
	for _, n := range q.Readable {
		if n > 0 && float64(n) >= Share*float64(s.Len()) {
			q.Covered++
		}
	}
	q.KL = metrics.Divergence(q.Classes, r.counts)
	if r.diversity > 0 {
		q.Diversity = diversity(s) / r.diversity
	}
	return q, nil
}

// Beside is what evaluations measure besides, by the judge's features as well; it takes longer than [Reals.Measure].
type Beside struct {
	Kernel    float64 `json:"kid"`      // squared distance by kernels, 0 on average between real pictures, however few
	KernelErr float64 `json:"kidError"` // its standard error
	Density   float64 `json:"density"`  // how densely pictures lie where real ones do, 1 for real ones
	Coverage  float64 `json:"coverage"` // real pictures that have one like them
}

// Beside measures the pictures that were seen against as many real ones, or all that there are.
func (r *Reals) Beside(s Seen) (b Beside) {
	reals := r.seen.Features
	reals = reals[:min(len(reals), len(s.Features))]
	scale := metrics.ScaleOf(reals, Features)
	b.Kernel, b.KernelErr = metrics.Kernel(scale.Of(s.Features), scale.Of(reals), Features, rng.New(1, "subsets"))
	b.Density, b.Coverage = metrics.DensityCoverage(s.Features, reals, Features)
	return b
}

// BesideReal is what so many of the other real pictures come to.
func (r *Reals) BesideReal(n int) Beside {
	return r.Beside(Seen{Features: r.others.Features[:min(n*Features, len(r.others.Features))]})
}

// Map is the quality by names: readable is the share of pictures that can be read, share0 to share9 what each digit has of it.
func (q Quality) Map() map[string]float64 {
	m := map[string]float64{
		"samples": float64(q.Samples), "reference": float64(q.Reference), "frechet": q.Frechet, "frechetFloor": q.FrechetFloor,
		"score": q.Score, "scoreReal": q.ScoreReal, "precision": q.Precision, "recall": q.Recall, "covered": float64(q.Covered),
		"kl": q.KL, "confidence": q.Confidence, "diversity": q.Diversity,
	}
	for c, n := range q.Readable {
		share := float64(n) / float64(q.Samples)
		m["share"+string(rune('0'+c))] = share
		m["readable"] += share
	}
	return m
}
