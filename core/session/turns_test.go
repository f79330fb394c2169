package session_test

import (
	"sync/atomic"
	"testing"
	"time"

	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// clock is a session's time, which goes on by as much whenever it is looked at: a step takes some ten looks. It notes
// when the host had its turns.
type clock struct {
	now   time.Time
	tick  time.Duration
	turns []time.Time
	at    func(turn int) // called in each turn, if any
}

func (c *clock) set(s *session.Session) {
	s.Now = func() time.Time { c.now = c.now.Add(c.tick); return c.now }
	s.Yield = func() {
		c.turns = append(c.turns, c.now)
		if c.at != nil {
			c.at(len(c.turns))
		}
	}
}

// Steps under a millisecond leave the host its turns, not one after each step, and tell no more than a page can show.
func TestFastStepsLeaveTurns(t *testing.T) {
	c := &clock{now: time.Unix(1, 0), tick: 60 * time.Microsecond}
	p := newPage(t, 1, nil, c.set)
	run := map[string]any{"dataset": "ring", "batch": 8, "generator": "8", "discriminator": "8"}
	p.must(&session.Start{Choice: session.Choice{Preset: "ring-2d", Recipe: run}, Paused: true})
	began, events := c.now, map[wire.EventType]int{}
	const steps = 4000
	p.commands <- session.Message{Command: &session.Step{N: steps}}
	points := 0
	p.wait(func(e wire.Event) bool {
		events[e.Type]++
		points += len(e.Points)
		return e.Type == wire.Paused && e.Step == steps
	})
	took := c.now.Sub(began)
	if took > steps*2*time.Millisecond {
		t.Fatalf("by this clock a step takes %v: the test is of fast ones", took/steps)
	}
	longest := time.Duration(0)
	for i := range len(c.turns) - 1 {
		longest = max(longest, c.turns[i+1].Sub(c.turns[i]))
	}
	if longest > 20*time.Millisecond || len(c.turns) > int(took/(10*time.Millisecond)) {
		t.Errorf("in %v the host has %d turns, at most %v apart", took, len(c.turns), longest)
	}
	told := 0
	for _, n := range events {
		told += n
	}
	if perSecond := float64(told) / took.Seconds(); perSecond > 40 {
		t.Errorf("%.0f events a second: %v in %v", perSecond, events, took)
	}
	if points != steps {
		t.Errorf("%d of %d steps are told of", points, steps)
	}
}

// A command that comes in the host's turn is answered before the next one, whatever a step costs.
func TestCommandsDoNotWaitForFurtherTurns(t *testing.T) {
	var turn atomic.Int64
	c := &clock{now: time.Unix(1, 0), tick: 60 * time.Microsecond}
	p := newPage(t, 1, nil, c.set)
	c.at = func(n int) {
		turn.Store(int64(n))
		if n == 20 {
			p.commands <- session.Message{ID: 77, Command: &session.Pause{}}
		}
	}
	p.commands <- session.Message{Command: &session.Start{Choice: session.Choice{Preset: "ring-2d", Recipe: map[string]any{"dataset": "ring", "batch": 8, "generator": "8", "discriminator": "8"}}}}
	p.wait(func(e wire.Event) bool { return e.Type == wire.Answered && e.ID == 77 })
	if n := turn.Load(); n > 21 {
		t.Errorf("the answer comes after turn %d, the command came in turn 20", n)
	}
}

// Between the updates of a slow step the host has a turn, and whatever is asked in it the run is the same, alone and in a group.
func TestSlowStepsAreAskedBetweenUpdates(t *testing.T) {
	set := runtest.Digits(t, 100)
	const steps, slowTick = 6, 300 * time.Millisecond // between two looks at the clock
	for _, members := range []int{1, 2} {
		run := func(tick time.Duration, asked ...session.Command) ([]byte, int64) {
			var turns, counted atomic.Int64
			c := &clock{now: time.Unix(1, 0), tick: tick}
			var p *page
			p = newPage(t, members, set, c.set, func(*session.Session) {
				c.at = func(int) {
					if turns.Add(counted.Load()) > 0 && len(asked) > 0 {
						p.commands <- session.Message{Command: asked[0]}
						asked = asked[1:]
					}
				}
			})
			p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"dropout": 0})}, Paused: true})
			p.stop(1, 1) // by which it knows what a step takes
			counted.Store(1)
			p.stop(steps, 1+steps)
			n := turns.Load()
			return p.saved(), n
		}
		want, _ := run(time.Microsecond)
		got, turns := run(slowTick)
		if turns < 2*steps-1 { // the last one may come too late to be counted
			t.Errorf("%d programs: in %d slow steps the host has %d turns", members, steps, turns)
		}
		asked, _ := run(slowTick, &session.Inspect{Network: "discriminator"}, &session.Wish{}, &session.Generate{Count: 3}, &session.Game{Seed: 2}, &session.History{}, &session.Noise{}, &session.Save{})
		for what, file := range map[string][]byte{"slow": got, "asked": asked} {
			if off := apart(t, want, file); off > 0 {
				t.Errorf("%d programs: the weights of the %s run end %.2g apart", members, what, off)
			}
		}
	}
}
