// Package gan holds what makes a GAN out of two networks: penalties and the training step. It knows no
// engine.
package gan

import (
	"fmt"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/loss"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"
)

// GAN is two networks, their optimizers, and passes bound to the recipe's batch: all that one training step needs.
type GAN struct {
	Recipe  config.Recipe // learning rates and the like may be changed between steps
	Pace    config.Pace   // of the next updates, but for the learning rates
	Data    Data
	Classes []string // what the data's classes are called; nil where they have only numbers
	Engine  engine.Engine
	G, D    engine.Net
	Average engine.Net // the averaged generator, nil where ema is 0
	OptG    engine.Optimizer
	OptD    engine.Optimizer

	trained    bool // there are neither optimizers nor passes: it makes samples and judges them, and takes no steps
	grown      growth
	nets       arch.Networks
	times      int         // how often the networks were made
	prepare    engine.Pass // real images at the networks' resolution; nil where that is the data's
	loss       *loss.Row
	demands    []loss.Demand // on D's gradient
	share      share         // of samples,
	packs      share         // and of packs: what D judges as one
	heads      int
	g          engine.Pass // over this program's rows, as are the following
	both       engine.Pair // of D: real and fake
	real       engine.Pass
	fake       engine.Pass
	steep      engine.Pass // of D, for penalties; nil without any
	x          arrays
	judge      engine.Judge // computes losses: the engine's, or a host
	refers     *reference
	company    []float32  // (packing − 1, sample) behind a sample that D is asked about; nil for the sample itself
	samplers   []*Sampler // that hold memory
	changes    int        // of any weight since the beginning
	lastLabels []int32    // of the last real batch, for losses whose G looks at it too
}

// share is which rows of each batch are this program's.
type share struct{ lo, hi, rows int }

// Pack is how many samples D judges together: where it is more than 1 each of D's rows is so many samples, one behind the other.
func (m *GAN) Pack() int { return max(1, m.Recipe.Packing) }

// Share is the part of a batch of n rows that member rank of a group of size works on: [lo, hi).
func Share(n, rank, size int) (lo, hi int) { return n * rank / size, n * (rank + 1) / size }

// arrays are inputs in the engine's memory, over this program's rows.
type arrays struct {
	noise, sample, real, mix, dReal, dFake, dG engine.Array
	penalties                                  []engine.Array // what each of the loss's comes to
}

// New builds both networks with fresh weights from the recipe's seed and binds them; networks that grow begin small.
func New(e engine.Engine, r config.Recipe, d Data) (*GAN, error) {
	return (&GAN{Recipe: r.Clone(), Data: d, Engine: e, heads: r.Plan().Heads(d)}).begin()
}

// Trained is New for networks that take no steps, which saves the memory of optimizers and of passes over a batch.
func Trained(e engine.Engine, r config.Recipe, d Data) (*GAN, error) {
	return (&GAN{Recipe: r.Clone(), Data: d, Engine: e, heads: r.Plan().Heads(d), trained: true}).begin()
}

func (m *GAN) begin() (*GAN, error) {
	r := m.Recipe
	var err error
	if m.loss, err = loss.Find(r.Loss); err != nil {
		return nil, err
	}
	m.Pace = r.Pace(0, 0)
	m.demands = m.loss.Demands(r.R1Weight > 0, r.R2Weight > 0)
	if e, ok := m.Engine.(engine.Judging); ok && !m.trained {
		if m.judge, err = e.Judge(r.Batch/m.Pack(), m.heads); err != nil {
			return nil, err
		}
	}
	return m, m.become(growthAt(r, 0))
}

