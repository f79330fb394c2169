// Package loss holds the games that two networks can play: each a row of one table, with what everything else needs to know
// of it. It knows neither networks nor engines.
package loss

import (
	"fmt"
	"strings"

	"ganvas/core/near"
)

// Row is one kind of game: both networks' losses, the penalty on D, and what is true of their values.
type Row struct {
	Name      string   `json:"name"`
	Says      string   `json:"-"` // what the values mean, one sentence for a person
	D, G      Terms    `json:"-"`
	Uses      []string `json:"uses,omitempty"` // the recipe's fields that this loss reads, beside those that every run does
	Penalty   Penalty  `json:"penalty"`        // on D's gradient at its input
	GSeesReal bool     `json:"gSeesReal"`      // G's loss needs D's logits of the last real samples too
	Score     bool     `json:"score"`          // D gives a score of its own scale: its sigmoid is no probability
	Critic    bool     `json:"critic"`         // D only raises scores of real samples and lowers those of fakes, without bound
	Middle    float64  `json:"-"`              // the logit at which D is undecided,
	Relative  bool     `json:"-"`              // or it depends on other samples: only the difference of logits means something
	Draw      float64  `json:"-"`              // D's loss, without the penalty, where it cannot tell; 0 where there is no such value
	Fades     bool     `json:"-"`              // G's gradient fades when D wins
	Centre    bool     `json:"-"`              // 0 is a usual value for G's loss or D's
}

// Rows is the table of all losses, in the order in which they are offered.
var Rows = []Row{
	{Name: "bce", D: bceD, G: bceG, Uses: []string{"label_smoothing"}, Draw: 2 * ln2,
		Says: "Cross-entropy: 1.39 for D and 0.69 for G is a draw; D near 0 means that it has won."},
	{Name: "minimax", D: bceD, G: minimaxG, Uses: []string{"label_smoothing"}, Draw: 2 * ln2, Fades: true,
		Says: "The original game: G's loss is minus D's on fakes, −0.69 at a draw, and its gradient fades when D wins."},
	{Name: "lsgan", D: lsganD, G: lsganG, Score: true, Middle: 0.5, Draw: 0.25,
		Says: "Least squares: 0.25 for D and 0.125 for G is a draw; D at 0 tells all fakes from real ones."},
	{Name: "hinge", D: hingeD, G: criticG, Score: true, Draw: 2, Fades: true, Centre: true,
		Says: "Hinge: D's loss is 2 at a draw and 0 when every score is beyond its margin; G's is minus the mean score of fakes."},
	{Name: "wgan-gp", D: wganD, G: criticG, Uses: []string{"gp_weight", "drift"}, Penalty: Penalty{At: []Where{Mix}, Norm: 1},
		Score: true, Critic: true, Relative: true, Centre: true,
		Says: "Minus D's loss estimates the Wasserstein distance between fakes and real images; it falls towards 0 as they meet."},
	{Name: "r1", D: bceD, G: bceG, Uses: []string{"label_smoothing", "gp_weight"}, Penalty: Penalty{At: []Where{Real}}, Draw: 2 * ln2,
		Says: "Cross-entropy with a penalty on D's gradient at real images: near 1.39 and 0.69 the game is balanced."},
	{Name: "relativistic", D: relativisticD, G: relativisticG, Uses: []string{"label_smoothing"}, GSeesReal: true, Score: true, Relative: true, Draw: 2 * ln2,
		Says: "Relativistic average: D judges whether real images look more real than the average fake; 1.39 for both is a draw."},
	{Name: "r3gan", D: r3ganD, G: r3ganG, Uses: []string{"gp_weight"}, Penalty: Penalty{At: []Where{Real, Fake}}, GSeesReal: true, Score: true, Relative: true, Draw: ln2,
		Says: "Relativistic pairs with penalties at real images and at fakes: D judges whether a real image looks more real than a fake; 0.69 for both is a draw."},
}

// Names are those of all losses, in the table's order.
func Names() []string { return named(func(*Row) bool { return true }) }

// Using are the names of the losses that read that field of the recipe.
func Using(field string) []string {
	return named(func(r *Row) bool {
		for _, f := range r.Uses {
			if f == field {
				return true
			}
		}
		return false
	})
}

func named(is func(*Row) bool) (all []string) {
	for i := range Rows {
		if is(&Rows[i]) {
			all = append(all, Rows[i].Name)
		}
	}
	return all
}

// Find is the named row; a miss says which there are.
func Find(name string) (*Row, error) {
	for i := range Rows {
		if Rows[i].Name == name {
			return &Rows[i], nil
		}
	}
	return nil, fmt.Errorf("there is no loss %q; the losses are %s%s", name, strings.Join(Names(), ", "), near.Ask(name, Names()))
}
