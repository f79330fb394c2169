package loss

import "math"

// Curve is what a term makes of one score x, or of a difference of two.
type Curve int

const (
	CrossEntropy Curve = iota + 1 // of Sigmoid(x) with the target: log(1+eˣ) − target·x
	Square                        // ½(x − target)²
	Hinge                         // max(0, 1 − x)
	Linear                        // x
)

// at is the curve's value and its derivative at x. What is NaN stays so: a broken score must show.
func (c Curve) at(x, target float64) (value, slope float64) {
	switch c {
	case CrossEntropy:
		return softplus(x) - target*x, Sigmoid(x) - target
	case Square:
		return 0.5 * (x - target) * (x - target), x - target
	case Hinge:
		if x >= 1 {
			return 0, 0
		}
		return 1 - x, -1
	case Linear:
		return x, 1
	}
	panic("loss: a term of no curve")
}

// softplus is log(1+eˣ) without overflow.
func softplus(x float64) float64 {
	if x > 0 {
		return x + math.Log1p(math.Exp(-x))
	}
	return math.Log1p(math.Exp(x))
}

// Sigmoid is 1/(1+e^−x), the probability that a logit stands for.
func Sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
