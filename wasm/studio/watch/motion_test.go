package watch

import (
	"testing"
	"time"
)

// A loop is alive exactly when its network has just learned, or in turns while steps come; nothing moves where it must not.
func TestMotion(t *testing.T) {
	start := time.UnixMilli(1_000_000)
	var m motion
	if b, next := m.look(start, false); b.network != "" || next != never {
		t.Errorf("before any step %+v moves", b)
	}
	m.learned, m.at = "G", start
	last := -1.0
	for since := time.Duration(0); since < pulseFor; since += 50 * time.Millisecond {
		b, next := m.look(start.Add(since), false)
		if b.network != "G" || next != 0 || b.share < last || b.share > 1 || b.glow < 0 || b.glow > 1 {
			t.Errorf("%v after G's update: %+v", since, b)
		}
		last = b.share
		if b, next := m.look(start.Add(since), true); b.network != "G" || b.share >= 0 || b.glow != 1 || since+next != pulseFor {
			t.Errorf("without movement, %v after G's update: %+v", since, b)
		}
	}
	if b, next := m.look(start.Add(pulseFor), false); b.network != "" || next != never {
		t.Errorf("after the pulse: %+v", b)
	}
	m.stepped = start.Add(time.Minute)
	turns := map[string]int{}
	for since := time.Duration(0); since < throbFor; since += 10 * time.Millisecond {
		m.stepped = start.Add(time.Minute + since)
		b, next := m.look(m.stepped, false)
		turns[b.network]++
		if b.share >= 0 || next != throbRest {
			t.Fatalf("a throb is %+v for %v", b, next)
		}
		if b, next := m.look(m.stepped, true); b.network != "" || next != never {
			t.Fatalf("without movement both loops throb: %+v", b)
		}
	}
	if turns["D"] < 120 || turns["G"] < 120 || len(turns) != 2 {
		t.Errorf("in one throb the turns are %v", turns)
	}
	if b, _ := m.look(m.stepped.Add(lively), false); b.network != "" {
		t.Errorf("a run that rests throbs: %+v", b)
	}
}
