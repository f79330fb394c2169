package session

import "time"

// turnAfter is how long a program computes before it gives its host a turn: a command waits no longer than that and the
// step that is under way, or the update where steps are slow and it only looks. Turns after every step would be a part of the time of steps under a millisecond.
const turnAfter = 12 * time.Millisecond

// turns is when the host had its last turn.
type turns struct{ began time.Time }

// give gives the host a turn when one is due, or when it is wanted at once. The first one is due.
func (t *turns) give(turn func(), now func() time.Time, atOnce bool) {
	if turn == nil || !atOnce && now().Sub(t.began) < turnAfter {
		return
	}
	turn()
	t.began = now()
}
