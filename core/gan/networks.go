package gan

import (
	"fmt"

	"ganvas/core/arch"
	"ganvas/core/config"
)

// Data says what the networks must fit.
type Data = arch.Data

// Build makes both networks' specs, those of the last stage where they grow, and checks that they fit each other, the
// data and the loss.
func Build(r config.Recipe, d Data) (arch.Networks, error) { return build(r, d, r.Plan().Last()) }

// build is Build for a stage of networks that grow.
func build(r config.Recipe, d Data, stage int) (n arch.Networks, err error) {
	if err := r.Validate(); err != nil {
		return n, err
	}
	if r.Conditional && d.Classes < 1 {
		return n, fmt.Errorf("conditional needs labels, and the data set %s has none", r.Dataset)
	}
	return arch.Build(r.Plan(), d, stage)
}
