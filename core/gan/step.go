package gan

import (
	"ganvas/core/engine"
	"ganvas/core/loss"
)

// DInput is what one update of the discriminator is fed, over the whole batch of n rows.
type DInput struct {
	Real       []float32    // (n, sample) in [−1, 1]; or
	Table      engine.Table // where Real is nil: the data set,
	Rows       []int32      // (n) and its rows
	Labels     []int32      // (n) of the real samples, nil in an unconditional run
	Noise      []float32    // (n, noise)
	FakeLabels []int32      // (n)
	Epsilon    []float32    // (n/packing) share of the real sample in the mix, for penalties between real and fake
	Augment    [3][]float32 // (n, net.AugmentDraws) for real samples, fakes and the penalties'; nil without augmentation
	Seed       uint64       // of the dropout masks
}

// GInput is what one update of the generator is fed.
type GInput struct {
	Noise      []float32    // (n, noise)
	FakeLabels []int32      // (n)
	Augment    [2][]float32 // (n, net.AugmentDraws) for the last real samples, where the loss asks for them, and for fakes
	Seed       uint64
}

// DReport is what one update of the discriminator measured.
type DReport struct {
	Loss         float64
	PReal, PFake float64 // means of sigmoid(D(x)) and sigmoid(D(G(z)))
	Scores       bool    // D gives scores, and
	SReal, SFake float64 // these are their means, 0 elsewhere
	Right        float64 // share of real samples and fakes together that D takes for what they are
}

// StepD updates D once: real samples and fakes go through it as two batches, the fakes without a way back into G. What was begun before
// must have been taken.
func (m *GAN) StepD(in DInput, lr float64) DReport {
	m.BeginD(in, lr)
	rep, _ := m.Take(true)
	return rep
}

// StepG updates G once, through D, whose own weights it leaves alone. What was begun before must have been taken.
func (m *GAN) StepG(in GInput, lr float64) float64 {
	m.BeginG(in, lr)
	rep, _ := m.Take(true)
	return rep.Loss
}

// Take is what the oldest update that was begun measured, if that is known yet; with wait it is waited for. Of G's there is no more than
// the loss. One must have been begun and not taken.
func (m *GAN) Take(wait bool) (DReport, bool) {
	rep, ok := m.judge.Take(wait)
	d := DReport{Loss: rep.Loss, PReal: rep.PReal, PFake: rep.PFake, Right: rep.Right}
	if m.loss.Score {
		d.Scores, d.SReal, d.SFake = true, rep.SReal, rep.SFake
	}
	return d, ok
}

// BeginD is StepD that does not wait, where the engine can do without: Take has what it measured.
func (m *GAN) BeginD(in DInput, lr float64) {
	s := m.share
	m.feedReal(in)
	labels, fakeLabels := mine(s, in.Labels, 1), mine(s, in.FakeLabels, 1)
	real, fake := engine.Batch{X: m.x.real, Labels: labels}, engine.Batch{X: m.generate(in.Noise, fakeLabels, in.Seed), Labels: fakeLabels}
	ofReal, ofFake := m.both.Forward(real, fake, m.mode(in.Seed, 1, in.Augment[0]), m.mode(in.Seed, 2, in.Augment[1]))
	m.judge.Judge(engine.Case{Loss: m.loss, D: true, Real: ofReal, Fake: ofFake, DReal: m.x.dReal, DFake: m.x.dFake,
		RealLabels: in.Labels, FakeLabels: in.FakeLabels, Smoothing: m.Recipe.LabelSmoothing, Drift: m.Recipe.Drift})

	m.OptD.ZeroGrad()
	m.both.Backward(m.x.dReal, m.x.dFake)
	demands := m.penalize(in, real, fake)
	m.OptD.SetBeta2(m.Pace.Beta2)
	m.OptD.Step(lr)
	m.judge.Send(demands)
	m.changes++
}

// penalize adds the gradients of the demands on D's gradient, one after the other. What each comes to will be in the result;
// nil where there are none.
func (m *GAN) penalize(in DInput, real, fake engine.Batch) []engine.Array {
	asked, mode := m.x.penalties[:0], m.mode(in.Seed, 3, in.Augment[2])
	for i, d := range m.demands {
		weight := m.weight(d.By)
		if weight == 0 {
			continue
		}
		at := real
		switch d.At {
		case loss.Fake:
			at = fake
		case loss.Mix:
			m.Engine.Mix(m.x.mix, real.X, fake.X, mine(m.packs, in.Epsilon, 1))
			at.X = m.x.mix
		}
		m.steep.Penalize(at, mode, engine.Curve{Form: form(d), Weight: weight}, m.x.penalties[i])
		asked = append(asked, m.x.penalties[i])
	}
	return asked
}

// weight is what the recipe's field of that name is at now.
func (m *GAN) weight(field string) float64 {
	switch field {
	case "gp_weight":
		return m.Pace.GPWeight
	case "r1_weight":
		return m.Pace.R1Weight
	case "r2_weight":
		return m.Pace.R2Weight
	}
	panic("gan: a demand of an unknown weight")
}

// BeginG is StepG as BeginD is StepD.
func (m *GAN) BeginG(in GInput, lr float64) {
	labels := mine(m.share, in.FakeLabels, 1)
	fake := m.generate(in.Noise, labels, in.Seed)
	var ofReal engine.Array
	if m.loss.GSeesReal {
		ofReal = m.real.Forward(engine.Batch{X: m.x.real, Labels: m.lastLabels}, m.mode(in.Seed, 1, in.Augment[0]))
	}
	ofFake := m.fake.Forward(engine.Batch{X: fake, Labels: labels}, m.mode(in.Seed, 2, in.Augment[1]))
	m.judge.Judge(engine.Case{Loss: m.loss, Real: ofReal, Fake: ofFake, DFake: m.x.dG, FakeLabels: in.FakeLabels,
		Smoothing: m.Recipe.LabelSmoothing, Drift: m.Recipe.Drift})

	m.OptG.ZeroGrad()
	m.g.Backward(m.fake.Backward(m.x.dG, engine.Input), engine.Params)
	m.OptG.SetBeta2(m.Pace.Beta2)
	m.OptG.Step(lr)
	m.judge.Send(nil)
	m.changes++
	if m.Average != nil {
		m.Engine.Average(m.Average, m.G, m.Pace.EMA)
	}
}

// generate: this program's fakes from the whole batch's noise.
func (m *GAN) generate(noise []float32, labels []int32, seed uint64) engine.Array {
	m.x.noise.Write(mine(m.share, noise, m.Recipe.Noise))
	return m.g.Forward(engine.Batch{X: m.x.noise, Labels: labels}, m.making(seed))
}

// feedReal brings this program's real samples into the engine's memory, at the networks' resolution.
func (m *GAN) feedReal(in DInput) {
	m.lastLabels = mine(m.share, in.Labels, 1)
	if in.Real != nil {
		m.x.sample.Write(mine(m.share, in.Real, m.Data.Sample.Size()))
	} else {
		in.Table.Gather(m.x.sample, mine(m.share, in.Rows, 1))
	}
	if m.prepare != nil {
		m.x.real = m.prepare.Forward(engine.Batch{X: m.x.sample}, m.making(0))
	}
}

// form is what a demand wants of norms, as engines name it.
func form(d loss.Demand) engine.Form {
	if d.Norm == 1 {
		return engine.ToOne
	}
	return engine.ToZero
}
