package watch

import "time"

const (
	slowFrame = 28 * time.Millisecond // a mean time between frames above which drawing is too dear here
	frames    = 30                    // that the mean is over, about
	forgets   = 200                   // other frames until it is tried anew, about
	spared    = 4                     // how many times less often what moves by itself is drawn there
)

// pace watches how fast frames follow each other. Where they come slowly, as on machines without a GPU, drawing would take
// the processor from the training.
type pace struct {
	last time.Time
	mean time.Duration
}

// frame counts one; followed tells whether it was wanted right after the one before. Where few are, it is tried now and then
// whether they have become faster.
func (p *pace) frame(now time.Time, followed bool) {
	since := now.Sub(p.last)
	switch {
	case !followed:
		p.mean -= p.mean / forgets
	case since < time.Second: // longer ones are of a tab in the background
		p.mean += (since - p.mean) / frames
	}
	p.last = now
}

func (p *pace) slow() bool { return p.mean > slowFrame }

// rest is a time between drawings, longer where frames come slowly.
func (p *pace) rest(usual time.Duration) time.Duration {
	if p.slow() {
		return spared * usual
	}
	return usual
}
