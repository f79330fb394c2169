package gan

import "ganvas/core/engine"

// wganD is the critic's loss: mean b − mean a, with a small pull of real scores to zero where Drift is on.
// (Arjovsky et al. 2017; drift from Karras et al. 2017, appendix A.)
func wganD(s *Scores) float64 {
	loss := mean(s.Real, s.DReal, negated) + mean(s.Fake, s.DFake, itself)
	if s.Drift == 0 {
		return loss
	}
	n := float64(len(s.Real))
	for i, a := range s.Real {
		loss += s.Drift * a * a / n
		s.DReal[i] += 2 * s.Drift * a / n
	}
	return loss
}

func itself(b float64) (float64, float64) { return b, 1 }

// Where says at which samples a penalty looks at D's gradient.
type Where int

const (
	Nowhere Where = iota
	Mix           // between a real sample and a fake: ε·real + (1−ε)·fake
	Real          // at real samples
)

// Penalty is a demand on the norm of D's gradient at its input, weighted by the recipe's gp_weight: norms of 1 (Gulrajani
// et al. 2017) or none (Mescheder et al. 2018).
type Penalty struct {
	At    Where
	Curve engine.Form
}