// become makes the networks of that stage of growth with fresh weights and optimizers.
func (m *GAN) become(at growth) (err error) {
	e, r := m.Engine, m.Recipe
	if m.nets, err = build(r, m.Data, at.stage); err != nil {
		return err
	}
	m.grown = at
	m.times++
	m.changes++
	if m.G, err = m.Fresh(); err != nil {
		return err
	}
	if m.D, err = e.Build(m.nets.D, rng.New(r.Seed, "discriminator")); err != nil {
		return err
	}
	m.Average = nil
	if r.EMA > 0 {
		if m.Average, err = m.Fresh(); err != nil {
			return err
		}
	}
	if m.trained {
		return e.Err()
	}
	rule := optim.Spec{Rule: optim.Rule(r.Optimizer), Beta1: r.Beta1, Beta2: r.Beta2, Eps: r.Eps, Clip: r.Clip}
	if m.OptG, err = e.Optimize(m.G, rule); err != nil {
		return err
	}
	if m.OptD, err = e.Optimize(m.D, rule); err != nil {
		return err
	}
	return m.bind()
}

// Fresh is a generator of the present networks with the weights that the recipe's seed gives.
func (m *GAN) Fresh() (engine.Net, error) {
	return m.Engine.Build(m.nets.G, rng.New(m.Recipe.Seed, "generator"))
}

// bind allocates everything that a step of the recipe's batch size needs.
func (m *GAN) bind() error {
	group, n := m.Engine.Group(), m.Recipe.Batch
	pack := m.Pack()
	lo, hi := Share(n/pack, group.Rank(), group.Size())
	if hi == lo {
		return fmt.Errorf("a batch of %d cannot be shared by %d workers: take fewer workers or a larger batch", n, group.Size())
	}
	m.packs = share{lo, hi, hi - lo}
	m.share = share{pack * lo, pack * hi, pack * (hi - lo)}
	rows, packs, size := m.share.rows, m.packs.rows, m.nets.D.In.Size()
	var err error
	if m.g, err = m.G.Bind(rows); err != nil {
		return err
	}
	if m.both, err = engine.BindPair(m.D, packs); err != nil {
		return err
	}
	m.real, m.fake = m.both.Passes()
	if len(m.demands) > 0 {
		if m.steep, err = m.D.Bind(packs); err != nil {
			return err
		}
	}
	e := m.Engine
	sample := e.NewArray(rows, m.Data.Sample.Size())
	real := sample
	if m.nets.Prepare != nil {
		if m.prepare, err = bindWay(e, *m.nets.Prepare, rows); err != nil {
			return err
		}
		real = nil // the pass's own
	}
	m.x = arrays{noise: e.NewArray(rows, m.Recipe.Noise), sample: sample, real: real, mix: e.NewArray(packs, size),
		dG: e.NewArray(packs, m.heads)}
	if p, ok := m.both.(engine.Sloped); ok {
		m.x.dReal, m.x.dFake = p.Slopes()
	} else {
		m.x.dReal, m.x.dFake = e.NewArray(packs, m.heads), m.x.dG
	}
	for range m.demands {
		m.x.penalties = append(m.x.penalties, e.NewArray(1, 1))
	}
	if _, ok := m.judge.(*host); ok || m.judge == nil {
		m.judge = newHost(m, n/pack, packs)
	}
	return e.Err()
}

// bindWay binds a network without weights, which only brings samples from one size to another.
func bindWay(e engine.Engine, s net.Spec, rows int) (engine.Pass, error) {
	net, err := e.Build(s, rng.New(0, s.Name))
	if err != nil {
		return nil, err
	}
	return net.Bind(rows)
}

// mode is the mode of a training pass of D; each of a step's passes has its own number, and draws of its own for augmentation.
func (m *GAN) mode(seed, pass uint64, draws []float32) engine.Mode {
	return engine.Mode{Train: true, Seed: seed + pass*0xD1B54A32D192ED03, Alpha: m.grown.alpha, Row0: m.packs.lo, Rows: m.Recipe.Batch / m.Pack(),
		Draws: mine(m.share, draws, net.AugmentDraws)}
}

// making is mode for passes over single samples.
func (m *GAN) making(seed uint64) engine.Mode {
	mode := m.mode(seed, 0, nil)
	mode.Row0, mode.Rows = m.share.lo, m.Recipe.Batch
	return mode
}

// mine is this program's part of per-row values of the whole batch; nil stays nil.
func mine[T any](s share, v []T, perRow int) []T {
	if v == nil {
		return nil
	}
	return v[s.lo*perRow : s.hi*perRow]
}
