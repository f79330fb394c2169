// Package pace tells rooms that draw what moves whether frames come slowly.
package pace

import "time"

const (
	slowFrame = 28 * time.Millisecond // a mean time between frames above which drawing is too dear here
	frames    = 30                    // that the mean is over, about
	forgets   = 200                   // other frames until it is tried anew, about
	spared    = 4                     // how many times less often what moves by itself is drawn there
)

// Pace watches how fast frames follow each other. Where they come slowly, as on machines without a GPU, drawing would take
// the processor from the training.
type Pace struct {
	last time.Time
	mean time.Duration
}

// Frame counts one; followed tells whether it was wanted right after the one before. Where few are, it is tried now and then
// whether they have become faster.
func (p *Pace) Frame(now time.Time, followed bool) {
	since := now.Sub(p.last)
	switch {
	case !followed:
		p.mean -= p.mean / forgets
	case since < time.Second: // longer ones are of a tab in the background
		p.mean += (since - p.mean) / frames
	}
	p.last = now
}

// Slow reports whether drawing is too dear here.
func (p *Pace) Slow() bool { return p.mean > slowFrame }

// Rest is a time between drawings, longer where frames come slowly.
func (p *Pace) Rest(usual time.Duration) time.Duration {
	if p.Slow() {
		return spared * usual
	}
	return usual
}
