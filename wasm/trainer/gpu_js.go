//go:build gpu

package main

import (
	"time"

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
	e := gpu.New(d)
	if !a.Software {
		e.Tune(nil, time.Now, nil)
	}
	return session.GPU{Engine: e, Name: a.Name, Software: a.Software}, nil
}
