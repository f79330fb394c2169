package f32

// Gonum is gonum's own implementation of blas32 as it comes, with plain Go for what a product of matrices is not. Its
// products allocate, and take all of the processor's threads.
func Gonum() Kernels { return plain{own: true} }

// Allocates says whether the set's products take memory.
func (p plain) Allocates() bool { return p.own }
