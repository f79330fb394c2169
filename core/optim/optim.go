// Package optim describes the rules that turn gradients into updates; engines carry them out.
package optim

import "math"

// Rule names an update rule.
type Rule string

const (
	Adam    Rule = "adam"
	RMSProp Rule = "rmsprop"
	SGD     Rule = "sgd"
)

// Spec is an update rule with its constants, in PyTorch's meaning of each.
type Spec struct {
	Rule         Rule
	Beta1, Beta2 float64 // Adam's; RMSProp takes Beta2 as its alpha, SGD Beta1 as its momentum
	Eps          float64
	Clip         float64 // largest L2 norm of the whole gradient; 0 leaves it alone
}

// ClipScale is what a gradient of that norm is multiplied by, as PyTorch's clip_grad_norm_ does.
func (s Spec) ClipScale(norm float64) float32 {
	if s.Clip <= 0 {
		return 1
	}
	return float32(math.Min(1, s.Clip/(norm+1e-6)))
}

// Moments names the rule's state tensors, each as large as the weights, as PyTorch's optimizers name them.
func (s Spec) Moments() []string {
	switch s.Rule {
	case Adam:
		return []string{"exp_avg", "exp_avg_sq"}
	case RMSProp:
		return []string{"square_avg"}
	default:
		return []string{"momentum_buffer"}
	}
}
