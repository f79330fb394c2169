package engine

// Reference is what the layers that look at a whole batch (BatchNorm, MinibatchStd) measured of one: a pass with
// Mode.Batch fills it, later passes of the same network take it in place of their own rows, so that what becomes of a
// sample there depends on that sample alone. It is of the weights that it was filled with.
type Reference struct {
	measured [][]float32 // by the layers, in the order of computation
	at       int         // the next layer's
}

// Begin is called when a pass begins; batch says that it fills the reference.
func (r *Reference) Begin(batch bool) {
	if r == nil {
		return
	}
	if r.at = 0; batch {
		r.measured = r.measured[:0]
	}
}

// Keep takes what the next layer has measured.
func (r *Reference) Keep(values []float32) {
	if r != nil {
		r.measured = append(r.measured, append([]float32(nil), values...))
	}
}

// Next is what the next layer is to take.
func (r *Reference) Next() []float32 {
	if r.at == len(r.measured) {
		panic("engine: a reference that was filled by another network")
	}
	r.at++
	return r.measured[r.at-1]
}
