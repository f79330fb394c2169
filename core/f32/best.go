package f32

// Best is the fastest set that this build and this machine have.
func Best() Kernels { return Plain() }
