package gan

import (
	"slices"

	"ganvas/core/engine"
)

// Release gives the engine's memory back, that of its samplers too. Nothing of m may be used afterwards.
func (m *GAN) Release() {
	for _, s := range slices.Clone(m.samplers) {
		s.Release()
	}
	if m.judge != nil {
		m.judge.Release()
	}
	release(m.held())
}

// held is all that m has of the engine, passes before the networks that they are bound to.
func (m *GAN) held() (all []engine.Released) {
	for _, p := range []engine.Pass{m.prepare, m.g, m.steep} {
		if p != nil {
			all = append(all, p)
		}
	}
	if m.both != nil {
		all = append(all, m.both)
	}
	for _, o := range []engine.Optimizer{m.OptG, m.OptD} {
		if o != nil {
			all = append(all, o)
		}
	}
	for _, n := range []engine.Net{m.G, m.D, m.Average} {
		if n != nil {
			all = append(all, n)
		}
	}
	for _, a := range append([]engine.Array{m.x.noise, m.x.sample, m.x.mix, m.x.dReal, m.x.dFake, m.x.dG}, m.x.penalties...) {
		if a != nil {
			all = append(all, a)
		}
	}
	return all
}

func release(all []engine.Released) {
	for _, r := range all {
		r.Release()
	}
}

// Release gives the engine's memory back.
func (s *Sampler) Release() {
	s.m.samplers = slices.DeleteFunc(s.m.samplers, func(of *Sampler) bool { return of == s })
	s.unbind()
	s.noise.Release()
	s.image.Release()
	if s.dy != nil {
		s.dy.Release()
	}
}

// unbind releases the passes.
func (s *Sampler) unbind() {
	for _, p := range []engine.Pass{s.g, s.d, s.prepare, s.finish} {
		if p != nil {
			p.Release()
		}
	}
	s.g, s.d, s.prepare, s.finish = nil, nil, nil, nil
}

func (r *reference) release() {
	r.fakes.Release()
	r.all.Release()
}
