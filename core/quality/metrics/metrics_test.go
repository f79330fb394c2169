package metrics_test

import (
	"encoding/json"
	"math"
	"os"
	"slices"
	"testing"

	"ganvas/core/data"
	"ganvas/core/quality/metrics"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

func near(t *testing.T, what string, got, want, within float64) {
	t.Helper()
	if !(math.Abs(got-want) <= within) {
		t.Errorf("%s is %v, not %v", what, got, want)
	}
}

func distance(t *testing.T, a, b []float64, d int) float64 {
	t.Helper()
	v, err := metrics.Frechet(metrics.MomentsOf(a, d), metrics.MomentsOf(b, d))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// The same samples in NumPy give the same values (testdata/reference.py).
func TestAgreesWithNumPy(t *testing.T) {
	var r struct {
		D, Classes                                               int
		A, B, P                                                  []float64
		Frechet, Precision, Recall, Score, Confidence, Diversity float64
		Counts, Wanted                                           []int
		Divergence                                               float64
		Covered                                                  int
		Pictures, Set                                            []int
		Far, Copied, Held, Logits                                []float64
		Which                                                    []int32
	}
	b, err := os.ReadFile("testdata/reference.json")
	if err == nil {
		err = json.Unmarshal(b, &r)
	}
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Fréchet distance", distance(t, r.A, r.B, r.D), r.Frechet, 1e-9)
	precision, recall := metrics.PrecisionRecall(r.A, r.B, r.D)
	near(t, "precision", precision, r.Precision, 0)
	near(t, "recall", recall, r.Recall, 0)
	near(t, "score", metrics.Score(r.P, r.Classes), r.Score, 1e-12)
	counts, confidence := metrics.Histogram(r.P, r.Classes)
	near(t, "confidence", confidence, r.Confidence, 1e-12)
	if !slices.Equal(counts, r.Counts) {
		t.Errorf("classes %v, not %v", counts, r.Counts)
	}
	class := func(i int) int {
		p := r.P[i*r.Classes:][:r.Classes]
		return slices.Index(p, slices.Max(p))
	}
	near(t, "diversity", metrics.Diversity(r.A, r.D, class), r.Diversity, 1e-5)
	near(t, "divergence", metrics.Divergence(counts, r.Wanted), r.Divergence, 1e-12)
	near(t, "covered", float64(metrics.Covered(counts, 0.2)), float64(r.Covered), 0)
	set := data.NewSet("set", len(r.Set)/16, sample.Gray(4, 4), 0)
	if err := set.Append(pixels(r.Set), nil); err != nil {
		t.Fatal(err)
	}
	far, which := metrics.Nearest(pixels(r.Pictures), set, set.Len())
	for i, v := range far {
		near(t, "distance from the nearest", v, r.Far[i], 1e-5)
	}
	if !slices.Equal(which, r.Which) {
		t.Errorf("nearest are %v, not %v", which, r.Which)
	}
	ratio, share := metrics.Copied(far, r.Held)
	near(t, "ratio of distances", ratio, r.Copied[0], 1e-5)
	near(t, "share that is suspiciously near", share, r.Copied[1], 1e-12)
}

func pixels(values []int) []byte {
	b := make([]byte, len(values))
	for i, v := range values {
		b[i] = byte(v)
	}
	return b
}

// Moving a sample by v and stretching it by k about its mean has the distance ‖v‖² + (k−1)²·tr(cov).
func TestFrechetOfMovedAndStretchedSamples(t *testing.T) {
	const n, d = 300, 12
	stream := rng.New(3, "features")
	x32 := make([]float32, n*d)
	stream.Normal(x32)
	x, moved := make([]float64, n*d), make([]float64, n*d)
	for i, v := range x32 {
		x[i] = float64(v) * float64(i%d+1)
	}
	m := metrics.MomentsOf(x, d)
	want := 0.0
	for j := range d {
		want += 0.25*float64(j*j) + 0.5*0.5*m.Cov[j*d+j]
	}
	for i, v := range x {
		moved[i] = m.Mean[i%d] + 1.5*(v-m.Mean[i%d]) + 0.5*float64(i%d)
	}
	near(t, "distance", distance(t, x, moved, d), want, 1e-8*want)
	near(t, "distance back", distance(t, moved, x, d), want, 1e-8*want)
	near(t, "distance to itself", distance(t, x, x, d), 0, 1e-9*want)
	x[5] = math.NaN()
	if _, err := metrics.Frechet(metrics.MomentsOf(x, d), m); err == nil {
		t.Error("a sample with NaN has a distance")
	}
}

// Pictures that are few and flat still have a distance: their covariance is singular.
func TestFrechetOfFlatSamples(t *testing.T) {
	a, b := make([]float64, 5*8), make([]float64, 5*8)
	for i := range b {
		b[i] = 2
	}
	near(t, "distance", distance(t, a, b, 8), 8*4, 1e-9)
}

func TestScoreLimits(t *testing.T) {
	clear, vague := make([]float64, 100), make([]float64, 100)
	for i := range 10 {
		clear[i*10+i] = 1
		for c := range 10 {
			vague[i*10+c] = 0.1
		}
	}
	near(t, "score of one clear picture of each class", metrics.Score(clear, 10), 10, 1e-9)
	near(t, "score of unclear pictures", metrics.Score(vague, 10), 1, 1e-9)
	near(t, "score of clear pictures of one class", metrics.Score(clear[:10], 10), 1, 1e-9)
}

// Two clouds far apart, the fakes in one of them only: all fakes are precise, half of the reals are recalled.
func TestPrecisionAndRecallOfACollapse(t *testing.T) {
	const n, d = 400, 5
	stream := rng.New(4, "clouds")
	x := make([]float32, 2*n*d)
	stream.Normal(x)
	reals, fakes := make([]float64, n*d), make([]float64, n*d)
	for i := range reals {
		reals[i], fakes[i] = float64(x[i]), float64(x[n*d+i])
		if i/d%2 == 1 {
			reals[i] += 100
		}
	}
	precision, recall := metrics.PrecisionRecall(fakes, reals, d)
	if precision < 0.9 || recall > 0.5 || recall < 0.4 {
		t.Errorf("precision %v, recall %v", precision, recall)
	}
	precision, recall = metrics.PrecisionRecall(reals, reals, d)
	near(t, "precision of the reals themselves", precision, 1, 0)
	near(t, "recall of the reals themselves", recall, 1, 0)
}

func TestDivergence(t *testing.T) {
	near(t, "divergence of the same shares", metrics.Divergence([]int{1, 2, 3}, []int{10, 20, 30}), 0, 1e-12)
	near(t, "divergence of one of four", metrics.Divergence([]int{0, 8, 0, 0}, []int{5, 5, 5, 5}), math.Log(4), 1e-12)
}

func TestCovered(t *testing.T) {
	if k := metrics.Covered([]int{0, 1, 2, 97}, 0.02); k != 2 {
		t.Errorf("%d classes have two in a hundred, not 2", k)
	}
}

// Pictures that are copies of training pictures are found, with the picture they copy.
func TestCopiesAreFound(t *testing.T) {
	const n, size = 300, 16
	stream := rng.New(5, "pictures")
	bytes := make([]byte, 2*n*size)
	for i := range bytes {
		bytes[i] = byte(stream.IntN(256))
	}
	set := data.NewSet("set", n, sample.Gray(4, 4), 0)
	if err := set.Append(bytes[:n*size], nil); err != nil {
		t.Fatal(err)
	}
	copies := slices.Concat(bytes[7*size:8*size], bytes[250*size:251*size], bytes[3*size:4*size])
	far, which := metrics.Nearest(copies, set, n)
	held, _ := metrics.Nearest(bytes[n*size:], set, n)
	if !slices.Equal(which, []int32{7, 250, 3}) || slices.Max(far) > 0.01 {
		t.Errorf("copies are at %v from %v", far, which)
	}
	ratio, share := metrics.Copied(far, held)
	if ratio > 0.01 || share != 1 {
		t.Errorf("copies: ratio %v, share %v", ratio, share)
	}
	ratio, share = metrics.Copied(held, held)
	near(t, "ratio of held-out pictures to themselves", ratio, 1, 0)
	if share > 0.01 {
		t.Errorf("%v of the held-out pictures are nearer than 99 %% of them", share)
	}
}

// Of two clouds of one kind density is 1 and coverage 1 − 2⁻⁵ on average, and the kernel's distance 0; a cloud that has moved
// lies apart by every one of them, and lone outliers among the reals mislead precision alone.
func TestDensityCoverageAndKernel(t *testing.T) {
	const n, d = 1000, 8
	stream := rng.New(5, "clouds")
	x := make([]float32, 2*n*d)
	stream.Normal(x)
	reals, fakes, moved := make([]float64, n*d), make([]float64, n*d), make([]float64, n*d)
	for i := range reals {
		reals[i], fakes[i] = float64(x[i]), float64(x[n*d+i])
		moved[i] = fakes[i] + 1.5
	}
	density, coverage := metrics.DensityCoverage(fakes, reals, d)
	near(t, "density", density, 1, 0.1)
	near(t, "coverage", coverage, 1-math.Pow(2, -5), 0.02)
	distance, deviation := metrics.Kernel(fakes, reals, d, stream)
	near(t, "kernel distance", distance, 0, 4*deviation)
	if density, coverage = metrics.DensityCoverage(moved, reals, d); density > 0.3 || coverage > 0.6 {
		t.Errorf("of a cloud that has moved: density %v, coverage %v", density, coverage)
	}
	if distance, deviation = metrics.Kernel(moved, reals, d, stream); distance < 20*deviation {
		t.Errorf("of a cloud that has moved: %v ± %v", distance, deviation)
	}
	for i := range 10 * d { // ten outliers, and fakes around them
		reals[i] *= 20
		moved[i] = reals[i] + 1
	}
	for i := 10 * d; i < n*d; i++ {
		moved[i] = 10 * fakes[i]
	}
	precision, _ := metrics.PrecisionRecall(moved, reals, d)
	if density, _ = metrics.DensityCoverage(moved, reals, d); density > precision {
		t.Errorf("beside outliers precision is %v and density %v", precision, density)
	}
}
