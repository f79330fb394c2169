//go:build !js

package kernel

import (
	"time"

	"ganvas/core/f32"
)

// Best is f32.Best: only a program in a page has a module joined.
func Best() f32.Kernels { return f32.Best() }

// Peak is 0: no module is joined.
func Peak(time.Duration) float64 { return 0 }
