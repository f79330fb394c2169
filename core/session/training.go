package session

import (
	"time"

	"ganvas/core/past"
	"ganvas/core/quality/doctor"
	"ganvas/core/run"
	"ganvas/core/wire"
)

// training is a run that goes on in a session, and what the session keeps beside it. Another run has another one.
type training struct {
	*run.Trainer
	preset  string
	paused  bool
	left    int           // steps still to do before pausing; < 0: no end
	hold    int           // step to train no further than, 0 for none
	spent   time.Duration // on the step that is under way
	trained time.Duration // on all steps
	meter   meter
	pacing  pacing
	past    past.Past
	stateAt time.Time   // when a whole state was last kept
	tape    *run.Replay // the open tape
	inside  inside
	weighed bool // the CPU and the GPU have been compared
	doctor  *doctor.Doctor
	found   doctor.State // what it said last
}

// pacing says when events are due.
type pacing struct {
	points    []wire.Point
	told      run.Reported // the last of them
	lastPoint time.Time
	nextSheet time.Time
	lastPast  time.Time
	untold    bool // the past has grown since
}

// waits reports whether there is nothing to train until a command comes.
func (r *training) waits() bool {
	return r.paused || r.hold > 0 && r.Steps() >= r.hold
}
