package rng

import (
	"math"
	"slices"
	"testing"
)

func TestStreamsOfOneSeedDiffer(t *testing.T) {
	a, b, c := New(1, "noise"), New(1, "order"), New(2, "noise")
	x, y, z := a.Uint64(), b.Uint64(), c.Uint64()
	if x == y || x == z || y == z {
		t.Fatalf("streams start alike: %d %d %d", x, y, z)
	}
	if New(1, "noise").Uint64() != x {
		t.Fatal("the same name and seed give another stream")
	}
}

func TestStateGoesOnExactly(t *testing.T) {
	s := New(7, "any")
	buf := make([]float32, 33)
	s.Normal(buf)
	state, err := s.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	want := make([]float32, 100)
	s.Normal(want)
	next := s.Uint64()

	r := New(0, "other")
	if err := r.UnmarshalBinary(state); err != nil {
		t.Fatal(err)
	}
	got := make([]float32, 100)
	r.Normal(got)
	if !slices.Equal(got, want) || r.Uint64() != next {
		t.Fatal("a restored stream goes on differently")
	}
	if err := r.UnmarshalBinary(state[:5]); err == nil {
		t.Fatal("half a state was accepted")
	}
}

func TestMoments(t *testing.T) {
	s := New(3, "moments")
	const n = 200_000
	x := make([]float32, n)
	s.Normal(x)
	mean, square := moments(x)
	if math.Abs(mean) > 0.01 || math.Abs(square-1) > 0.02 {
		t.Errorf("normal: mean %.4f, mean square %.4f", mean, square)
	}
	s.Uniform(x, -2, 4)
	if mean, _ := moments(x); math.Abs(mean-1) > 0.02 || slices.Min(x) < -2 || slices.Max(x) >= 4 {
		t.Errorf("uniform: mean %.4f in [%v, %v]", mean, slices.Min(x), slices.Max(x))
	}
}

func moments(x []float32) (mean, square float64) {
	for _, v := range x {
		mean += float64(v) / float64(len(x))
		square += float64(v) * float64(v) / float64(len(x))
	}
	return mean, square
}

func TestShuffleIsAPermutation(t *testing.T) {
	p := make([]int32, 1000)
	for i := range p {
		p[i] = int32(i)
	}
	New(1, "shuffle").Shuffle(p)
	if slices.IsSorted(p) {
		t.Fatal("nothing was shuffled")
	}
	slices.Sort(p)
	for i, v := range p {
		if v != int32(i) {
			t.Fatalf("%d is missing", i)
		}
	}
}

func TestNothingIsAllocated(t *testing.T) {
	s, x := New(1, "alloc"), make([]float32, 64)
	if n := testing.AllocsPerRun(100, func() { s.Normal(x); s.Uniform(x, 0, 1) }); n != 0 {
		t.Fatalf("%v allocations", n)
	}
}
