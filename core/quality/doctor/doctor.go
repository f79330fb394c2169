// Package doctor says in one sentence how a run is, from its losses, D's verdicts and the last measurement of its images.
package doctor

import (
	"fmt"
	"math"
	"strings"

	"ganvas/core/loss"
	"ganvas/core/wire"
)

// State names a finding.
type State string

const (
	Young     State = "young"     // too early to say
	Healthy   State = "healthy"   // nothing was measured, and the losses show nothing wrong
	Calm      State = "calm"      // the same, with a loss at 0 that is normal for its kind
	Ahead     State = "ahead"     // the same, with D right nearly always
	Noise     State = "noise"     // nothing is learned yet: what is drawn is noise, or points lie anywhere
	Scrawls   State = "scrawls"   // strokes, of which few can be read
	Rough     State = "rough"     // digits, many of which cannot be read; points at some of the modes
	Readable  State = "readable"  // most can be read
	Good      State = "good"      // and they are near real ones; points at all modes
	Won       State = "won"       // D tells everything apart, G learns little or nothing
	Blown     State = "blown"     // a loss has grown beyond all bounds
	Collapsed State = "collapsed" // few digits are drawn
	Same      State = "same"      // each digit is always drawn alike
	Swinging  State = "swinging"  // the networks overturn each other again and again
)

// Finding is how a run is.
type Finding struct {
	State  State
	Says   string             // one sentence for a person
	Values map[string]float64 // the numbers in it
}

const (
	young    = 150  // steps that nothing is said about
	recent   = 100  // steps that a victory must last
	won      = 0.05 // of D's loss at a draw: below it D has won
	ahead    = 0.9  // of the images that D takes for what they are: from here on it is ahead,
	behind   = 0.8  // until it is right about fewer than these
	block    = 20   // steps whose mean is one point of the swings
	blocks   = 24
	swing    = 0.5  // of D's loss at a draw: a smaller turn is no swing
	swings   = 4    // turns within the blocks
	grown    = 400  // steps before a lack of digits means anything
	few      = 5    // digits drawn, or fewer: collapsed
	legible  = 0.3  // of the images can be read: below it few digits are no collapse, but scrawls
	settled  = 1000 // steps before swings mean anything: early ones are usual
	alike    = 0.4  // of real images' diversity within a digit
	nearZero = 0.05
	vague    = 0.3 // share of points at any mode, below which a generator of points has not found the data yet
	half     = 0.5 // of the modes covered, or fewer: collapsed
	narrow   = 0.1 // of what real images cover, or less, though the images look real: collapsed
	whole    = 0.8 // share of points at modes that are all covered, from which on that is good
	brief    = 20  // steps that a loss beyond all bounds must last
	blown    = 50  // times D's loss at a draw: beyond all bounds
	blownAt  = 1e4 // and where there is no such value, or for G's loss
	lost     = 0.4 // of the images that D takes for what they are: below it D is fooled more than chance has it
)

// Doctor watches one run.
type Doctor struct {
	loss      loss.Row
	step      int                     // of the run
	seen      int                     // steps that this doctor saw
	d, g      [block * blocks]float64 // recent losses, a ring
	right     [recent]float64         // recent shares of images that D took for what they are
	leads     bool                    // D was ahead at the last look
	metrics   map[string]float64
	distances []float64 // Fréchet distances, at the last measurements, as multiples of that between real images
}

// New watches a run with the loss of that name.
func New(name string) *Doctor {
	row, err := loss.Find(name)
	if err != nil {
		panic("doctor: a run's loss is a row of the table")
	}
	return &Doctor{loss: *row}
}

// Step takes what one step measured; step is how many the run has done.
func (d *Doctor) Step(p wire.Point, step int) {
	d.d[d.seen%len(d.d)], d.g[d.seen%len(d.g)] = p.LossD, p.LossG
	d.right[d.seen%recent] = p.Right
	d.seen++
	d.step = step
}

// Measured takes a measurement, as wire.Measured events carry it.
func (d *Doctor) Measured(metrics map[string]float64) {
	if d.metrics = metrics; metrics["frechetFloor"] > 0 {
		d.distances = append(d.distances, metrics["frechet"]/metrics["frechetFloor"])
		d.distances = d.distances[max(0, len(d.distances)-2*trendOf):]
	}
}

// mean of the last n values of a ring.
func (d *Doctor) mean(ring []float64, n int) float64 {
	sum := 0.0
	for i := d.seen - n; i < d.seen; i++ {
		sum += ring[i%len(ring)]
	}
	return sum / float64(n)
}

// Look is the finding now: what is wrong, if anything is, else how far the images are, else how the losses stand.
func (d *Doctor) Look() Finding {
	for _, look := range []func() (Finding, bool){d.blown, d.won, d.collapsed, d.swinging, d.level} {
		if f, found := look(); found {
			return f
		}
	}
	if d.seen < young {
		return Finding{State: Young, Says: "Too early to say how the run is."}
	}
	state, says := d.balance()
	return Finding{State: state, Values: map[string]float64{}, Says: "By the losses alone: " + says + "."}
}

