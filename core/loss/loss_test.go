package loss

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/rng"
)

func logits(name string, n int) []float64 {
	v := make([]float32, n)
	rng.New(9, name).Uniform(v, -3, 3)
	x := make([]float64, n)
	for i := range v {
		x[i] = float64(v[i])
	}
	return x
}

func scores() *Scores {
	const n = 7
	return &Scores{Real: logits("real", n), Fake: logits("fake", n), DReal: make([]float64, n), DFake: make([]float64, n), Smoothing: 0.1, Drift: 0.01}
}

// Each loss's gradients against central differences of its value.
func TestLossGradients(t *testing.T) {
	for _, row := range Rows {
		for who, loss := range map[string]Terms{"D": row.D, "G": row.G} {
			s := scores()
			if who == "G" && !row.GSeesReal {
				s.Real, s.DReal = nil, nil
			}
			loss.Compute(s)
			for side, x := range map[string][2][]float64{"real": {s.Real, slices.Clone(s.DReal)}, "fake": {s.Fake, slices.Clone(s.DFake)}} {
				for i := range x[0] {
					const h = 1e-5
					at := x[0][i]
					x[0][i] = at + h
					up := loss.Compute(s)
					x[0][i] = at - h
					down := loss.Compute(s)
					x[0][i] = at
					if want := (up - down) / (2 * h); math.Abs(want-x[1][i]) > 1e-8 {
						t.Errorf("%s, %s's loss, %s logit %d: gradient %.9f, differences give %.9f", row.Name, who, side, i, x[1][i], want)
					}
				}
			}
		}
	}
}

// Where D is undecided about everything, its loss is the draw that its row names.
func TestLossesAtADraw(t *testing.T) {
	for _, row := range Rows {
		const n = 4
		s := &Scores{Real: make([]float64, n), Fake: make([]float64, n), DReal: make([]float64, n), DFake: make([]float64, n)}
		for i := range n {
			s.Real[i], s.Fake[i] = row.Middle, row.Middle
		}
		if d := row.D.Compute(s); math.Abs(d-row.Draw) > 1e-12 {
			t.Errorf("%s at a draw: D's loss is %v, want %v", row.Name, d, row.Draw)
		}
		for i := range n {
			s.Fake[i] = s.Real[i] + 1
		}
		if lose := row.D.Compute(s); lose <= row.Draw {
			t.Errorf("%s where every fake looks more real than what is real: D's loss is %v, at a draw %v", row.Name, lose, row.Draw)
		}
	}
}

// A penalty and the field of its weight go together.
func TestPenaltiesHaveAWeight(t *testing.T) {
	for _, row := range Rows {
		if slices.Contains(row.Uses, "gp_weight") != row.Penalty.Asked() || row.Penalty.Norm != 0 && row.Penalty.Norm != 1 {
			t.Errorf("%s: the penalty %v, and the fields %v", row.Name, row.Penalty, row.Uses)
		}
	}
}

// G's update is fed real samples where, and only where, a term of its loss asks for them; D's loss always sees both sides.
func TestWhoSeesRealSamples(t *testing.T) {
	for _, row := range Rows {
		if row.GSeesReal != row.G.SeesReal() {
			t.Errorf("%s: the row says %v of whether G's loss sees real samples, its terms %v", row.Name, row.GSeesReal, row.G.SeesReal())
		}
		if !row.D.SeesReal() {
			t.Errorf("%s: D's loss does not see real samples", row.Name)
		}
	}
}

// A name that is no loss's is refused with those that are, and a guess.
func TestUnknownLossesAreRefused(t *testing.T) {
	_, err := Find("wgan")
	if err == nil || !strings.Contains(err.Error(), strings.Join(Names(), ", ")) || !strings.Contains(err.Error(), "wgan-gp?") {
		t.Errorf("%v", err)
	}
}

func TestBrokenScoresShowInTheLoss(t *testing.T) {
	for _, row := range Rows {
		s := scores()
		s.Real[2], s.Fake[3] = math.NaN(), math.NaN()
		if d, g := row.D.Compute(s), row.G.Compute(s); !math.IsNaN(d) || !math.IsNaN(g) {
			t.Errorf("%s hides a NaN score: D %v, G %v", row.Name, d, g)
		}
	}
}
