package loss

var (
	// hingeD: max(0, 1−a) on real samples, max(0, 1+b) on fakes. (Lim and Ye 2017.)
	hingeD = Terms{{Of: OfReal, Curve: Hinge}, {Of: OfFake, Curve: Hinge, Flip: true}}

	// criticG raises D's score of the fakes, for losses whose D gives an unbounded score.
	criticG = Terms{{Of: OfFake, Curve: Linear, Flip: true}}
)
