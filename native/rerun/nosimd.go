//go:build !(go1.27 && goexperiment.simd)

package rerun

const simd = false
