package config

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/core/arch"
	"ganvas/core/data"
	"ganvas/core/loss"
	"ganvas/core/sample"
)

// The values that choice fields take. What each one does is a row in the table of the package that does it; tests hold
// the two against each other.
var (
	Archs      = arch.Names()
	Losses     = loss.Names()
	Norms      = arch.NormNames()
	LabelModes = arch.LabelModes
	Optimizers = []string{"adam", "rmsprop", "sgd"}
	Datasets   = data.Names()
	Augments   = []string{"none", "translation", "cutout", "light", "all"}
)

// rules are the demands that fields make on each other: each says in one sentence what is wrong, or nothing.
var rules = []func(r *Recipe) string{
	func(r *Recipe) string {
		switch {
		case !Points(r.Dataset):
			return ""
		case !slices.Contains(arch.Making(sample.Point), r.Arch):
			return "dataset " + r.Dataset + " holds points of the plane, and arch " + r.Arch + " makes pictures: take arch " + strings.Join(arch.Making(sample.Point), " or ")
		case r.Conditional:
			return "dataset " + r.Dataset + " has no labels: take conditional false"
		case r.Augment != "none":
			return "dataset " + r.Dataset + " holds points, and augment moves and lights pictures: take augment none"
		}
		return ""
	},
	func(r *Recipe) string {
		if r.Batch%r.Packing != 0 {
			return fmt.Sprintf("packing %d needs batches that are multiples of %d, and batch is %d: take batch %d", r.Packing, r.Packing, r.Batch, r.Packing*max(1, r.Batch/r.Packing))
		}
		return ""
	},
	func(r *Recipe) string {
		if r.WarmUp+r.Hold >= r.Anneal {
			return fmt.Sprintf("warm_up %g and hold %g leave nothing of the run until anneal %g: take a larger anneal, or less of the others", r.WarmUp, r.Hold, r.Anneal)
		}
		return ""
	},
	func(r *Recipe) string {
		game, err := loss.Find(r.Loss)
		if err != nil {
			return err.Error()
		}
		for _, own := range []struct {
			field  string
			weight float64
			at     loss.Where
		}{{"r1_weight", r.R1Weight, loss.Real}, {"r2_weight", r.R2Weight, loss.Fake}} {
			if own.weight > 0 && game.Penalty.Norm == 0 && game.Penalty.Looks(own.at) {
				return "loss " + r.Loss + " has this penalty already, and its weight is gp_weight: take " + own.field + " 0"
			}
		}
		return ""
	},
	func(r *Recipe) string {
		if err := r.Plan().Check(); err != nil {
			return err.Error()
		}
		return ""
	},
}

// Points reports whether a data set holds points of the plane instead of pictures.
func Points(dataset string) bool {
	return data.IsKind(dataset, data.Dots)
}

// Plan is what the recipe says of its networks.
func (r Recipe) Plan() arch.Plan {
	return arch.Plan{
		Arch: r.Arch, Noise: r.Noise, Generator: r.Generator, Layers: r.Layers, Discriminator: r.Discriminator, Norm: r.Norm, Leak: r.Leak,
		Dropout: r.Dropout, InstanceNoise: r.InstanceNoise, Loss: r.Loss, Packing: r.Packing, Penalized: r.R1Weight > 0 || r.R2Weight > 0, Conditional: r.Conditional, LabelMode: r.LabelMode, Augment: r.Augment, AugmentP: r.AugmentP,
	}
}
