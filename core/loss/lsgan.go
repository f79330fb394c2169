package loss

var (
	// lsganD is least squares: ½(a−1)² on real samples, ½b² on fakes. (Mao et al. 2017.)
	lsganD = Terms{{Of: OfReal, Curve: Square, Target: 1}, {Of: OfFake, Curve: Square}}

	lsganG = Terms{{Of: OfFake, Curve: Square, Target: 1}}
)
