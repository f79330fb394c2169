package loss

var (
	// bceD is binary cross-entropy on D's logits: real samples against 1, or less where labels are smoothed, fakes against 0.
	bceD = Terms{{Of: OfReal, Curve: CrossEntropy, Target: 1, Smoothed: true}, {Of: OfFake, Curve: CrossEntropy}}

	// bceG is the non-saturating loss: fakes against 1. (Goodfellow et al. 2014, section 3.)
	bceG = Terms{{Of: OfFake, Curve: CrossEntropy, Target: 1}}

	// minimaxG is the game as first stated: G maximises D's cross-entropy on fakes.
	minimaxG = Terms{{Of: OfFake, Curve: CrossEntropy, Weight: -1}}
)
