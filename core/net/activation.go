package net

// LeakyReLU: y = x for x > 0, else Leak·x. Leak 0 is ReLU.
type LeakyReLU struct{ Leak float64 }

func (LeakyReLU) Out(in Shape) (Shape, error) { return in, nil }
func (LeakyReLU) Params(Shape) []Param        { return nil }

// Tanh: y = tanh x.
type Tanh struct{}

func (Tanh) Out(in Shape) (Shape, error) { return in, nil }
func (Tanh) Params(Shape) []Param        { return nil }

// Sigmoid: y = 1/(1+e^−x).
type Sigmoid struct{}

func (Sigmoid) Out(in Shape) (Shape, error) { return in, nil }
func (Sigmoid) Params(Shape) []Param        { return nil }

func (Sigmoid) Unpenalized() string {
	return "a sigmoid inside the network: losses take its logit instead"
}
