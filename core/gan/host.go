package gan

import (
	"math"

	"ganvas/core/engine"
	"ganvas/core/loss"
)

// host is the judge of engines that do not compute losses themselves: D's logits of the whole batch, a row for each pack, in Go's memory.
// They are few, so every loss is written once for all engines and every program of a group computes it whole.
type host struct {
	m          *GAN
	n, heads   int
	local      []float32        // (rows, heads) of this program
	whole      []float32        // (2, n, heads): of up to two passes
	reads      []engine.Reading // under way
	penalties  []float32        // of one place each
	real, fake *column
	scores     loss.Scores
	reports    []engine.Report // not taken yet
}

// column is the logits of one forward pass and the loss's gradient at them.
type column struct {
	verdict, slope []float64 // (n) first output
	class, dClass  []float64 // (n, heads−1) class head
}

func newHost(m *GAN, n, rows int) *host {
	heads := m.heads
	col := func() *column {
		return &column{make([]float64, n), make([]float64, n), make([]float64, n*(heads-1)), make([]float64, n*(heads-1))}
	}
	return &host{m: m, n: n, heads: heads, local: make([]float32, rows*heads), whole: make([]float32, 2*n*heads), reads: make([]engine.Reading, 0, 3), penalties: make([]float32, 3), real: col(), fake: col()}
}

// Judge implements [engine.Judge]; it waits for the logits.
func (h *host) Judge(c engine.Case) {
	h.read(h.m, c.Real, c.Fake)
	var rep engine.Report
	if c.D {
		rep = engine.Report{PReal: probability(h.real.verdict), PFake: probability(h.fake.verdict), SReal: loss.MeanOf(h.real.verdict), SFake: loss.MeanOf(h.fake.verdict)}
	}
	h.scores = loss.Scores{Fake: h.fake.verdict, DFake: h.fake.slope, Smoothing: c.Smoothing, Drift: c.Drift}
	if c.Real != nil {
		h.scores.Real, h.scores.DReal = h.real.verdict, h.real.slope
	}
	if c.D {
		rep.Right = c.Loss.Right(&h.scores)
		rep.Loss = c.Loss.D.Compute(&h.scores) + (h.classify(h.real, c.RealLabels) + h.classify(h.fake, c.FakeLabels))
		h.write(h.real, c.DReal, h.m.packs)
	} else {
		rep.Loss = c.Loss.G.Compute(&h.scores) + h.classify(h.fake, c.FakeLabels)
	}
	h.write(h.fake, c.DFake, h.m.packs)
	h.reports = append(h.reports, rep)
}

// Send implements [engine.Judge]; it waits for the penalties.
func (h *host) Send(penalties []engine.Array) {
	h.reports[len(h.reports)-1].Loss += h.demanded(h.m, penalties)
}

// Take implements [engine.Judge]: every report is there.
func (h *host) Take(bool) (engine.Report, bool) {
	rep := h.reports[0]
	h.reports = append(h.reports[:0], h.reports[1:]...)
	return rep, true
}

func (h *host) Release() {}

// read brings the logits of real samples, nil for none, and of fakes into their columns, over all programs' rows. It waits
// for the engine, and for the other programs, once.
func (h *host) read(m *GAN, ofReal, ofFake engine.Array) {
	half, lo, hi := h.n*h.heads, m.packs.lo*h.heads, m.packs.hi*h.heads
	whole := h.whole[:half]
	if ofReal != nil {
		whole = h.whole
	}
	clear(whole) // the other programs' rows
	h.reads = append(h.reads[:0], engine.Reading{From: ofFake, To: whole[lo:hi]})
	if ofReal != nil {
		h.reads = append(h.reads, engine.Reading{From: ofReal, To: whole[half+lo : half+hi]})
	}
	m.Engine.Read(h.reads)
	m.Engine.Group().Sum(whole)
	h.take(whole[:half], h.fake)
	if ofReal != nil {
		h.take(whole[half:], h.real)
	}
}

// demanded is what penalties come to together over all programs' rows, which the step that they are part of does not wait
// for; 0 for none.
func (h *host) demanded(m *GAN, means []engine.Array) (sum float64) {
	if len(means) == 0 {
		return 0
	}
	h.reads = h.reads[:0]
	for i, mean := range means {
		h.reads = append(h.reads, engine.Reading{From: mean, To: h.penalties[i : i+1]})
	}
	m.Engine.Read(h.reads)
	m.Engine.Group().Sum(h.penalties[:len(means)])
	for _, v := range h.penalties[:len(means)] {
		sum += float64(v)
	}
	return sum
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
func (h *host) write(c *column, to engine.Array, s share) {
	for i := s.lo; i < s.hi; i++ {
		row := h.local[(i-s.lo)*h.heads:][:h.heads]
		row[0] = float32(c.slope[i])
		for k := range row[1:] {
			row[1+k] = float32(c.dClass[i*(h.heads-1)+k])
		}
	}
	to.Write(h.local)
}

// classify is the class head's softmax cross-entropy with the labels, averaged; its gradient goes into the column.
// Without a class head it is 0. (Odena et al. 2017.)
func (h *host) classify(c *column, labels []int32) float64 {
	k := h.heads - 1
	if k == 0 {
		return 0
	}
	value, n := 0.0, float64(h.n)
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
		value += (math.Log(sum) + top - z[y]) / n
		d[y] -= 1 / n
	}
	return value
}

// probability is the mean of sigmoid over logits.
func probability(logits []float64) float64 {
	sum := 0.0
	for _, v := range logits {
		sum += loss.Sigmoid(v)
	}
	return sum / float64(len(logits))
}
