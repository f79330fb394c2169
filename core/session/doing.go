package session

// Doing is what a program of a group does now, for whoever asks what it waits for.
type Doing int

const (
	Resting   Doing = iota // waits for a command
	Answering              // carries one out
	Stepping               // a step or an update, or waits for the others' part of it
	Waiting                // for data that have not arrived
	Showing                // makes pictures, measures or keeps a state
	Yielding               // gives its host a turn
)

// doing says so, where anybody wants to know.
func (s *Session) doing(d Doing) {
	if s.Doing != nil {
		s.Doing(d)
	}
}

func (f *Follower) doing(d Doing) {
	if f.Doing != nil {
		f.Doing(d)
	}
}
