package gpu

import "ganvas/core/engine"

// Array is a (rows, cols) matrix on the GPU.
type Array struct {
	e          *Engine
	held       *held // nil where the memory is somebody else's
	span       span
	rows, cols int

	shares span // of Mix into it: a factor for each row, and what computes it of which
	mix    *playable
	mixed  mixKey
}

func (e *Engine) NewArray(rows, cols int) engine.Array {
	e.drop()
	a := &Array{e: e, rows: rows, cols: cols}
	a.held = holding(e, a)
	a.span = e.memory(a.held, rows*cols)
	return a
}

// spanOf is the memory of an array of this engine.
func spanOf(a engine.Array) span { return a.(*Array).span }

func (a *Array) Release() {
	if a.held != nil {
		a.held.Release()
	}
}

func (a *Array) Rows() int { return a.rows }
func (a *Array) Cols() int { return a.cols }

func (a *Array) Write(src []float32) { a.e.write(a.span, bytesOf(src[:a.rows*a.cols])) }

func (a *Array) Read(dst []float32) { a.e.Read([]engine.Reading{{From: a, To: dst}}) }

func (e *Engine) Read(all []engine.Reading) {
	e.drop()
	readings := make([]Reading, len(all))
	for i, r := range all {
		s := spanOf(r.From)
		if s.in == nil {
			return // of an engine that has failed
		}
		readings[i] = s.reading(r.To)
	}
	e.read(readings)
}
