package f32_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"ganvas/core/f32"
	"ganvas/core/f32/f32test"
	"gonum.org/v1/gonum/blas"
)

// TestSets runs every set that this machine has, on one thread and on several.
func TestSets(t *testing.T) {
	defer f32.Threads(1)
	for _, k := range f32.Sets() {
		t.Run(k.Name(), func(t *testing.T) {
			f32.Threads(1)
			f32test.Run(t, k)
		})
		t.Run(k.Name()+" on 3 threads", func(t *testing.T) {
			f32.Threads(3)
			f32test.Run(t, k)
		})
	}
}

// TestThreadsAgree: the same bits whatever the number of threads.
func TestThreadsAgree(t *testing.T) {
	defer f32.Threads(1)
	r := rand.New(rand.NewPCG(1, 1))
	random := func(n int) []float32 {
		x := make([]float32, n)
		for i := range x {
			x[i] = float32(r.NormFloat64())
		}
		return x
	}
	const m, n, k = 100, 301, 517
	a, b, long := random(m*k), random(n*k), random(1<<18+7)
	for _, s := range f32.Sets() {
		var first [4][]float32
		for _, threads := range []int{1, 2, 5} {
			f32.Threads(threads)
			wide, tall, y, sums := make([]float32, m*n), make([]float32, n*m), make([]float32, len(long)), make([]float32, 1000)
			s.Sgemm(blas.NoTrans, blas.Trans, m, n, k, 1, a, k, b, k, 0, wide, n)
			s.Sgemm(blas.NoTrans, blas.Trans, n, m, k, 1, b, k, a, k, 0, tall, m)
			s.Tanh(y, long)
			s.AddColumnSums(sums, long, 200, 1000)
			got := [4][]float32{wide, tall, y, sums}
			if threads == 1 {
				first = got
				continue
			}
			for i := range got {
				if !slices.Equal(got[i], first[i]) {
					t.Errorf("%s: result %d on %d threads differs from that on one", s.Name(), i, threads)
				}
			}
		}
	}
}

// TestThreadsFromManyCallers: callers at once take turns and get their own results.
func TestThreadsFromManyCallers(t *testing.T) {
	f32.Threads(3)
	defer f32.Threads(1)
	s := f32.Best()
	done := make(chan bool)
	for caller := range 4 {
		go func() {
			ok := true
			x, y := make([]float32, 100*100), make([]float32, 100*100)
			for i := range 100 {
				x[i*101] = float32(caller)
			}
			for range 50 {
				s.Sgemm(blas.NoTrans, blas.NoTrans, 100, 100, 100, 1, x, 100, x, 100, 0, y, 100)
				for i := range 100 {
					ok = ok && y[i*101] == float32(caller*caller)
				}
			}
			done <- ok
		}()
	}
	for range 4 {
		if !<-done {
			t.Error("a caller got another's result")
		}
	}
}

// TestBare: the loop's count of operations is that of the tiles it computes, and sets without tiles have none.
func TestBare(t *testing.T) {
	for _, k := range f32.Sets() {
		bare := f32.Bare(k)
		if k.Name() == "go" || k.Name() == "gonum" {
			if bare != nil {
				t.Errorf("%s has a bare loop", k.Name())
			}
			continue
		}
		if one, five := bare(1), bare(5); one <= 0 || five != 5*one {
			t.Errorf("%s: %v and %v operations in one turn and in five", k.Name(), one, five)
		}
	}
}
