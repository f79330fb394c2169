package loss

// relativisticD is the relativistic average game: cross-entropy of a − mean b against 1 and of b − mean a against 0; G's is the
// other way round. (Jolicoeur-Martineau 2018, RaSGAN.)
var (
	relativisticD = Terms{{Of: OfReal, Against: Mean, Curve: CrossEntropy, Target: 1, Smoothed: true}, {Of: OfFake, Against: Mean, Curve: CrossEntropy}}
	relativisticG = Terms{{Of: OfReal, Against: Mean, Curve: CrossEntropy}, {Of: OfFake, Against: Mean, Curve: CrossEntropy, Target: 1}}
)
