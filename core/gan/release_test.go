package gan_test

import (
	"testing"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
)

// Networks that are outgrown give their memory back, the new ones and the samplers go on, and in the end all is given back.
func TestOutgrownNetworksAreReleased(t *testing.T) {
	m, r := growing(t)
	s, err := m.NewSampler(2)
	if err != nil {
		t.Fatal(err)
	}
	noise := normal("noise", 2*r.Noise)
	fakes(s, noise)
	old := []engine.Net{m.G, m.D, m.Average}
	if grew, err := m.Grow(r.StageImages); err != nil || !grew {
		t.Fatal(grew, err)
	}
	released := func(when string, nets []engine.Net, want bool) {
		t.Helper()
		for i, n := range nets {
			if got := n.(*cpu.Net).Weights() == nil; got != want {
				t.Errorf("%s, network %d has been released: %v", when, i, got)
			}
		}
	}
	now := []engine.Net{m.G, m.D, m.Average}
	released("outgrown", old, true)
	released("grown", now, false)
	fakes(s, noise)
	m.Release()
	m.Release()
	released("at the end", now, true)
	s.Release()
}
