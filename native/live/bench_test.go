package live

import (
	"context"
	"fmt"
	"testing"
	"time"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// What watching costs a run: the time of a step with nobody, one and ten that look, at the share for pictures of a run of the command
// line. Compare the first with the others: go test -bench Watched -benchtime 2000x ./native/live
func BenchmarkWatched(b *testing.B) {
	set := runtest.Patterns(b, 2000, 28)
	for _, viewers := range []int{0, 1, 10} {
		b.Run(fmt.Sprint(viewers, "viewers"), func(b *testing.B) {
			e := cpu.New(nil)
			tr, err := run.New(e, runtest.Small(b, "noise=16", "generator=32-64", "discriminator=64-32", "batch=16", "epochs=100000"), set)
			if err != nil {
				b.Fatal(err)
			}
			c := behind(b, e, tr, 0.01)
			for range viewers {
				v := c.dial(looks)
				go func() {
					for {
						if _, err := v.read(); err != nil {
							return
						}
					}
				}()
			}
			for len(c.hub.all()) < viewers {
				time.Sleep(time.Millisecond)
			}
			done := make(chan struct{})
			c.rested.Store(&resting{b.N, done})
			b.ResetTimer()
			c.hub.commands <- session.Message{Command: &session.Step{N: b.N}}
			<-done
			b.StopTimer()
			c.server.CloseClientConnections()
			for _, v := range c.hub.all() {
				_ = v.socket.CloseNow()
			}
		})
	}
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

// behind is a paused run behind a hub, whose points are not kept.
func behind(b *testing.B, e *cpu.Engine, tr *run.Trainer, share float64) *carried {
	b.Helper()
	c := serveRun(b, About{}, Keys{})
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s := &session.Session{Engine: e, Commands: c.hub.Commands(), Pictures: c.hub.Pictures(share), Begin: &session.Beginning{Trainer: tr, Paused: true},
			Data: func(run.Cancel, string) (*data.Set, error) { return tr.Samples(), nil },
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
