//go:build libtorch

package torch

import (
	"errors"
	"fmt"
	"runtime"
	"sync"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"

	lib "github.com/sugarme/gotch/libtch"
)

// Engine computes on one device. All its calls into libtorch are made by one thread of the system, since OpenMP keeps a
// team of threads for each that asks, and libtorch its random state and last error.
type Engine struct {
	device  int32
	threads int
	bf16    bool // of products; everything else is float32
	err     error
	calls   chan func()
	over    sync.WaitGroup
	owned   map[tensor]struct{} // every tensor that outlives the call that made it

	mu   sync.Mutex
	left []tensor // owned by what the garbage collector has found unused
}

// HasGPU reports whether libtorch finds a GPU to compute on.
func HasGPU() bool { return lib.AtcCudaIsAvailable() }

// Open starts the engine on a device: cpu, cuda, or auto for cuda where there is a GPU. threads 0 is one for each core.
func Open(device string, threadCount int) (*Engine, error) {
	e := &Engine{device: deviceCPU, calls: make(chan func()), owned: map[tensor]struct{}{}}
	switch gpu := HasGPU(); {
	case device == "cuda" && !gpu:
		return nil, errors.New("libtorch finds no GPU here: take --device cpu, or on a machine with an NVIDIA GPU and its driver run go run ./native setup --cuda")
	case gpu && device != "cpu":
		e.device = deviceCUDA
	}
	e.over.Go(func() {
		runtime.LockOSThread()
		for f := range e.calls {
			f()
		}
	})
	e.call(func() {
		if threadCount == 0 {
			threadCount = runtime.NumCPU()
		}
		setThreads(threadCount)
		e.threads = threads()
	})
	return e, nil
}

// call runs f on the engine's thread.
func (e *Engine) call(f func()) {
	done := make(chan struct{})
	e.calls <- func() {
		defer close(done)
		f()
	}
	<-done
}

// do runs f on the engine's thread with a scope of its own, unless something has failed before.
func (e *Engine) do(f func(s *scope)) {
	e.call(func() {
		e.drop()
		if e.err != nil {
			return
		}
		s := &scope{e: e}
		defer s.end()
		f(s)
	})
}

// BF16 makes networks built from now on round the factors of their products, forward and backward, to bfloat16 (8 bits
// of mantissa). Weights, sums, losses, normalisation and updates stay float32. It fails where the device cannot.
func (e *Engine) BF16() error {
	e.bf16 = true
	e.do(func(s *scope) {
		a := s.as(s.zeros(2, 2), kindBFloat16)
		s.matmul(a, a)
	})
	if err := e.Err(); err != nil {
		return fmt.Errorf("this device does not compute in bfloat16 (%w): take --precision f32", err)
	}
	return nil
}

func (e *Engine) Name() string {
	name := "torch · cpu"
	if e.device == deviceCUDA {
		name = "torch · cuda"
	}
	if e.bf16 {
		name += " · bf16"
	}
	return name
}

// Rough is true in bfloat16, and on a GPU, whose convolutions may round their factors to 10 bits.
func (e *Engine) Rough() bool { return e.bf16 || e.device == deviceCUDA }

func (e *Engine) Threads() int        { return e.threads }
func (e *Engine) Group() engine.Group { return engine.Solo{} }

func (e *Engine) Err() (err error) {
	e.call(func() { err = e.err })
	return err
}

// Close frees every tensor; nothing of this engine may be used afterwards.
func (e *Engine) Close() error {
	e.call(func() {
		for t := range e.owned {
			lib.AtFree(t)
		}
		clear(e.owned)
	})
	close(e.calls)
	e.over.Wait()
	return nil
}

// own makes tensors outlive the scope, until they are freed.
func (s *scope) own(ts ...tensor) {
	for _, t := range ts {
		if t != nil {
			s.keep(t)
			s.e.owned[t] = struct{}{}
		}
	}
}

