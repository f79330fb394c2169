//go:build !js

package kernel

import "ganvas/core/f32"

// Best is f32.Best: only a program in a page has a module joined.
func Best() f32.Kernels { return f32.Best() }
