package quality

import (
	"runtime"
	"testing"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/engine/cpu"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/judge/trained"
)

// The judge reads stacked digits channel by channel: of real ones nearly all that there are, in the shares of the real ones; of
// pictures that repeat a few as many as they are, far from those shares.
func TestCombinationsOfDigits(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("the files come through a program that cannot be started from WebAssembly")
	}
	digits, err := mnist.Open(t.Context(), data.TestSplit)
	if err != nil {
		t.Fatal(err)
	}
	set, err := data.Open("stacked-mnist", data.TestSplit, func(string) (*data.Set, error) { return digits, nil })
	if err != nil {
		t.Fatal(err)
	}
	j, err := judge.Load(cpu.New(nil), 100, trained.File)
	if err != nil {
		t.Fatal(err)
	}
	c := combinations(j, pictures(set, 0, 600), digits, nil)
	if c["modes"] != 1000 || c["samples"] != 600 || c["covered"] < 420 || c["covered"] > 480 || c["kl"] > 1.2 || c["quality"] < 0.95 { // 450 of 1,000 are to be expected
		t.Errorf("of real ones: %v", c)
	}
	var same []byte
	for i := range 60 {
		same = append(same, set.Pixels(i%3)...)
	}
	if c := combinations(j, same, digits, nil); c["covered"] != 3 || c["kl"] < 5 {
		t.Errorf("of three: %v", c)
	}
}