// leave marks tensors as garbage, to be freed at the next call; cleanups run on a thread of their own.
func (e *Engine) leave(ts []tensor) {
	e.mu.Lock()
	e.left = append(e.left, ts...)
	e.mu.Unlock()
}

// release frees what is in the cells and empties them.
func (e *Engine) release(cells []*tensor) {
	e.call(func() {
		for _, c := range cells {
			e.free(*c)
			*c = nil
		}
	})
}

// releaseAll is release of whole slices.
func (e *Engine) releaseAll(all ...[]tensor) {
	for _, ts := range all {
		cells := make([]*tensor, len(ts))
		for i := range ts {
			cells[i] = &ts[i]
		}
		e.release(cells)
	}
}

func (e *Engine) drop() {
	e.mu.Lock()
	left := e.left
	e.left = nil
	e.mu.Unlock()
	for _, t := range left {
		e.free(t)
	}
}

// free gives an owned tensor back. nil and tensors already given back are left alone.
func (e *Engine) free(t tensor) {
	if _, ok := e.owned[t]; ok && t != nil {
		delete(e.owned, t)
		lib.AtFree(t)
	}
}

func (e *Engine) Build(s net.Spec, r *rng.Stream) (engine.Net, error) {
	n, err := newNet(e, s)
	if err != nil {
		return nil, err
	}
	values := make([][]float32, len(n.params))
	for i, p := range n.params {
		values[i] = make([]float32, p.Size())
		p.Init(values[i], r)
	}
	e.do(func(s *scope) { n.allocate(s, values) })
	return n, e.Err()
}

func (e *Engine) Optimize(n engine.Net, s optim.Spec) (engine.Optimizer, error) {
	net, ok := n.(*Net)
	if !ok {
		panic("torch: Optimize of another engine's network")
	}
	return newOptimizer(net, s), nil
}

func (e *Engine) Average(dst, src engine.Net, decay float64) {
	d, from := dst.(*Net), src.(*Net)
	e.do(func(s *scope) {
		for i, p := range d.params {
			switch {
			case p.Count:
				d.counts[i] = from.counts[i]
			case p.Buffer:
				s.copy(d.data[i], from.data[i])
			default:
				s.lerp(d.data[i], from.data[i], 1-decay)
			}
		}
	})
}

func (e *Engine) NewArray(rows, cols int) engine.Array {
	cell := make([]tensor, 1)
	a := &Array{e: e, rows: rows, cols: cols, cell: &cell[0]}
	runtime.AddCleanup(a, e.leave, cell)
	e.do(func(s *scope) { s.replace(a.cell, s.zeros(rows, cols)) })
	return a
}

func (e *Engine) Read(all []engine.Reading) {
	e.do(func(s *scope) {
		for _, r := range all {
			s.read(r.To, of(r.From))
		}
	})
}

// Mix: dst = b + ε·(a − b), in the rounding of libtorch's lerp.
func (e *Engine) Mix(dst, a, b engine.Array, eps []float32) {
	e.do(func(s *scope) {
		s.mix(of(dst), s.reshapeLike(of(b), of(dst)), s.reshapeLike(of(a), of(dst)), s.upload(eps, len(eps), 1))
	})
}

// Product times n×n matrix products and returns floating-point operations a second.
func (e *Engine) Product(n, times int, seconds func(f func()) float64) (flops float64, err error) {
	if n < 1 || times < 1 {
		return 0, fmt.Errorf("a product of %d×%d, %d times, says nothing", n, n, times)
	}
	e.do(func(s *scope) {
		a := s.zeros(n, n)
		s.fill(a, 0.5)
		run := func(times int) {
			for range times {
				s.drop(s.matmul(a, a))
			}
			s.wait(a)
		}
		run(1)
		flops = 2 * float64(n) * float64(n) * float64(n) * float64(times) / seconds(func() { run(times) })
	})
	return flops, e.Err()
}
