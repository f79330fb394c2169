package config

import (
	"ganvas/core/data"
	"ganvas/core/loss"
)

// The values that choice fields take. What each one does is a row in the table of the package that does it; tests hold
// the two against each other.
var (
	Archs      = []string{"mlp", "dcgan", "sngan", "progressive"}
	Losses     = loss.Names()
	Norms      = []string{"auto", "none", "batch", "layer", "spectral"}
	LabelModes = []string{"onehot", "auxiliary", "projection"}
	Optimizers = []string{"adam", "rmsprop", "sgd"}
	Datasets   = data.Names()
	Augments   = []string{"none", "translation", "cutout", "light", "all"}
)

// MaxWeights bounds the size of one network: 64 Mi weights are 1 GiB with gradients and Adam's two moments.
const MaxWeights = 64 << 20

// rules are the demands that fields make on each other: each says in one sentence what is wrong, or nothing.
var rules = []func(r *Recipe) string{
	func(r *Recipe) string {
		switch {
		case !Points(r.Dataset):
			return ""
		case r.Arch != "mlp":
			return "dataset " + r.Dataset + " holds points of the plane, and arch " + r.Arch + " makes pictures: take arch mlp"
		case r.Conditional:
			return "dataset " + r.Dataset + " has no labels: take conditional false"
		case r.Augment != "none":
			return "dataset " + r.Dataset + " holds points, and augment moves and lights pictures: take augment none"
		}
		return ""
	},
	func(r *Recipe) string {
		if r.Arch == "sngan" && (len(r.Generator) < 2 || len(r.Discriminator) < 2) {
			return "arch sngan takes at least two feature-map widths for each network, such as generator 64-32-32 and discriminator 32-64-64"
		}
		if r.Arch == "sngan" && (r.Norm == "batch" || r.Norm == "layer") {
			return "arch sngan's discriminator has spectral norm or none: take norm auto, spectral or none"
		}
		return ""
	},
	func(r *Recipe) string {
		if r.Arch == "progressive" && (len(r.Generator) != len(r.Discriminator) || len(r.Generator) > 8) {
			return "arch progressive takes a width for each resolution, as many for the generator as for the discriminator, such as 64-64-32-16 and 16-32-64-64"
		}
		if r.Arch == "progressive" && (r.Norm != "auto" || r.LabelMode == "projection") {
			return "arch progressive has its own norms and no projection: take norm auto and label_mode onehot or auxiliary"
		}
		return ""
	},
	func(r *Recipe) string {
		if r.LabelMode != "onehot" && !r.Conditional {
			return "label_mode " + r.LabelMode + " needs conditional true"
		}
		return ""
	},
	func(r *Recipe) string {
		if row, err := loss.Find(r.Loss); err == nil && row.Penalty.Asked() && r.Norm == "batch" {
			return "loss " + r.Loss + " looks at each image's own gradient, which norm batch mixes with the others': take norm auto, none, layer or spectral"
		}
		return ""
	},
	func(r *Recipe) string {
		if r.Arch == "mlp" && mlpWeights(r) > MaxWeights {
			return "the widths give a network of more than 64 million weights: make generator or discriminator narrower"
		}
		return ""
	},
}

// Points reports whether a data set holds points of the plane instead of pictures.
func Points(dataset string) bool {
	return data.IsKind(dataset, data.Dots)
}

// mlpWeights counts the weights of the larger of the two dense networks, as far as the data set's name says how large its
// samples are; those of somebody's own count when the networks are built.
func mlpWeights(r *Recipe) int {
	count := func(sizes ...int) (n int) {
		for i := 1; i < len(sizes); i++ {
			n += (sizes[i-1] + 1) * sizes[i]
		}
		return n
	}
	size := 1
	if known := data.Find(r.Dataset); known != nil {
		size = max(1, known.Sample.Size())
	}
	g := append([]int{r.Noise}, r.Generator...)
	d := append([]int{size}, r.Discriminator...)
	return max(count(append(g, size)...), count(append(d, 1)...))
}
