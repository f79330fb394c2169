package quality

import (
	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/quality/judge"
	"ganvas/core/run"
)

// knownShape reports whether the run's samples have the shape and the classes of those that the judge knows.
func knownShape(m *gan.GAN) bool {
	return judge.Knows(m.Data.Sample, m.Data.Classes)
}

// Shares is the probabilities (n, digits) that the judge gives pictures (n, sample bytes) of a run; nil where it has not come
// yet, or the data are no digits and it has not been seen to know them.
func (g *Gauge) Shares(t *run.Trainer, pictures []byte) [][]float64 {
	known := data.IsKind(t.GAN.Recipe.Dataset, data.Digits) || g.reals != nil && g.against == t.Samples()
	if g.fetch == nil || g.off != nil || !known || !knownShape(t.GAN) {
		return nil
	}
	if g.judge == nil {
		if g.receive() != nil || g.judge == nil {
			return nil
		}
	}
	if g.single == nil {
		var err error
		if g.single, err = judge.Load(g.engine, 1, g.file); err != nil {
			return nil
		}
	}
	seen := g.single.See(pictures, nil)
	shares := make([][]float64, seen.Len())
	for i := range shares {
		shares[i] = seen.P[i*judge.Classes:][:judge.Classes]
	}
	return shares
}
