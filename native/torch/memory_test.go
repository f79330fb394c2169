//go:build libtorch && linux

package torch

import (
	"math"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/sample"
)

// A thousand steps leave as many tensors as 400, and the process no larger: what a step makes it frees, also where
// autograd holds a graph of a graph. One (64, 784) matrix left behind at each step would be 120 MB.
func TestStepsDoNotGrowMemory(t *testing.T) {
	for _, c := range []struct {
		name string
		edit func(*config.Recipe)
	}{
		{"dense", func(r *config.Recipe) { r.EMA, r.Clip = 0.99, 1 }},
		{"convolutions, labels", func(r *config.Recipe) {
			r.Arch, r.Generator, r.Discriminator, r.Conditional = "dcgan", []int{8, 4}, []int{4, 8}, true
		}},
		{"gradient penalty", func(r *config.Recipe) { r.Loss, r.DSteps = "wgan-gp", 2 }},
	} {
		t.Run(c.name, func(t *testing.T) {
			r, err := config.FindPreset("classic")
			if err != nil {
				t.Fatal(err)
			}
			r.Generator, r.Discriminator, r.Batch, r.Epochs = []int{64}, []int{64}, 64, 1000
			c.edit(&r)
			e := open(t)
			tr, err := run.New(e, r, noisy(t, 640))
			if err != nil {
				t.Fatal(err)
			}
			tensors, bytes := 0, 0
			for step := range 1000 {
				if _, err := tr.Step(); err != nil {
					t.Fatal(err)
				}
				if step == 400 { // past the first of the states kept to go back to
					tensors, bytes = alive(e, 0), processBytes(t)
				}
			}
			if n := alive(e, tensors); n > tensors {
				t.Errorf("%d tensors after 400 steps, %d after a thousand", tensors, n)
			}
			if grown := processBytes(t) - bytes; grown > 64<<20 {
				t.Errorf("the process has grown by %d MB over 600 steps", grown>>20)
			}
		})
	}
}

// noisy is n pictures of noise with labels.
func noisy(t *testing.T, n int) *data.Set {
	t.Helper()
	s := data.NewSet("noise", n, sample.Gray(28, 28), 10)
	r, pixels, labels := rng.New(1, "pictures"), make([]byte, n*784), make([]uint8, n)
	for i := range pixels {
		pixels[i] = byte(r.Uint64())
	}
	for i := range labels {
		labels[i] = uint8(i % 10)
	}
	if err := s.Append(pixels, labels); err != nil {
		t.Fatal(err)
	}
	return s
}

// alive counts the tensors that outlive the calls that made them, once what nobody holds any more is collected: the
// passes behind a checkpoint's self-check go when the garbage collector has seen that they are unused. It looks
// repeatedly, until there are no more than enough, and gives the least count seen.
func alive(e *Engine, enough int) int {
	least := math.MaxInt
	for range 20 {
		runtime.GC() // queues the cleanups, which run a little later
		time.Sleep(5 * time.Millisecond)
		e.call(func() {
			e.drop()
			least = min(least, len(e.owned))
		})
		if least <= enough {
			break
		}
	}
	return least
}

// processBytes is the process's memory in bytes.
func processBytes(t *testing.T) int {
	t.Helper()
	b, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		t.Fatal(err)
	}
	pages, err := strconv.Atoi(strings.Fields(string(b))[1])
	if err != nil {
		t.Fatal(err)
	}
	return pages * os.Getpagesize()
}
