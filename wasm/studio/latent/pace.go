package latent

import "time"

const (
	refreshAtMost = time.Second // between two refreshes of all pictures while the run trains
	refreshShare  = 0.03        // of the time may go into them
)

// Pace says how new pictures have to be. A refresh makes every picture that is shown anew; the next one begins a second
// later at the earliest, and not before the run has had its share of the time.
type Pace struct {
	step  int // that pictures have to be of, or of later ones
	going bool
	due   time.Time
	spent time.Duration
}

// Step is the step that pictures must not be older than, given where the run is now.
func (p *Pace) Step(now time.Time, run int) int {
	if !p.going && run != p.step && !now.Before(p.due) {
		p.step, p.going, p.spent = run, true, 0
	}
	return p.step
}

// Spent adds what pictures took to make.
func (p *Pace) Spent(d time.Duration) { p.spent += d }

// Done says that no picture is too old any more.
func (p *Pace) Done(now time.Time) {
	if p.going {
		p.going = false
		p.due = now.Add(max(refreshAtMost, time.Duration(float64(p.spent)/refreshShare)))
	}
}
