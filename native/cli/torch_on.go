//go:build libtorch

package cli

import (
	"fmt"
	"time"

	"ganvas/core/engine"
	libtorch "ganvas/native/torch"
)

// openTorch starts the libtorch engine.
func openTorch(f engineFlags) (engine.Engine, error) {
	e, err := libtorch.Open(f.Device, f.Threads)
	if err != nil {
		return nil, err // not e: a nil *Engine is no nil interface
	}
	if f.Precision == "bf16" {
		if err := e.BF16(); err != nil {
			e.Close()
			return nil, err
		}
	}
	return e, nil
}

var torch, product, gpu = openTorch, timeProduct, libtorch.HasGPU

// timeProduct tries the device with a matrix product large enough to keep it busy.
func timeProduct(device string) (said string, err error) {
	e, err := libtorch.Open(device, 0)
	if err != nil {
		return "", err
	}
	defer e.Close()
	n, times := 1024, 10
	if device == "cuda" {
		n, times = 8192, 20
	}
	flops, err := e.Product(n, times, func(f func()) float64 {
		began := time.Now()
		f()
		return time.Since(began).Seconds()
	})
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("%s, %d threads: a product of %d×%d matrices at %.0f GFLOP/s", e.Name(), e.Threads(), n, n, flops/1e9), nil
}
