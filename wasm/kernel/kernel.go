// Package kernel joins a WebAssembly module of float32 kernels to a Go program that runs as WebAssembly itself: the
// module works on the Go program's own memory, so nothing is copied, and it has instructions that Go's compiler
// doesn't emit.
//
// [Module] is what a build writes beside the program; www/js/kernel.js joins it; [Best] is what the program calls.
package kernel

import "ganvas/wasm/kernel/gen"

// Module returns the bytes of the kernel module: relaxed for engines that have relaxed SIMD, strict for those that
// have SIMD only. www/js/kernel.js fetches them as kernel.relaxed.wasm and kernel.strict.wasm.
func Module(relaxed bool) []byte { return gen.Module(relaxed) }
