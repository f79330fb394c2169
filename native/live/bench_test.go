package live

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// What watching costs a run, at the share for pictures of a run of the command line: rounds of 60 steps with nobody, with one that looks
// and with ten, of the same run and in turn, so that what slows the machine down slows all of them. Told are the median time of a step
// with each, and by how many hundredths it is more than with nobody: the median over rounds, and its standard error.
//
//	go test -run '^$' -bench Watched -benchtime 60x ./native/live
func BenchmarkWatched(b *testing.B) {
	const steps = 60
	numbers := []int{0, 1, 10}
	set := runtest.Patterns(b, 2000, 28)
	e := cpu.New(nil)
	tr, err := run.New(e, runtest.Small(b, "noise=16", "generator=32-64", "discriminator=64-32", "batch=16", "epochs=100000"), set)
	if err != nil {
		b.Fatal(err)
	}
	c := behind(b, e, tr, 0.01)
	var looking []*client
	look := func(n int) {
		for len(looking) < n {
			v := c.dial(looks)
			looking = append(looking, v)
			go func() {
				for {
					if _, err := v.read(); err != nil {
						return
					}
				}
			}()
		}
		for ; len(looking) > n; looking = looking[:len(looking)-1] {
			_ = looking[len(looking)-1].socket.CloseNow()
		}
		for len(c.hub.all()) != n {
			time.Sleep(time.Millisecond)
		}
	}
	there := 0
	walk := func() float64 {
		there += steps
		rest := &resting{step: there, there: make(chan struct{})}
		c.rested.Store(rest)
		began := time.Now()
		c.hub.commands <- session.Message{Command: &session.Step{N: steps}}
		<-rest.there
		return rest.stepped.Sub(began).Seconds() * 1000 / steps // without the picture of a run that rests
	}
	walk() // what the first steps make ready
	times := make([][]float64, len(numbers))
	for round := 0; b.Loop(); round++ {
		for i := range numbers {
			i = (i + round) % len(numbers) // each is first as often as the others
			look(numbers[i])
			times[i] = append(times[i], walk())
		}
	}
	look(0)
	b.ReportMetric(0, "ns/op") // of a round, which says nothing
	for i, n := range numbers {
		b.ReportMetric(at(times[i], 1, 2), fmt.Sprintf("ms/step-of-%d", n))
		if n == 0 {
			continue
		}
		more := make([]float64, len(times[i]))
		for k, t := range times[i] {
			more[k] = 100 * (t/times[0][k] - 1)
		}
		b.ReportMetric(at(more, 1, 2), fmt.Sprintf("%%-more-with-%d", n))
		// that of a median where values lie as normal ones do, whose quartiles are 1.349 deviations apart
		b.ReportMetric(math.Sqrt(math.Pi/2/float64(len(more)))*(at(more, 3, 4)-at(more, 1, 4))/1.349, fmt.Sprintf("±-with-%d", n))
	}
}

// at is the value below which k of n parts of all values are.
func at(values []float64, k, n int) float64 {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[(len(sorted)-1)*k/n]
}

// How long an event takes from the run to whoever looks, over a socket on this machine, pictures among them: a picture is asked for and
// waited for.
func BenchmarkPictureAndBack(b *testing.B) {
	e := cpu.New(nil)
	tr, err := run.New(e, runtest.Small(b, "noise=16", "generator=32-64", "discriminator=64-32", "batch=16"), runtest.Patterns(b, 2000, 28))
	if err != nil {
		b.Fatal(err)
	}
	v := behind(b, e, tr, 0.01).dial(drives)
	v.type_("role")
	b.ResetTimer()
	for range b.N {
		v.say(`{"type":"resample"}`)
		v.type_(wire.Sampled)
	}
}

// behind is a paused run behind a hub, which tells when it has rested.
func behind(b *testing.B, e *cpu.Engine, tr *run.Trainer, share float64) *carried {
	b.Helper()
	c := serveRun(b, About{}, Keys{})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s := &session.Session{Engine: e, Commands: c.hub.Commands(), Pictures: c.hub.Pictures(share), Begin: &session.Beginning{Trainer: tr, Paused: true},
			Data: func(run.Cancel, string) (*data.Set, error) { return tr.Samples(), nil },
			Stepped: func() bool {
				if r := c.rested.Load(); r != nil {
					r.stepped = time.Now()
				}
				return true
			},
			Emit: func(event wire.Event) {
				c.hub.Emit(event)
				if r := c.rested.Load(); event.Type == wire.Paused && r != nil && event.Step == r.step {
					close(r.there)
				}
			}}
		_ = s.Run(ctx)
	}()
	b.Cleanup(func() {
		cancel()
		<-ended
		c.hub.Close()
		c.server.Close()
	})
	return c
}
