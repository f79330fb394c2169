package net

// MinibatchStd appends one feature map that is the same everywhere: the mean, over all features, of each one's standard
// deviation over the batch, √(variance + 1e-8), so that a discriminator sees how varied a batch is. (Karras et al. 2018,
// section 3.) In evaluation the batch is the rows at hand, or s that of a reference.
type MinibatchStd struct{}

func (MinibatchStd) Out(in Shape) (Shape, error) { return Shape{in.C + 1, in.H, in.W}, nil }
func (MinibatchStd) Params(Shape) []Param        { return nil }
func (MinibatchStd) Mixes()                      {}
func (MinibatchStd) Measures()                   {}
