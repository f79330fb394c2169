//go:build libtorch

package torch

import (
	"unsafe"

	lib "github.com/sugarme/gotch/libtch"
)

// scope is one call's tensors: they are freed at its end, except those that were kept. After a first failure, which the
// engine remembers, every operation gives nil and does nothing.
type scope struct {
	e    *Engine
	made []tensor
}

func (s *scope) end() {
	for _, t := range s.made {
		lib.AtFree(t)
	}
	s.made = nil
}

// keep takes a tensor out of the scope.
func (s *scope) keep(t tensor) tensor {
	for i := len(s.made) - 1; i >= 0; i-- {
		if s.made[i] == t {
			s.made[i] = s.made[len(s.made)-1]
			s.made = s.made[:len(s.made)-1]
			break
		}
	}
	return t
}

// drop frees a tensor of the scope before its end.
func (s *scope) drop(t tensor) {
	if t != nil {
		lib.AtFree(s.keep(t))
	}
}

// fail remembers the failure of the call just made, if it failed.
func (s *scope) fail() bool {
	if err := lastError(); err != nil && s.e.err == nil {
		s.e.err = err
	}
	return s.e.err != nil
}

// make is the result of an operation. Whatever has failed left no result.
func (s *scope) make(op func(to *tensor)) tensor {
	if s.e.err != nil {
		return nil
	}
	var t tensor
	op(&t)
	if t == nil {
		s.fail()
		return nil
	}
	s.made = append(s.made, t)
	return t
}

// change is an operation in place: its result is another handle of the tensor it was given.
func (s *scope) change(op func(to *tensor)) { s.drop(s.make(op)) }

// with makes a number for an operation.
func (s *scope) with(v float64, op func(x scalar)) {
	if s.e.err != nil {
		return
	}
	x := lib.AtsFloat(v)
	op(x)
	lib.AtsFree(x)
}

func dims(sizes []int) []int64 {
	d := make([]int64, len(sizes))
	for i, n := range sizes {
		d[i] = int64(n)
	}
	return d
}

// zeros is a new float32 tensor on the engine's device.
func (s *scope) zeros(sizes ...int) tensor {
	d := dims(sizes)
	if len(d) == 0 { // one value without dimensions
		return s.reshape(s.zeros(1))
	}
	return s.make(func(to *tensor) { lib.AtgZeros(to, d, len(d), kindFloat32, s.e.device) })
}

// upload is values as a new tensor of that shape on the engine's device.
func (s *scope) upload(values []float32, sizes ...int) tensor {
	return s.send(unsafe.Pointer(unsafe.SliceData(values)), kindFloat32, 4, sizes)
}

func (s *scope) send(from unsafe.Pointer, kind int, bytes uint, sizes []int) tensor {
	if s.e.err != nil {
		return nil
	}
	d := dims(sizes)
	t := s.make(func(to *tensor) { *to = lib.AtTensorOfData(from, d, uint(len(d)), bytes, kind) })
	if s.e.device == deviceCPU {
		return t
	}
	return s.make(func(to *tensor) { lib.AtgTo(to, t, s.e.device) })
}

// memory is the values of a contiguous float32 tensor on the CPU, to read or write in place.
func (s *scope) memory(t tensor, n int) []float32 {
	if s.e.err != nil {
		return nil
	}
	p := lib.AtDataPtr(t)
	if p == nil {
		s.fail()
		return nil
	}
	return unsafe.Slice((*float32)(p), n)
}

// write: t = values. t is contiguous.
func (s *scope) write(t tensor, values []float32) {
	if s.e.device == deviceCPU {
		copy(s.memory(t, len(values)), values)
		return
	}
	s.copy(t, s.reshapeLike(s.upload(values, len(values)), t))
}

// read: values = t, from whatever device and layout.
func (s *scope) read(values []float32, t tensor) {
	if s.e.err != nil || len(values) == 0 {
		return
	}
	lib.AtCopyData(t, unsafe.Pointer(unsafe.SliceData(values)), uint(len(values)), 4)
	s.fail()
}

// wait returns when everything that t's device was told to do is done.
func (s *scope) wait(t tensor) {
	if s.e.device == deviceCUDA && s.e.err == nil {
		lib.AtcSynchronize(int64(s.e.device))
		s.fail()
	}
}
