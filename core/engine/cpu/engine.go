// Package cpu is the engine that computes with this project's own layers on gonum's blas32 and the kernels under it.
package cpu

import (
	"fmt"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/f32"
	"ganvas/core/net"
	"ganvas/core/rng"

	"gonum.org/v1/gonum/blas/blas32"
)

// Engine is the CPU engine. The zero value works alone with the kernels in use.
type Engine struct {
	group   engine.Group
	threads int
}

// New is an engine whose programs share each batch as group does; nil is a program alone.
func New(group engine.Group) *Engine {
	if group == nil {
		group = engine.Solo{}
	}
	return &Engine{group: group}
}

func (e *Engine) Name() string { return "cpu · " + f32.Active().Name() }

// Threads is the number of programs, or of threads in this one.
func (e *Engine) Threads() int {
	if n := e.group.Size(); n > 1 {
		return n
	}
	return max(1, e.threads)
}

// SetThreads records how many threads the kernels use, for reports.
func (e *Engine) SetThreads(n int) { e.threads = n }

func (e *Engine) Group() engine.Group { return e.group }
func (e *Engine) Close() error        { return nil }

// Err is the group's, where it can lose a member; this engine itself does not fail.
func (e *Engine) Err() error {
	if g, ok := e.group.(interface{ Err() error }); ok {
		return g.Err()
	}
	return nil
}

func (e *Engine) Build(s net.Spec, r *rng.Stream) (engine.Net, error) {
	params, err := s.Params()
	if err != nil {
		return nil, err
	}
	n := newNet(e, s, params)
	for i, p := range params {
		p.Init(n.views[i].W, r)
	}
	return n, nil
}

func (e *Engine) Average(dst, src engine.Net, decay float64) {
	d, s := dst.(*Net), src.(*Net)
	f32.Lerp(d.weights, s.weights, float32(1-decay))
	copy(d.buffers, s.buffers)
}

func (e *Engine) NewArray(rows, cols int) engine.Array {
	return &Array{f32.Matrix(rows, cols, make([]float32, rows*cols))}
}

func (e *Engine) Read(all []engine.Reading) {
	for _, r := range all {
		r.From.Read(r.To)
	}
}

func (e *Engine) Mix(dst, a, b engine.Array, eps []float32) {
	to, x, y := dst.(*Array).Data, a.(*Array).Data, b.(*Array).Data
	cols := dst.Cols()
	for i, t := range eps {
		for j := i * cols; j < (i+1)*cols; j++ {
			to[j] = t*x[j] + (1-t)*y[j]
		}
	}
}

func (e *Engine) Table(s *data.Set) (engine.Table, error) {
	if s == nil {
		return nil, fmt.Errorf("there is no data set")
	}
	return table{s}, nil
}

type table struct{ set *data.Set }

func (t table) Gather(dst engine.Array, rows []int32) { t.set.Gather(dst.(*Array).Data, rows) }

// Array is a matrix in Go's memory.
type Array struct{ blas32.General }

func (a *Array) Release()            { a.Data = nil }
func (a *Array) Rows() int           { return a.General.Rows }
func (a *Array) Cols() int           { return a.General.Cols }
func (a *Array) Write(src []float32) { copy(a.Data, src) }
func (a *Array) Read(dst []float32)  { copy(dst, a.Data) }
