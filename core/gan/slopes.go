package gan

import (
	"ganvas/core/engine"
)

// Slopes: grads (rows, sample) is the gradient of D's logit for each of images (rows, sample) by that image, in evaluation
// mode. Where D compares the samples of a batch, and no reference is named, the others are held fixed. It returns the logits as Logits does.
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
		s.back().Read(grads)
		return logits
	}
	all := make([]float32, len(grads))
	for i := range s.rows {
		clear(s.single)
		s.single[i*heads] = 1
		s.back().Read(all)
		copy(grads[i*size:][:size], all[i*size:])
	}
	return logits
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
