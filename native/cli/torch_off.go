//go:build !libtorch

package cli

import "ganvas/core/engine"

// torch opens the libtorch engine and product times a matrix product there; nil in programs built without it.
var (
	torch   func(f engineFlags) (engine.Engine, error)
	product func(device string) (said string, err error)
)
