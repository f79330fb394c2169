package f32

// Best is the fastest set that this build and this machine have.
func Best() Kernels { return Plain() }

// Threads says how many threads the sets that can share their work out may use.
func Threads(n int) {}
