//go:build !libtorch

package cli

import (
	"errors"
	"fmt"

	"ganvas/core/engine"
	gpuengine "ganvas/core/engine/gpu"
	device "ganvas/native/gpu"
)

// onGPU is the engine on this machine's GPU, with the processor's kernels chosen for what is measured there.
func (f engineFlags) onGPU(w *world) (engine.Engine, error) {
	if _, err := f.onCPU(w); err != nil {
		return nil, err
	}
	d, err := device.Open(false)
	if err != nil {
		return nil, err
	}
	if a := d.Adapter(); a.Software {
		fmt.Fprintf(w.err, "%s is no GPU: this machine's processor computes in its place, slower than --engine go\n", a.Name)
	}
	w.computes = ""
	e := gpuengine.New(d)
	e.Half(f.Precision == "f16")
	tune(e)
	return e, nil
}

// card opens this machine's GPU where there may be one; a processor in the place of one is none.
var card = func() (engine.Engine, error) {
	if !device.Likely() {
		return nil, errors.New("this machine has no GPU")
	}
	d, err := device.Open(true)
	if err != nil {
		return nil, err
	}
	e := gpuengine.New(d)
	tune(e)
	return e, nil
}
