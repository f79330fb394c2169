package quality

import (
	"testing"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/net"
	"ganvas/core/rng"
	"ganvas/core/run/runtest"
)

// building remembers the networks that were built.
type building struct {
	engine.Engine
	built []engine.Net
}

func (b *building) Build(s net.Spec, r *rng.Stream) (engine.Net, error) {
	n, err := b.Engine.Build(s, r)
	b.built = append(b.built, n)
	return n, err
}

// What looks at one data set gives its memory back when another takes its place.
func TestAnotherSetsEyeIsReleased(t *testing.T) {
	e, u := &building{Engine: cpu.New(nil)}, new(unjudged)
	for _, side := range []int{6, 8} {
		if err := u.begin(e, runtest.Patterns(t, 1000, side)); err != nil {
			t.Fatal(err)
		}
	}
	if len(e.built) != 2 || e.built[0].(*cpu.Net).Weights() != nil || e.built[1].(*cpu.Net).Weights() == nil {
		t.Errorf("of %d networks the first is kept, or the last is not", len(e.built))
	}
}
