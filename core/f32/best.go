package f32

import "runtime"

// Best is the fastest set that this build and this machine have.
func Best() Kernels {
	sets := Sets()
	return sets[len(sets)-1]
}

// Sets lists every set that this build and this machine have, the slowest first.
func Sets() []Kernels {
	sets := []Kernels{Plain(), newPacked("go packed", Plain(), scalarTile)}
	return append(sets, simdSets()...)
}

// Threads sets how many threads the sets of this package share large routines out to; until it is called, one.
// Results do not depend on it. In WebAssembly there is one thread.
func Threads(n int) {
	if runtime.GOARCH == "wasm" {
		n = 1
	}
	workers.resize(n)
}
