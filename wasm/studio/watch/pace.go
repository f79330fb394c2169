package watch

import "time"

const (
	slowFrame = 28 * time.Millisecond // a mean time between frames above which drawing is too dear here
	frames    = 30                    // that the mean is over, about
	spared    = 4                     // how many times less often what moves by itself is drawn there
)

// pace watches how fast frames follow each other. Where they come slowly, as on machines without a GPU, drawing would take
// the processor from the training.
type pace struct {
	last time.Time
	mean time.Duration
}

// frame counts one.
func (p *pace) frame(now time.Time) {
	if since := now.Sub(p.last); !p.last.IsZero() && since < time.Second { // longer ones are of a tab in the background
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
