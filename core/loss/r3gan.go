package loss

// r3ganD is the relativistic game of pairs: the mean of log(1+e^(b−a)), the i-th real sample against the i-th fake; G's is the
// other way round. (Huang et al. 2024, with the penalties R1 and R2.)
var (
	r3ganD = Terms{{Of: OfFake, Against: Mate, Curve: CrossEntropy}}
	r3ganG = Terms{{Of: OfReal, Against: Mate, Curve: CrossEntropy}}
)
