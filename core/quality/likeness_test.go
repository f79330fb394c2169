package quality_test

import (
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/quality"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
)

// A generator of pictures that no judge knows is measured by how like real ones they are, beside what real ones reach: against
// those held out, or against one half where none are.
func TestEvaluationWithoutAJudge(t *testing.T) {
	train := runtest.Patterns(t, 400, 8)
	tr := runtest.Trainer(t, runtest.Small(t), train)
	info := run.Info{Recipe: tr.GAN.Recipe}
	none := data.NewSet("none", 0, train.Shape(), train.Classes())
	for what, held := range map[string]*data.Set{"held out": runtest.Patterns(t, 80, 8), "in halves": none} {
		e, err := quality.Evaluate(tr.GAN, info, &quality.Real{Train: train, Held: held}, 60, 1, nil)
		if err != nil {
			t.Fatal(err)
		}
		l := e.Likeness
		if l == nil || l.Samples != 60 || l.Reference != 60 || l.Precision > 0.3 || l.Real.Precision < 0.5 || l.Real.Coverage < 0.5 || l.Frechet < 2*l.Real.Frechet {
			t.Fatalf("%s: %+v, %s", what, l, e.Why)
		}
		if text := e.String(); !strings.Contains(text, "density") || !strings.Contains(text, "60 against 60") {
			t.Errorf("%s:\n%s", what, text)
		}
	}
	e, err := quality.Evaluate(tr.GAN, info, &quality.Real{Train: train, Held: none}, 10, 1, nil)
	if err != nil || e.Likeness != nil || !strings.Contains(e.String(), "too few") {
		t.Errorf("of ten images: %v, %v", e, err)
	}
}
