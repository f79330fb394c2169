package inspect

import (
	"fmt"
	"math"

	"ganvas/core/img"
	"ganvas/core/wire"
)

const (
	mostSteps = 200
	stepSize  = 0.02 // root mean square of a pixel's change in one small step, of values from −1 to 1
	halvings  = 8    // of a step that does not raise D's logit, before the way ends
)

// Wishes asks D for its gradient at each of the samples.
func (g *Glass) Wishes(s Samples) (*wire.Wishes, []byte) {
	images := g.Pictures(s)
	w := g.way()
	grads := make([]float32, len(images))
	logits := g.sampler.Slopes(grads, images, s.Labels)
	for i := range g.rows {
		w.add(images[i*w.size:][:w.size], grads[i*w.size:][:w.size], logits[i])
	}
	return w.answer()
}

// Follow lets one of the samples follow D's wish for that many small steps, the others staying as they are. Each step goes
// along the gradient and raises D's logit; the way ends where none does any more.
func (g *Glass) Follow(s Samples, index, steps int) (*wire.Wishes, []byte, error) {
	switch {
	case index < 0 || index >= g.rows:
		return nil, nil, fmt.Errorf("index is %d: it must be from 0 to %d", index, g.rows-1)
	case steps < 1 || steps > mostSteps:
		return nil, nil, fmt.Errorf("steps is %d: it must be from 1 to %d", steps, mostSteps)
	}
	images := append([]float32(nil), g.Pictures(s)...)
	w := g.way()
	grads := make([]float32, len(images))
	x, grad := images[index*w.size:][:w.size], grads[index*w.size:][:w.size]
	logit := g.sampler.Slopes(grads, images, s.Labels)[index]
	w.add(x, grad, logit)
	before := make([]float32, w.size)
	for range steps {
		copy(before, x)
		risen := false
		for length, k := stepSize*math.Sqrt(float64(w.size)), 0; k < halvings && !risen; k++ {
			move(x, before, grad, length)
			now := g.sampler.Logits(images, s.Labels)[index]
			risen = now > logit
			length /= 2
		}
		if !risen {
			break
		}
		logit = g.sampler.Slopes(grads, images, s.Labels)[index]
		w.add(x, grad, logit)
	}
	w.Index = index
	out, b := w.answer()
	return out, b, nil
}

// move: to = from + length·grad/‖grad‖, kept between −1 and 1.
func move(to, from, grad []float32, length float64) {
	sum := 0.0
	for _, v := range grad {
		sum += float64(v) * float64(v)
	}
	k := float32(0)
	if sum > 0 {
		k = float32(length / math.Sqrt(sum))
	}
	for i, v := range from {
		to[i] = max(-1, min(1, v+k*grad[i]))
	}
}

// way gathers pictures with D's wishes.
type way struct {
	wire.Wishes
	size        int
	verdict     func(logit float64) float32
	images, ink []byte
}

func (g *Glass) way() *way {
	s := g.m.Data.Sample
	return &way{size: s.Size(), verdict: g.m.Verdict, Wishes: wire.Wishes{Sample: s}}
}

func (w *way) add(image, grad []float32, logit float64) {
	top := float32(0)
	for _, v := range grad {
		top = max(top, v, -v)
	}
	k := float32(0)
	if top > 0 {
		k = 127 / top
	}
	w.images = img.ToBytes(w.images, image)
	for _, v := range grad {
		w.ink = append(w.ink, byte(signed(k*v)))
	}
	w.Count++
	w.Logits, w.Largest = append(w.Logits, float32(logit)), append(w.Largest, top)
	w.Scores = append(w.Scores, w.verdict(logit))
}

func (w *way) answer() (*wire.Wishes, []byte) {
	w.Ink = len(w.images)
	return &w.Wishes, append(w.images, w.ink...)
}
