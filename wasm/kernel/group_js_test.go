package kernel

import (
	"errors"
	"os"
	"strconv"
	"testing"
	"time"

	"ganvas/core/engine"
)

var _ engine.Group = (*Group)(nil)

// member is this program's place in the group that TestGroup is run with, or skips.
func member(t testing.TB) *Group {
	size, _ := strconv.Atoi(os.Getenv("GANVAS_GROUP"))
	if size < 2 {
		t.Skip("run by the tests that start several programs")
	}
	g := Peers()
	if g.Size() != size {
		t.Fatalf("the group has %d members, want %d", g.Size(), size)
	}
	return g
}

// Values whose sum depends on its order: only the ranks' order gives these bits.
func value(rank, round, i int) float32 {
	return []float32{1e8, 1, -1e8, 0.5}[(rank+round)%4] + float32(i%1000)
}

func TestGroup(t *testing.T) {
	g := member(t)
	var kept [][]float32
	for round, n := range []int{1, 2, 3, 4, 5, 17, 1000, 4096, 0, 4097, 10_000, 9, 9, 9, 9} {
		x := make([]float32, n+1)
		for i := range n {
			x[i] = value(g.Rank(), round, i)
		}
		x[n] = 77
		g.Sum(x[:n])
		if g.Err() != nil {
			t.Fatal(g.Err())
		}
		for i := range n {
			want := value(0, round, i)
			for rank := 1; rank < g.Size(); rank++ {
				want += value(rank, round, i)
			}
			if x[i] != want {
				t.Fatalf("round %d: number %d of %d is %g, want %g", round, i, n, x[i], want)
			}
		}
		if x[n] != 77 {
			t.Fatalf("round %d: wrote behind the slice", round)
		}
		kept = append(kept, make([]float32, 1<<20)) // the memory grows between rounds
	}
	_ = kept
}

// The last member leaves before the others have summed: they are told, and keep their numbers.
func TestGroupLosesAMember(t *testing.T) {
	g := member(t)
	if g.Rank() == g.Size()-1 {
		return
	}
	x := []float32{1, 2, 3}
	g.Sum(x)
	g.Sum(x)
	if !errors.Is(g.Err(), ErrGroup) || x[0] != 1 || x[1] != 2 || x[2] != 3 {
		t.Errorf("error %v, numbers %v", g.Err(), x)
	}
}

func BenchmarkSum(b *testing.B) {
	g := member(b)
	x := make([]float32, 1_489_936)
	measure := func(x []float32) (ns float64) {
		const rounds = 100 // as many in every member
		start := time.Now()
		for range rounds {
			g.Sum(x)
		}
		if g.Err() != nil {
			b.Fatal(g.Err())
		}
		return float64(time.Since(start).Nanoseconds()) / rounds
	}
	measure(x)
	b.ReportMetric(measure(x)/float64(len(x)), "ns/element")
	b.ReportMetric(measure(x[:1]), "ns/barrier")
}
