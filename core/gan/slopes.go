package gan

import (
	"ganvas/core/engine"
)

// Slopes: grads (rows, sample) is the gradient of D's logit for each of images (rows, sample) by that image, in evaluation
// mode; where D judges several samples together, their company is held fixed. Where D compares the samples of a batch, and no reference is named, the others are held fixed. It returns the logits as Logits does.
func (s *Sampler) Slopes(grads, images []float32, labels []int32) []float64 {
	logits := s.Logits(images, labels)
	heads, size := s.m.heads, s.m.Data.Sample.Size()
	if s.dy == nil {
		s.single, s.dy = make([]float32, s.rows*heads), s.m.Engine.NewArray(s.rows, heads)
	}
	if s.m.refers != nil || !s.m.nets.D.Mixes() {
		for i := range s.rows {
			s.single[i*heads] = 1
		}
		s.slopes(grads)
		return logits
	}
	all := make([]float32, len(grads))
	for i := range s.rows {
		clear(s.single)
		s.single[i*heads] = 1
		s.slopes(all)
		copy(grads[i*size:][:size], all[i*size:])
	}
	return logits
}

// slopes is back's gradients at the images alone.
func (s *Sampler) slopes(grads []float32) {
	pack, size := s.m.Pack(), s.m.Data.Sample.Size()
	if pack == 1 {
		s.back().Read(grads)
		return
	}
	all := make([]float32, s.rows*pack*size)
	s.back().Read(all)
	for i := range s.rows {
		g := grads[i*size:][:size]
		copy(g, all[i*pack*size:])
		if s.m.company != nil {
			continue
		}
		for k := 1; k < pack; k++ {
			for j, v := range all[(i*pack+k)*size:][:size] {
				g[j] += v
			}
		}
	}
}

// back is the gradient (rows, sample) of the last Logits' images from the outputs that single names.
func (s *Sampler) back() engine.Array {
	s.dy.Write(s.single)
	dx := s.d.Backward(s.dy, engine.Input)
	if s.prepare != nil {
		dx = s.prepare.Backward(dx, engine.Input)
	}
	return dx
}
