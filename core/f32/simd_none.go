//go:build !(go1.27 && goexperiment.simd && (amd64 || arm64 || wasm))

package f32

func simdSets() []Kernels { return nil }
