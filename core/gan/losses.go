package gan

import (
	"fmt"
	"strings"

	"ganvas/core/engine"
)

// LossRow is one kind of game: both networks' losses, the penalty on D and what the values mean.
type LossRow struct {
	Name      string
	Says      string // what the values mean, one sentence for a person
	D, G      Loss
	Score     bool    // D gives a score of its own scale: its sigmoid is no probability
	GSeesReal bool    // G's loss needs D's logits of real samples too
	Middle    float64 // the logit at which D is undecided,
	Relative  bool    // or it depends on other samples: only the difference of logits means something
	Penalty   Penalty // on D's gradient at its input
}

// Losses is the table of all losses.
var Losses = []LossRow{
	{Name: "bce", D: bceD, G: bceG,
		Says: "Cross-entropy: 1.39 for D and 0.69 for G is a draw; D near 0 means that it has won."},
	{Name: "minimax", D: bceD, G: minimaxG,
		Says: "The original game: G's loss is minus D's on fakes, −0.69 at a draw, and its gradient fades when D wins."},
	{Name: "lsgan", Score: true, D: lsganD, G: lsganG, Middle: 0.5,
		Says: "Least squares: 0.25 for D and 0.125 for G is a draw; D at 0 tells all fakes from real ones."},
	{Name: "hinge", Score: true, D: hingeD, G: criticG,
		Says: "Hinge: D's loss is 2 at a draw and 0 when every score is beyond its margin; G's is minus the mean score of fakes."},
	{Name: "wgan-gp", Score: true, D: wganD, G: criticG, Relative: true, Penalty: Penalty{At: Mix, Curve: engine.ToOne},
		Says: "Minus D's loss estimates the Wasserstein distance between fakes and real images; it falls towards 0 as they meet."},
	{Name: "r1", D: bceD, G: bceG, Penalty: Penalty{At: Real, Curve: engine.ToZero},
		Says: "Cross-entropy with a penalty on D's gradient at real images: near 1.39 and 0.69 the game is balanced."},
	{Name: "relativistic", Score: true, D: relativisticD, G: relativisticG, GSeesReal: true, Relative: true,
		Says: "Relativistic average: D judges whether real images look more real than the average fake; 1.39 for both is a draw."},
}

// FindLoss is the named row of Losses.
func FindLoss(name string) (*LossRow, error) {
	var all []string
	for i := range Losses {
		if Losses[i].Name == name {
			return &Losses[i], nil
		}
		all = append(all, Losses[i].Name)
	}
	return nil, fmt.Errorf("there is no loss %q; the losses are %s", name, strings.Join(all, ", "))
}
