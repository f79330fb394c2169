package f32

import (
	"fmt"
	"runtime"
	"strings"
)

// Best is the fastest set that this build and this machine have.
func Best() Kernels {
	sets := Sets()
	return sets[len(sets)-1]
}

// Sets lists every set that this build and this machine have, the slowest first.
func Sets() []Kernels {
	sets := []Kernels{Plain(), Gonum(), newPacked("go packed", Plain(), scalarTile)}
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

// Named is the set whose name ends with this word: "go", "gonum", "packed", "avx2", …; "" is [Best]. The error lists the names.
func Named(word string) (Kernels, error) {
	if word == "" {
		return Best(), nil
	}
	var names []string
	for _, k := range Sets() {
		last := k.Name()[strings.LastIndexByte(k.Name(), ' ')+1:]
		if last == word {
			return k, nil
		}
		names = append(names, last)
	}
	return nil, fmt.Errorf("this program and processor have no kernels %q, but %s", word, strings.Join(names, ", "))
}
