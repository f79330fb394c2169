//go:build gpu

package main

import (
	"ganvas/core/engine/gpu"
	"ganvas/core/session"
	"ganvas/wasm/webgpu"
)

// openGPU opens the visitor's GPU.
var openGPU = func() (session.GPU, error) {
	d, err := webgpu.Open(false)
	if err != nil {
		return session.GPU{}, err
	}
	a := d.Adapter()
	return session.GPU{Engine: gpu.New(d), Name: a.Name, Software: a.Software}, nil
}
