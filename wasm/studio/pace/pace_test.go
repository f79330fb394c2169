package pace

import (
	"testing"
	"time"
)

// Frames that come slowly for a while make what moves by itself rarer, and fast ones bring it back; a tab that was in the
// background for long is no slow one.
func TestPace(t *testing.T) {
	var p Pace
	now := time.UnixMilli(1000)
	run := func(n int, every time.Duration, followed bool) {
		for range n {
			now = now.Add(every)
			p.Frame(now, followed)
		}
	}
	for _, c := range []struct {
		n     int
		every time.Duration
		slow  bool
	}{{100, 16 * time.Millisecond, false}, {3, 60 * time.Millisecond, false}, {100, 60 * time.Millisecond, true}, {200, 16 * time.Millisecond, false}, {1, time.Hour, false}} {
		run(c.n, c.every, true)
		want := 10 * time.Millisecond
		if c.slow {
			want *= spared
		}
		if p.Slow() != c.slow || p.Rest(10*time.Millisecond) != want {
			t.Errorf("after %d frames of %v: slow %v, rests of %v", c.n, c.every, p.Slow(), p.Rest(10*time.Millisecond))
		}
	}
	run(100, 50*time.Millisecond, true)
	run(20, 70*time.Millisecond, false)
	if !p.Slow() {
		t.Error("a few frames of their own make slow ones forgotten")
	}
	if run(400, 70*time.Millisecond, false); p.Slow() {
		t.Error("slow frames are never tried again")
	}
}
