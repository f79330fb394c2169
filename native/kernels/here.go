package kernels

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"runtime"
	"slices"
	"sync"

	"ganvas/core/f32"
	"ganvas/native/kept"
	"ganvas/native/rerun"
)

// here is what there is to choose from in this process.
var here = sync.OnceValue(func() *Chooser {
	return &Chooser{Sets: f32.Sets(), Timed: tiled(f32.Sets()), Key: Key(), List: kept.In[record]("kernels.json"), Rate: rate, Reason: reason()}
})

// tiled are the sets with products in tiles. gonum's own takes every core, whatever number of threads is asked for, and plain Go is
// the reference for tests.
func tiled(sets []f32.Kernels) []f32.Kernels {
	return slices.DeleteFunc(sets, func(k f32.Kernels) bool { return f32.Bare(k) == nil })
}

// Key is of the processor, its sets of kernels, and the running program's bytes, which may compute faster or slower than another
// build's.
var Key = sync.OnceValue(func() string {
	h := sha256.New()
	io.WriteString(h, Processor()+"\x00"+runtime.GOARCH)
	for _, k := range f32.Sets() {
		io.WriteString(h, "\x00"+k.Name())
	}
	if path, err := os.Executable(); err == nil {
		if f, err := os.Open(path); err == nil {
			io.Copy(h, f)
			f.Close()
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:10])
})

// reason is why there is but one set in tiles.
func reason() string {
	switch {
	case !rerun.Experiment:
		return "Go has no SIMD instructions for this kind of processor"
	case !rerun.SIMD():
		return "this program is built without SIMD instructions"
	}
	return "this processor has no AVX2"
}
