package gan

import (
	"ganvas/core/engine"
)

// reference is the batch whose statistics D takes for every verdict: what it says of a sample so depends on that sample
// alone. It is measured anew when the networks have changed.
type reference struct {
	measured engine.Reference
	at       int // the change of the networks that measured is of
	fakes    *Sampler
	all      *Sampler
	noise    []float32 // (fakes, noise)
	labels   []int32   // (fakes + reals)
	images   []float32 // (fakes + reals, sample), the fakes as they were made last
}

// Refer makes fakes of noise (n, noise) and real samples (k, sample), with their labels in a conditional run, the batch
// whose statistics D's verdicts take, and real samples the company of whatever D is asked about. A D without such statistics
// needs no batch.
func (m *GAN) Refer(noise []float32, fakeLabels []int32, reals []float32, realLabels []int32) (err error) {
	if m.refers != nil {
		m.refers.release()
		m.refers = nil
	}
	m.Accompany(reals)
	if !m.nets.D.Measures() {
		return nil
	}
	n, k := len(noise)/m.Recipe.Noise, len(reals)/m.Data.Sample.Size()
	r := &reference{at: -1, noise: noise, images: append(make([]float32, n*m.Data.Sample.Size()), reals...)}
	if m.Recipe.Conditional {
		r.labels = append(append(r.labels, fakeLabels...), realLabels...)
	}
	if r.fakes, err = m.NewSampler(n); err != nil {
		return err
	}
	if r.all, err = m.NewSampler(n + k); err != nil {
		return err
	}
	m.refers = r
	return nil
}

// Accompany makes the first of real samples (k, sample) those that D sees behind each sample that it is asked about, where it
// judges several together: always the same, so that its verdict depends on that sample alone, and real, so that nothing else
// can be what is wrong. Of too few, none.
func (m *GAN) Accompany(reals []float32) {
	m.company = nil
	if n := (m.Pack() - 1) * m.Data.Sample.Size(); n > 0 && len(reals) >= n {
		m.company = append([]float32(nil), reals[:n]...)
	}
}

// Changed says that weights were put into the networks.
func (m *GAN) Changed() { m.changes++ }

// Judging is the mode of a pass that looks at samples as D's verdicts do.
func (m *GAN) Judging() engine.Mode {
	mode := engine.Mode{Alpha: m.grown.alpha}
	r := m.refers
	if r == nil {
		return mode
	}
	mode.Reference = &r.measured
	if r.at == m.changes {
		return mode
	}
	r.at = m.changes
	var ofFakes []int32
	if r.labels != nil {
		ofFakes = r.labels[:r.fakes.rows]
	}
	r.fakes.Images(r.images[:r.fakes.rows*m.Data.Sample.Size()], r.noise, ofFakes)
	measuring := mode
	measuring.Batch = true
	x := r.all.seen(r.images) // binds anew where the networks have grown
	r.all.d.Forward(engine.Batch{X: x, Labels: r.labels}, measuring)
	return mode
}
