//go:build !libtorch

package cli

import (
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
	return gpuengine.New(d), nil
}
