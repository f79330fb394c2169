//go:build libtorch

package torch

import (
	"runtime"
	"unsafe"

	"ganvas/core/data"
	"ganvas/core/engine"

	lib "github.com/sugarme/gotch/libtch"
)

// Array is a (rows, cols) tensor without a way back through autograd.
type Array struct {
	e          *Engine
	rows, cols int
	cell       *tensor // apart from the Array, so that its cleanup knows the last one
}

func (a *Array) Rows() int { return a.rows }
func (a *Array) Cols() int { return a.cols }

func (a *Array) Write(src []float32) { a.e.do(func(s *scope) { s.write(*a.cell, src) }) }
func (a *Array) Read(dst []float32)  { a.e.do(func(s *scope) { s.read(dst, *a.cell) }) }

func (a *Array) Release() { a.e.release([]*tensor{a.cell}) }

// of is the tensor of an array of this engine.
func of(a engine.Array) tensor { return *a.(*Array).cell }

// replace puts another tensor of the scope into the cell, and frees the one that was there.
func (s *scope) replace(cell *tensor, t tensor) {
	s.e.free(*cell)
	*cell = t
	s.own(t)
}

// table is a data set that is gathered on the host, straight into the array's memory where that is the host's.
type table struct {
	e    *Engine
	set  *data.Set
	rows []float32
}

func (t *table) Gather(dst engine.Array, rows []int32) {
	a := dst.(*Array)
	n := len(rows) * t.set.Size()
	t.e.do(func(s *scope) {
		if t.e.device == deviceCPU {
			if to := s.memory(*a.cell, n); to != nil {
				t.set.Gather(to, rows)
			}
			return
		}
		if len(t.rows) < n {
			t.rows = make([]float32, n)
		}
		t.set.Gather(t.rows, rows)
		s.write(*a.cell, t.rows[:n])
	})
}

// resident is a data set of bytes that lies on the device: only the rows' numbers go there.
type resident struct {
	e      *Engine
	set    *data.Set
	pixels tensor // (n, sample) bytes, nil until all have arrived
	before *table
}

func (e *Engine) Table(set *data.Set) (engine.Table, error) {
	host := &table{e: e, set: set}
	if e.device == deviceCPU || set.Len() == 0 || set.Pixels(0) == nil {
		return host, nil
	}
	return &resident{e: e, set: set, before: host}, nil
}

func (t *resident) Gather(dst engine.Array, rows []int32) {
	if t.set.Arrived() < t.set.Len() {
		t.before.Gather(dst, rows)
		return
	}
	t.e.do(func(s *scope) {
		if t.pixels == nil {
			t.load(s)
		}
		s.copy(of(dst), t.gather(s, rows))
	})
}

// load brings the whole set onto the device.
func (t *resident) load(s *scope) {
	all := make([]byte, 0, t.set.Len()*t.set.Size())
	for i := range t.set.Len() {
		all = append(all, t.set.Pixels(i)...)
	}
	t.pixels = s.send(unsafe.Pointer(unsafe.SliceData(all)), kindUint8, 1, []int{t.set.Len(), t.set.Size()})
	s.own(t.pixels)
	runtime.AddCleanup(t, t.e.leave, []tensor{t.pixels})
}

// gather: (rows, sample) in [−1, 1], bytes divided by 127.5 less 1, rounded after each as the host does.
func (t *resident) gather(s *scope, rows []int32) tensor {
	wide := make([]int64, len(rows))
	for i, r := range rows {
		wide[i] = int64(r)
	}
	at := s.send(unsafe.Pointer(unsafe.SliceData(wide)), kindInt64, 8, []int{len(wide)})
	picked := s.make(func(to *tensor) { lib.AtgIndexSelect(to, t.pixels, 0, at) })
	x := s.make(func(to *tensor) { lib.AtgToDtype(to, picked, kindFloat32, 0, 0) })
	s.with(127.5, func(v scalar) { s.change(func(to *tensor) { lib.AtgDivScalar_(to, x, v) }) })
	s.shift(x, -1)
	return x
}
