package gan

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/config"
	"ganvas/core/net"
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
	for _, row := range Losses {
		for who, loss := range map[string]Loss{"D": row.D, "G": row.G} {
			s := scores()
			if who == "G" && !row.GSeesReal {
				s.Real, s.DReal = nil, nil
			}
			loss(s)
			for side, x := range map[string][2][]float64{"real": {s.Real, slices.Clone(s.DReal)}, "fake": {s.Fake, slices.Clone(s.DFake)}} {
				for i := range x[0] {
					const h = 1e-5
					at := x[0][i]
					x[0][i] = at + h
					up := loss(s)
					x[0][i] = at - h
					down := loss(s)
					x[0][i] = at
					if want := (up - down) / (2 * h); math.Abs(want-x[1][i]) > 1e-8 {
						t.Errorf("%s, %s's loss, %s logit %d: gradient %.9f, differences give %.9f", row.Name, who, side, i, x[1][i], want)
					}
				}
			}
		}
	}
}

// At a draw, every logit 0, the losses are what each row says of itself.
func TestLossesAtADraw(t *testing.T) {
	zeros := func() *Scores {
		return &Scores{Real: make([]float64, 4), Fake: make([]float64, 4), DReal: make([]float64, 4), DFake: make([]float64, 4)}
	}
	for name, want := range map[string][2]float64{
		"bce": {2 * math.Ln2, math.Ln2}, "minimax": {2 * math.Ln2, -math.Ln2}, "lsgan": {0.5, 0.5}, "hinge": {2, 0},
		"wgan-gp": {0, 0}, "r1": {2 * math.Ln2, math.Ln2}, "relativistic": {2 * math.Ln2, 2 * math.Ln2},
	} {
		row, err := FindLoss(name)
		if err != nil {
			t.Fatal(err)
		}
		if d, g := row.D(zeros()), row.G(zeros()); math.Abs(d-want[0]) > 1e-12 || math.Abs(g-want[1]) > 1e-12 {
			t.Errorf("%s at a draw: D %v, G %v, want %v", name, d, g, want)
		}
	}
}

func TestBrokenScoresShowInTheLoss(t *testing.T) {
	for _, row := range Losses {
		s := scores()
		s.Real[2], s.Fake[3] = math.NaN(), math.NaN()
		if d, g := row.D(s), row.G(s); !math.IsNaN(d) || !math.IsNaN(g) {
			t.Errorf("%s hides a NaN score: D %v, G %v", row.Name, d, g)
		}
	}
}

// What a recipe may name and what there is are the same.
func TestTablesHoldWhatRecipesMayName(t *testing.T) {
	var losses, archs []string
	for _, l := range Losses {
		losses = append(losses, l.Name)
	}
	for _, a := range Archs {
		archs = append(archs, a.Name)
	}
	if !slices.Equal(losses, config.Losses) {
		t.Errorf("losses: %v here, %v in recipes", losses, config.Losses)
	}
	if !slices.Equal(archs, config.Archs) {
		t.Errorf("architectures: %v here, %v in recipes", archs, config.Archs)
	}
}

// The classic recipe's operations, counted by hand: 1.597 G multiply-adds at batch 100.
func TestStepFlopsOfTheClassicRecipe(t *testing.T) {
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	n, err := Build(r, Data{Sample: net.Shape{C: 1, H: 28, W: 28}, Classes: 10})
	if err != nil {
		t.Fatal(err)
	}
	gm, g0 := macs(n.G)
	dm, d0 := macs(n.D)
	if gm != 100*256+256*512+512*1024+1024*784 || g0 != 100*256 || dm != 784*1024+1024*512+512*256+256 || d0 != 784*1024 {
		t.Fatalf("generator %v (first %v), discriminator %v (first %v)", gm, g0, dm, d0)
	}
	m := &GAN{Recipe: r}
	m.loss, _ = FindLoss("bce")
	if all := 100 * (gm + 2*(3*dm-d0) + 3*gm - g0 + 2*dm); math.Abs(all/1e9-1.597) > 0.01 {
		t.Fatalf("%.3f G multiply-adds a step", all/1e9)
	}
}
