package gan

import (
	"math"
	"testing"

	"ganvas/core/config"
	"ganvas/core/loss"
	"ganvas/core/sample"
)

// The classic recipe's operations, counted by hand: 1.597 G multiply-adds at batch 100.
func TestStepFlopsOfTheClassicRecipe(t *testing.T) {
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	n, err := Build(r, Data{Sample: sample.Gray(28, 28), Classes: 10})
	if err != nil {
		t.Fatal(err)
	}
	gm, g0 := macs(n.G)
	dm, d0 := macs(n.D)
	if gm != 100*256+256*512+512*1024+1024*784 || g0 != 100*256 || dm != 784*1024+1024*512+512*256+256 || d0 != 784*1024 {
		t.Fatalf("generator %v (first %v), discriminator %v (first %v)", gm, g0, dm, d0)
	}
	m := &GAN{Recipe: r}
	m.loss, _ = loss.Find("bce")
	if all := 100 * (gm + 2*(3*dm-d0) + 3*gm - g0 + 2*dm); math.Abs(all/1e9-1.597) > 0.01 {
		t.Fatalf("%.3f G multiply-adds a step", all/1e9)
	}
}
