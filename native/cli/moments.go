package cli

import (
	"fmt"
	"os"
	"path/filepath"

	"ganvas/core/train"
)

const (
	momentsFolder = "moments"
	tapeMoments   = 24 // after the beginning, which follows from the seed
)

// moments makes the folder for the generator along the run, and says at which steps it is still to be kept.
func (c *trainCmd) moments(t *train.Trainer) (due []int, err error) {
	if err := os.MkdirAll(filepath.Join(c.Out, momentsFolder), 0o777); err != nil {
		return nil, fmt.Errorf("the folder for the run's moments cannot be made: %w", plainly(err))
	}
	for _, step := range train.Moments(t.GAN.Recipe.Epochs*t.StepsPerEpoch(), tapeMoments) {
		if step > t.Steps() {
			due = append(due, step)
		}
	}
	return due, nil
}

func momentName(step int) string { return fmt.Sprintf("step-%07d.safetensors", step) }

// keepMoment writes the generator as it is, where a moment of the run is reached.
func (r *run) keepMoment() error {
	if len(r.due) == 0 || r.t.Steps() < r.due[0] {
		return nil
	}
	r.due = r.due[1:]
	f, err := train.GeneratorFile(r.t.GAN, r.t.Steps(), r.t.Images())
	if err != nil {
		return err
	}
	return writeWeights(filepath.Join(r.Out, momentsFolder, momentName(r.t.Steps())), f)
}
