//go:build !(go1.27 && goexperiment.simd && (amd64 || arm64))

package rerun

// simd says that this program is built with SIMD instructions already.
const simd = false
