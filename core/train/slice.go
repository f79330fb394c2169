package train

import "time"

// sliceTime is how long a program computes before it gives its host a turn: a command waits no longer than that and the
// step that is under way. Turns after every step would be a part of the time of steps under a millisecond.
const sliceTime = 12 * time.Millisecond

// slice is the time since the host's last turn.
type slice struct{ began time.Time }

// yield gives the host a turn when one is due, or when it is wanted at once. The first one is due.
func (s *slice) yield(turn func(), now func() time.Time, atOnce bool) {
	if turn == nil || !atOnce && now().Sub(s.began) < sliceTime {
		return
	}
	turn()
	s.began = now()
}
