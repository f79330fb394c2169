package judge_test

import (
	"bytes"
	"math"
	"runtime"
	"slices"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/engine/cpu"
	"ganvas/core/longtest"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/rng"
	"ganvas/core/weights"
)

func open(t *testing.T, split data.Split) *data.Set {
	t.Helper()
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js to fetch MNIST with")
	}
	set, err := mnist.Open(t.Context(), split)
	if err != nil {
		t.Fatal(err)
	}
	return set
}

func load(t *testing.T, rows int) *judge.Judge {
	t.Helper()
	j, err := judge.Load(cpu.New(nil), rows, trained.File)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

func pictures(set *data.Set, lo, hi int) (b []byte) {
	for i := lo; i < hi; i++ {
		b = append(b, set.Pixels(i)...)
	}
	return b
}

// first is the first n images of a set, with their labels.
func first(t *testing.T, whole *data.Set, n int) *data.Set {
	t.Helper()
	set := data.NewSet("some", n, whole.Shape(), 10)
	for i := range n {
		if err := set.Append(whole.Pixels(i), []byte{byte(whole.Label(i))}); err != nil {
			t.Fatal(err)
		}
	}
	return set
}

// The judge that is handed out names digits rightly, and is small.
func TestTrainedJudgeKnowsDigits(t *testing.T) {
	if len(trained.File) > 500_000 {
		t.Errorf("the judge has %d bytes", len(trained.File))
	}
	if right := load(t, 100).Accuracy(first(t, open(t, data.TestSplit), 1000)); right < 0.98 {
		t.Errorf("the judge names %v of the first thousand test images rightly", right)
	}
}

// Of all test images it names more than 99.2 % rightly.
func TestLongTrainedJudgeKnowsDigits(t *testing.T) {
	longtest.Test(t)
	if right := load(t, 100).Accuracy(open(t, data.TestSplit)); right < 0.992 {
		t.Errorf("the judge names %v of the test images rightly", right)
	}
}

// How many pictures are looked at together changes nothing but rounding, and a last part may be smaller.
func TestSeeGoesByParts(t *testing.T) {
	p := pictures(open(t, data.TestSplit), 0, 23)
	parts := 0
	a, b := load(t, 10).See(p, func() { parts++ }), load(t, 23).See(p, nil)
	if a.Len() != 23 || b.Len() != 23 || parts != 3 {
		t.Fatalf("%d and %d pictures were seen in %d parts", a.Len(), b.Len(), parts)
	}
	for i, v := range a.Features {
		if math.Abs(v-b.Features[i]) > 1e-4 {
			t.Fatalf("feature %d is %v in parts and %v at once", i, v, b.Features[i])
		}
	}
	for i := range a.Len() {
		sum := 0.0
		for _, p := range a.P[i*judge.Classes:][:judge.Classes] {
			sum += p
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Errorf("picture %d has probabilities of %v together", i, sum)
		}
	}
}

// Real pictures measure as real ones; noise, one digit only and copies of one picture each show in what they lack.
func TestQualityTellsRealFromOthers(t *testing.T) {
	set, j := open(t, data.TestSplit), load(t, 100)
	reals, err := judge.NewReals(j.See(pictures(set, 0, 1000), nil), j.See(pictures(set, 1000, 2000), nil))
	if err != nil {
		t.Fatal(err)
	}
	measure := func(p []byte) judge.Quality {
		q, err := reals.Measure(j.See(p, nil), nil)
		if err != nil {
			t.Fatal(err)
		}
		return q
	}
	q := measure(pictures(set, 2000, 3000))
	if q.Frechet > 2*q.FrechetFloor || q.Precision < 0.8 || q.Recall < 0.8 || q.Covered != 10 || q.Confidence < 0.97 || q.KL > 0.02 ||
		math.Abs(q.Diversity-1) > 0.1 || q.Score < 9 || q.Samples != 1000 {
		t.Errorf("real pictures measure %+v", q)
	}
	var ones []byte
	for i := range set.Len() {
		if set.Label(i) == 1 {
			ones = append(ones, set.Pixels(i)...)
		}
	}
	if q := measure(ones); q.Covered != 1 || q.Frechet < 10*q.FrechetFloor || q.Recall > 0.3 || q.Score > 1.2 || q.KL < 2 {
		t.Errorf("a collapse to one digit measures %+v", q)
	}
	real, other, one := reals.BesideReal(1000), reals.Beside(j.See(pictures(set, 2000, 3000), nil)), reals.Beside(j.See(ones, nil))
	if math.Abs(other.Kernel) > 5*other.KernelErr || other.Density < 0.7*real.Density || other.Coverage < 0.85 || real.Coverage < 0.85 {
		t.Errorf("real pictures come to %+v, others to %+v", other, real)
	}
	if one.Kernel < 10*one.KernelErr || one.Coverage > 0.3 {
		t.Errorf("a collapse to one digit comes to %+v", one)
	}
	if q := measure(bytes.Repeat(set.Pixels(4), 500)); q.Diversity > 0.01 || q.Recall > 0.01 {
		t.Errorf("one picture, often, measures %+v", q)
	}
	noise, stream := make([]byte, 500*set.Size()), rng.New(1, "noise")
	for i := range noise {
		noise[i] = byte(stream.IntN(256))
	}
	if q := measure(noise); q.Precision > 0.05 || q.Frechet < 20*q.FrechetFloor {
		t.Errorf("noise measures %+v", q)
	}
}

// A judge learns: after some dozens of steps it names most held-out digits, and its file brings it back within float16.
func TestJudgeLearns(t *testing.T) {
	set, some := first(t, open(t, data.TrainSplit), 1000), first(t, open(t, data.TestSplit), 500)
	var losses []float64
	j, err := judge.Train(t.Context(), cpu.New(nil), set, judge.Plan{Epochs: 2, Batch: 25, Rate: 0.003, Seed: 5}, func(_ int, loss float64) { losses = append(losses, loss) })
	if err != nil {
		t.Fatal(err)
	}
	right := j.Accuracy(some)
	if right < 0.8 || len(losses) != 2 || losses[1] > losses[0]*0.7 {
		t.Errorf("after two passes %v are right, losses %v", right, losses)
	}
	f, err := j.File()
	if err != nil {
		t.Fatal(err)
	}
	b, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	again, err := judge.Load(cpu.New(nil), 50, b)
	if err != nil {
		t.Fatal(err)
	}
	if r := again.Accuracy(some); math.Abs(r-right) > 0.003 {
		t.Errorf("from its file it is right in %v, before in %v", r, right)
	}
	if _, err := judge.Load(cpu.New(nil), 50, b[:len(b)-9]); err == nil {
		t.Error("a file cut short is taken")
	}
}

// A judge whose file is damaged judges nothing.
func TestDamagedJudgeIsRefused(t *testing.T) {
	whole := trained.File
	if f, err := weights.Decode(whole); err != nil || !f.Checked {
		t.Fatalf("the judge's file has no digest: %v", err)
	}
	b := slices.Clone(whole)
	b[len(b)-100] ^= 1
	if _, err := judge.Load(cpu.New(nil), 10, b); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("one changed byte: %v", err)
	}
}