// blown is a loss that has grown beyond all bounds, though it is a number still.
func (d *Doctor) blown() (Finding, bool) {
	if d.seen < brief {
		return Finding{}, false
	}
	bound := blownAt
	if d.loss.Draw > 0 {
		bound = blown * max(d.loss.Draw, 1)
	}
	lossD, lossG := math.Abs(d.mean(d.d[:], brief)), math.Abs(d.mean(d.g[:], brief))
	if lossD <= bound && lossG <= blownAt {
		return Finding{}, false
	}
	worse := lossD
	if lossG > blownAt {
		worse = max(worse, lossG)
	}
	return Finding{State: Blown, Values: map[string]float64{"loss": worse},
		Says: fmt.Sprintf("Diverged: a loss has grown to %.3g; go back to before that, or start again with lower learning rates.", worse)}, true
}

func (d *Doctor) won() (Finding, bool) {
	if d.seen < young {
		return Finding{}, false
	}
	lossD := d.mean(d.d[:], recent)
	if d.loss.Draw == 0 || lossD >= won*d.loss.Draw {
		return Finding{}, false
	}
	f := Finding{State: Won, Values: map[string]float64{"lossD": lossD}}
	f.Says = fmt.Sprintf("D is winning: its loss is %.3f, so G learns little; lower D's learning rate or raise G's.", lossD)
	if d.loss.Fades {
		f.Says = fmt.Sprintf("D has won: its loss is %.3f, and with this loss G's gradient has nearly vanished; take another loss or a lower learning rate for D.", lossD)
		f.Values["fades"] = 1
	}
	return f, true
}

// collapsed is a generator that leaves out most of what there is, though what it makes is like the data.
func (d *Doctor) collapsed() (Finding, bool) {
	m := d.metrics
	switch {
	case m == nil || d.step < grown:
	case m["modes"] > 0:
		if m["quality"] >= vague && m["covered"] <= half*m["modes"] {
			return Finding{State: Collapsed, Values: ofModes(m),
				Says: fmt.Sprintf("Collapsed: G covers %.0f of the %.0f modes; lower the learning rates, or start again with another seed or loss.", m["covered"], m["modes"])}, true
		}
	case m["realCoverage"] > 0:
		if m["precision"] >= half*m["realPrecision"] && m["coverage"] <= narrow*m["realCoverage"] {
			return Finding{State: Collapsed, Values: map[string]float64{"coverage": m["coverage"], "precision": m["precision"]},
				Says: fmt.Sprintf("Collapsed: the images look real, but only %.0f %% of the real ones have one like them; lower the learning rates, or start again with another seed or loss.", 100*m["coverage"])}, true
		}
	case m["readable"] < legible:
	case m["covered"] <= few:
		return Finding{State: Collapsed, Values: map[string]float64{"covered": m["covered"], "digits": m["covered"]},
			Says: fmt.Sprintf("Collapsed: G draws only %s; lower the learning rates, or start again with another seed or loss.", digits(m))}, true
	case m["diversity"] < alike:
		return Finding{State: Same, Values: map[string]float64{"diversity": m["diversity"]},
			Says: fmt.Sprintf("Collapsed: each digit is drawn almost always alike (%.0f %% of real digits' variety).", 100*m["diversity"])}, true
	}
	return Finding{}, false
}

func (d *Doctor) swinging() (Finding, bool) {
	n := d.turns()
	if n < swings || d.step < settled {
		return Finding{}, false
	}
	return Finding{State: Swinging, Values: map[string]float64{"turns": float64(n)},
		Says: fmt.Sprintf("Oscillating: the networks have overturned each other %d times in %d steps; lower the learning rates.", n, len(d.d))}, true
}

// balance is how the two networks stand to each other, nothing being wrong.
func (d *Doctor) balance() (State, string) {
	lossD, lossG, right := d.mean(d.d[:], recent), d.mean(d.g[:], recent), d.mean(d.right[:], recent)
	least := ahead
	if d.leads {
		least = behind
	}
	d.leads = d.loss.Draw > 0 && right >= least
	switch {
	case d.loss.Centre && math.Min(math.Abs(lossD), math.Abs(lossG)) < nearZero:
		return Calm, "a loss near 0 is normal for " + d.loss.Name
	case d.leads:
		return Ahead, "D is ahead, and G still learns from it"
	case d.loss.Draw == 0:
		return Healthy, "D's estimate stays bounded"
	case right > 0 && right < lost:
		return Healthy, fmt.Sprintf("D is right about %.0f %% only, G fools it", 100*right)
	}
	return Healthy, "neither network is winning"
}

// turns counts how often the mean of D's loss over blocks of steps has turned, having gone at least a swing each way.
func (d *Doctor) turns() (n int) {
	if d.loss.Draw == 0 || d.seen < len(d.d) {
		return 0
	}
	var means [blocks]float64
	for i := range d.d {
		means[i/block] += d.d[(d.seen+i)%len(d.d)] / block
	}
	low, high, way := means[0], means[0], 0
	for _, v := range means {
		low, high = min(low, v), max(high, v)
		switch far := swing * d.loss.Draw; {
		case way >= 0 && high-v >= far:
			n, way, low = n+way, -1, v
		case way <= 0 && v-low >= far:
			n, way, high = n-way, 1, v
		}
	}
	return n
}

// digits names those that are drawn.
func digits(m map[string]float64) string {
	var drawn []string
	for c := range 10 {
		if m[fmt.Sprintf("share%d", c)] >= 0.02 {
			drawn = append(drawn, fmt.Sprint(c))
		}
	}
	if len(drawn) == 0 {
		return "shapes that are no digits"
	}
	if len(drawn) == 1 {
		return "the digit " + drawn[0]
	}
	return "the digits " + strings.Join(drawn[:len(drawn)-1], ", ") + " and " + drawn[len(drawn)-1]
}
