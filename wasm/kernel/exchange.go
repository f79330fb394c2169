package kernel

import (
	"errors"

	"ganvas/wasm/kernel/gen"
)

// ErrGroup is why a [Group] stopped summing.
var ErrGroup = errors.New("another Worker has stopped answering, so this one can't go on with its share of the batch alone")

// ExchangeModule returns the bytes of the module that sums between Workers; www/js/kernel.js fetches it as
// kernel.exchange.wasm.
func ExchangeModule() []byte { return gen.Exchange() }
