package gan

import (
	"math"

	"ganvas/core/engine"
)

// host is D's logits of the whole batch in Go's memory: they are few, so every loss is written once for all engines
// and every program of a group computes it whole.
type host struct {
	n, heads   int
	local      []float32 // (rows, heads) of this program
	whole      []float32 // (2, n, heads): of up to two passes
	real, fake *column
}

// column is the logits of one forward pass and the loss's gradient at them.
type column struct {
	verdict, slope []float64 // (n) first output
	class, dClass  []float64 // (n, heads−1) class head
}

func newHost(n, heads, rows int) host {
	col := func() *column {
		return &column{make([]float64, n), make([]float64, n), make([]float64, n*(heads-1)), make([]float64, n*(heads-1))}
	}
	return host{n: n, heads: heads, local: make([]float32, rows*heads), whole: make([]float32, 2*n*heads), real: col(), fake: col()}
}

// read brings a pass's logits into c, over all programs' rows.
func (h *host) read(logits engine.Array, c *column, m *GAN) {
	whole := h.whole[:h.n*h.heads]
	h.place(whole, logits, m.share)
	m.Engine.Group().Sum(whole)
	h.take(whole, c)
}

// readBoth brings the logits of real samples and of fakes into their columns, in one sum over the programs.
func (h *host) readBoth(ofReal, ofFake engine.Array, m *GAN) {
	half := h.n * h.heads
	h.place(h.whole[:half], ofReal, m.share)
	h.place(h.whole[half:], ofFake, m.share)
	m.Engine.Group().Sum(h.whole)
	h.take(h.whole[:half], h.real)
	h.take(h.whole[half:], h.fake)
}

// place puts this program's logits where they belong among the whole batch's, the others being 0.
func (h *host) place(whole []float32, logits engine.Array, s share) {
	clear(whole)
	logits.Read(whole[s.lo*h.heads : s.hi*h.heads])
}

// take spreads the whole batch's logits over c.
func (h *host) take(whole []float32, c *column) {
	for i := range h.n {
		row := whole[i*h.heads:][:h.heads]
		c.verdict[i] = float64(row[0])
		for k, v := range row[1:] {
			c.class[i*(h.heads-1)+k] = float64(v)
		}
	}
	clear(c.dClass)
}

// write puts this program's rows of the gradient into the engine's memory.
func (h *host) write(c *column, to engine.Array, s share) engine.Array {
	for i := s.lo; i < s.hi; i++ {
		row := h.local[(i-s.lo)*h.heads:][:h.heads]
		row[0] = float32(c.slope[i])
		for k := range row[1:] {
			row[1+k] = float32(c.dClass[i*(h.heads-1)+k])
		}
	}
	to.Write(h.local)
	return to
}

// classify is the class head's softmax cross-entropy with the labels, averaged; its gradient goes into the column.
// Without a class head it is 0. (Odena et al. 2017.)
func (h *host) classify(c *column, labels []int32) float64 {
	k := h.heads - 1
	if k == 0 {
		return 0
	}
	loss, n := 0.0, float64(h.n)
	for i := range h.n {
		z, d := c.class[i*k:][:k], c.dClass[i*k:][:k]
		top := math.Inf(-1)
		for _, v := range z {
			top = max(top, v)
		}
		sum := 0.0
		for j, v := range z {
			d[j] = math.Exp(v - top)
			sum += d[j]
		}
		for j := range d {
			d[j] /= sum * n
		}
		y := labels[i]
		loss += (math.Log(sum) + top - z[y]) / n
		d[y] -= 1 / n
	}
	return loss
}

// probability is the mean of sigmoid over logits.
func probability(logits []float64) float64 {
	sum := 0.0
	for _, v := range logits {
		sum += sigmoid(v)
	}
	return sum / float64(len(logits))
}
