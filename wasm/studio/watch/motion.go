package watch

import (
	"math"
	"time"
)

const (
	pulseFor = 900 * time.Millisecond  // from the verdicts to the network that learns
	throbFor = 2600 * time.Millisecond // D's turn and G's, at full speed
	lively   = 800 * time.Millisecond  // without a step: the run rests

	throbRest = 66 * time.Millisecond // between two drawings of a throb, which is slow
	never     = time.Duration(-1)
)

// motion says which of the two loops is alive: the one whose network has just done an update, or both in calm turns while
// steps follow each other too fast to be seen.
type motion struct {
	learned string    // the network of the last update that came alone, D or G
	at      time.Time // when
	stepped time.Time // when the last whole steps were reported
}

// beat is what a loop shows.
type beat struct {
	network string  // "" for none
	share   float64 // of the way that a bead has gone to the network; < 0 for no bead
	glow    float64 // of the network, from 0 to 1
}

// look is what is to be seen now, and in how long it will have changed by itself; with still nothing moves.
func (m *motion) look(now time.Time, still bool) (b beat, next time.Duration) {
	if since := now.Sub(m.at); since >= 0 && since < pulseFor {
		if still {
			return beat{m.learned, -1, 1}, pulseFor - since
		}
		t := float64(since) / float64(pulseFor)
		return beat{m.learned, ease(min(1, 1.5*t)), math.Sin(math.Pi * (0.25 + 0.75*t))}, 0
	}
	if since := now.Sub(m.stepped); since >= 0 && since < lively && !still {
		turn := float64(now.UnixMilli()%throbFor.Milliseconds()) / float64(throbFor.Milliseconds()) * 2
		network := "D"
		if turn >= 1 {
			network, turn = "G", turn-1
		}
		return beat{network, -1, 0.8 * math.Sin(math.Pi*turn)}, throbRest
	}
	return beat{share: -1}, never
}

// ease starts and ends slowly.
func ease(t float64) float64 { return t * t * (3 - 2*t) }
