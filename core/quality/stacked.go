package quality

import (
	"ganvas/core/data"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/metrics"
)

// combinations counts which combinations of digits pictures (n, channels, judge.Side²) of stacked digits show, as the judge
// reads each channel: how many there are, how many were seen (covered), the divergence of their shares from those of the
// digits that the data were stacked from (kl, in nats), and the share of pictures of whose digits the judge is sure (quality);
// nil where the judge does not know the digits.
func combinations(j *judge.Judge, images []byte, digits *data.Set, rest func()) map[string]float64 {
	if !judge.Knows(digits.Shape(), digits.Classes()) {
		return nil
	}
	wanted := []int{1}
	for range stackedChannels {
		var more []int
		for _, n := range wanted {
			for _, k := range digits.Look().Counts {
				more = append(more, n*max(1, k))
			}
		}
		wanted = more
	}
	seen := j.See(images, rest)
	counts, n, sure := make([]int, len(wanted)), seen.Len()/stackedChannels, 0
	for i := range n {
		mode, least := 0, 1.0
		for c := range stackedChannels {
			digit, p := seen.Class(stackedChannels*i + c)
			mode, least = mode*judge.Classes+digit, min(least, p)
		}
		counts[mode]++
		if least >= judge.Sure {
			sure++
		}
	}
	return map[string]float64{
		"samples": float64(n), "modes": float64(len(wanted)), "covered": float64(metrics.Covered(counts, 0)), "kl": metrics.Divergence(counts, wanted),
		"quality": float64(sure) / float64(max(1, n)),
	}
}

const stackedChannels = 3

// stacked measures pictures of stacked digits by the combinations that they show, beside those that as many held-out ones do
// (realCovered, realKL).
func (e *Evaluation) stacked(images []byte, real *Real, digits *data.Set, tell Progress) {
	rest := tell.counted("reading digits", len(images)/real.Train.Size()*stackedChannels/real.Judge.Rows())
	e.Modes = combinations(real.Judge, images, digits, rest)
	if held := min(real.Held.Arrived(), e.Count); e.Modes != nil && held == e.Count {
		c := combinations(real.Judge, pictures(real.Held, 0, held), digits, rest)
		e.Modes["realCovered"], e.Modes["realKL"] = c["covered"], c["kl"]
	}
}
