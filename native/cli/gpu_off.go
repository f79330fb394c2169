//go:build libtorch

package cli

import (
	"errors"

	"ganvas/core/engine"
)

// onGPU is of programs without libtorch: what reaches a GPU without a C compiler cannot be linked with what needs one.
func (engineFlags) onGPU(*world) (engine.Engine, error) {
	return nil, errors.New("this program is built with libtorch, beside which --engine gpu cannot be: start it with go run ./native, which makes another")
}

// card is of programs without libtorch.
var card func() (engine.Engine, error)
