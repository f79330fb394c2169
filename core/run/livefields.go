package run

import (
	"fmt"

	"ganvas/core/config"
)

// Set changes a live field of the recipe while the run goes on.
func (t *Trainer) Set(field, value string) error {
	r := t.GAN.Recipe.Clone()
	if err := r.Set(field, value); err != nil {
		return err
	}
	if !config.Find(field).Live {
		return fmt.Errorf("%s cannot change while the run goes on: restart to apply it", field)
	}
	if (r.EMA > 0) != (t.GAN.Average != nil) {
		return fmt.Errorf("ema cannot be switched on or off while the run goes on: restart to apply it")
	}
	if err := r.Validate(); err != nil {
		return err
	}
	t.GAN.Recipe = r
	return nil
}
