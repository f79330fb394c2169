package loss

// wganD is the critic's loss: mean b − mean a, with a small pull of real scores to zero, drift·mean a², where Drift is on.
// (Arjovsky et al. 2017; drift from Karras et al. 2017, appendix A.)
var wganD = Terms{{Of: OfReal, Curve: Linear, Flip: true}, {Of: OfFake, Curve: Linear}, {Of: OfReal, Curve: Square, Weight: 2, Drift: true}}
