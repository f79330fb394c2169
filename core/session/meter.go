package session

import (
	"slices"
	"time"
)

// slow is the milliseconds from which on a step is too long for somebody to wait for.
const slow = 200

// meter remembers the durations of the most recent steps.
type meter struct {
	ms [32]float64
	n  int
}

func (m *meter) add(d time.Duration) {
	m.ms[m.n%len(m.ms)] = float64(d) / float64(time.Millisecond)
	m.n++
}

// median of the recent steps in milliseconds.
func (m *meter) median() float64 {
	var sorted [len(m.ms)]float64
	n := copy(sorted[:], m.ms[:min(m.n, len(m.ms))])
	if n == 0 {
		return 0
	}
	slices.Sort(sorted[:n])
	return sorted[n/2]
}
