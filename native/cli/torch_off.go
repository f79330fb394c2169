//go:build !libtorch

package cli

import "ganvas/core/engine"

// torch opens the libtorch engine, product times a matrix product there, and gpu reports whether it finds a GPU; nil in
// programs built without it.
var (
	torch   func(f engineFlags) (engine.Engine, error)
	product func(device string) (said string, err error)
	gpu     func() bool
)
