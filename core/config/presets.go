package config

import (
	"fmt"
	"strings"

	"ganvas/core/near"
)

// Preset is a named recipe with one honest line on what to expect of it.
type Preset struct {
	Name string `json:"name"`
	Says string `json:"says"`
	make func() Recipe
}

// Recipe is a fresh copy of the preset's recipe.
func (p Preset) Recipe() Recipe { return p.make() }

// Presets is the table of all presets; the page opens with the one named quick.
var Presets = []Preset{
	{"quick", "Small convolutional networks, small batches and high learning rates: first shapes within seconds, clear ones within minutes.", quick},
	{"classic", "The textbook GAN of dense layers: steady and slow, still blurred after ten epochs.", classic},
	{"dcgan", "Convolutions at the textbook learning rate: cleaner strokes, slower to begin.", dcgan},
	{"conditional", "A DCGAN that is told which digit to draw, so that you can ask for one.", conditional},
	{"acgan", "A DCGAN whose discriminator must also name the digit; ask for any.", acgan},
	{"lsgan", "A DCGAN with squared distances instead of cross-entropy: gradients that do not fade.", lsgan},
	{"wgan-gp", "A critic kept smooth by a gradient penalty, five updates for each of the generator: slow, and it does not collapse.", wgangp},
	{"sngan", "Residual networks, a discriminator under spectral norm and the hinge loss, a label by projection: ask for any digit, at several times the cost of a DCGAN.", sngan},
	{"r3gan", "The modern recipe: residual networks without any norm, pairs of real and fake compared, penalties at both, and a schedule for it all; a few times the cost of a DCGAN.", r3gan},
	{"progressive", "Networks that begin at 4×4 pixels and grow to 32×32 while they learn: watch the resolution rise.", progressive},
	{"colour-32", "Pictures in colour of about 32×32 pixels, your own or flowers: a small DCGAN that plays the r3gan game, recognisable within minutes.", colour32},
	{"colour-64", "Pictures in colour of about 64×64 pixels: as colour-32, one doubling deeper; a few times slower.", colour64},
	{"ring-2d", "Points of the plane in eight clumps on a ring: small networks that cover all eight within a minute; with other settings they collapse while you watch.", ring},
	{"points", "Points of the plane in 25 clumps on a grid, or any others: a generator deep enough to jump from clump to clump covers them all within minutes.", points},
}

// FindPreset is the recipe of the named preset.
func FindPreset(name string) (Recipe, error) {
	var all []string
	for _, p := range Presets {
		if p.Name == name {
			return p.make(), nil
		}
		all = append(all, p.Name)
	}
	return Recipe{}, fmt.Errorf("there is no preset %q: the presets are %s%s", name, strings.Join(all, ", "), near.Ask(name, all))
}

// classic is the GAN of the introductory articles: dense layers, LeakyReLU, dropout in the discriminator, binary
// cross-entropy, one Adam each.
func classic() Recipe {
	return Recipe{
		Arch: "mlp", Noise: 100, Generator: []int{256, 512, 1024}, Discriminator: []int{1024, 512, 256}, Norm: "auto",
		Leak: 0.2, Dropout: 0.3, Loss: "bce", Packing: 1, LabelMode: "onehot", Optimizer: "adam", LRG: 2e-4, LRD: 2e-4,
		Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, GPWeight: 10, Schedule: "linear", Anneal: 1, DSteps: 1, GSteps: 1, Batch: 100, Augment: "none", AugmentP: 1, StageImages: 60000, Epochs: 50, Seed: 1, Dataset: "mnist",
	}
}

// convolutional is a DCGAN at 28×28 whose learning rates are five times the usual ones.
func convolutional() Recipe {
	r := classic()
	r.Arch, r.Noise, r.Generator, r.Discriminator, r.Dropout = "dcgan", 64, []int{64, 32}, []int{32, 64}, 0
	r.LRG, r.LRD, r.Beta1, r.Batch, r.Epochs = 1e-3, 1e-3, 0.5, 64, 20
	return r
}

// quick shows digits soonest of all that were tried: half as many feature maps, small batches and twenty times the usual
// rates, with an averaged generator that takes the shaking off.
func quick() Recipe {
	r := convolutional()
	r.Generator, r.Discriminator, r.Batch = []int{32, 16}, []int{16, 32}, 32
	r.LRG, r.LRD, r.EMA = 4e-3, 4e-3, 0.95
	return r
}

// dcgan has the usual rates.
func dcgan() Recipe {
	r := convolutional()
	r.LRG, r.LRD = 2e-4, 2e-4
	return r
}

func conditional() Recipe {
	r := convolutional()
	r.Conditional = true
	return r
}

func acgan() Recipe {
	r := conditional()
	r.LabelMode = "auxiliary"
	return r
}

// lsgan has dcgan's networks: with classic's, D wins and G collapses within three epochs.
func lsgan() Recipe {
	r := dcgan()
	r.Loss, r.LRG, r.LRD = "lsgan", 4e-4, 4e-4
	return r
}

// wgangp has the paper's penalty, betas and number of critic updates.
func wgangp() Recipe {
	r := convolutional()
	r.Loss, r.DSteps, r.Beta1, r.Beta2, r.LRG, r.LRD = "wgan-gp", 5, 0, 0.9, 5e-4, 5e-4
	return r
}

// sngan has the paper's loss, betas and projection, and a faster discriminator in place of its several updates.
func sngan() Recipe {
	r := convolutional()
	r.Arch, r.Generator, r.Discriminator, r.Leak, r.Loss = "sngan", []int{32, 16, 16}, []int{16, 16, 32}, 0, "hinge"
	r.Conditional, r.LabelMode, r.Beta1, r.Beta2, r.LRG, r.LRD, r.EMA = true, "projection", 0, 0.9, 4e-4, 8e-4, 0.99
	return r
}

// r3gan has the paper's loss, betas and schedules, at small width and with higher learning rates and a heavier average for a short run.
func r3gan() Recipe {
	r := convolutional()
	r.Arch, r.Generator, r.Discriminator, r.Loss, r.GPWeight = "r3gan", []int{32, 16, 8}, []int{8, 16, 32}, "r3gan", 5
	r.Beta1, r.Beta2, r.LRG, r.LRD, r.EMA, r.Batch, r.Epochs = 0, 0.9, 2e-3, 2e-3, 0.99, 32, 12
	r.Schedule, r.Anneal, r.LRDecay, r.Beta2End, r.GPDecay, r.EMAEnd = "cosine", 0.8, 0.75, 0.99, 0.9, 0.999
	return r
}

// progressive has the paper's loss with drift, betas, learning rate and averaged generator, at small width.
func progressive() Recipe {
	r := convolutional()
	r.Arch, r.Generator, r.Discriminator, r.Loss, r.Drift = "progressive", []int{64, 64, 32, 16}, []int{16, 32, 64, 64}, "wgan-gp", 1e-3
	r.Beta1, r.Beta2, r.LRG, r.LRD, r.EMA, r.Batch, r.Epochs = 0, 0.99, 1e-3, 1e-3, 0.999, 32, 12
	return r
}

// colour32 is a DCGAN for pictures in colour. Its game, learning rates, widths and depth are those that drew the nearest to real
// flowers soonest (docs/presets.md).
func colour32() Recipe {
	r := convolutional()
	r.Dataset, r.Generator, r.Discriminator = "flowers", []int{64, 48, 24}, []int{24, 48, 64}
	r.Conditional, r.AugmentP = true, 0.5
	r.Loss, r.Beta1, r.Beta2, r.LRG, r.LRD, r.EMA, r.Batch, r.Epochs = "r3gan", 0, 0.99, 2e-3, 2e-3, 0.99, 32, 60
	return r
}

// colour64 is colour32 with one more doubling, and half the maps beside the image.
func colour64() Recipe {
	r := colour32()
	r.Dataset, r.Generator, r.Discriminator = "flowers-64", []int{64, 64, 32, 16}, []int{16, 32, 64, 64}
	return r
}

// ring is dense networks for points of the plane; the penalty at real points keeps the generator from leaving out a mode.
func ring() Recipe {
	r := classic()
	r.Dataset, r.Noise, r.Generator, r.Discriminator, r.Dropout = "ring", 16, []int{64, 64}, []int{64, 64}, 0
	r.LRG, r.LRD, r.Beta1, r.Batch, r.Epochs = 2e-3, 2e-3, 0.5, 256, 100
	r.Loss, r.GPWeight, r.EMA = "r1", 0.1, 0.99
	return r
}

// points is for points in many clumps or narrow ones: five layers make a generator steep enough to put next to nothing between them,
// and rates that fall to zero let its points come to rest.
func points() Recipe {
	r := ring()
	r.Dataset, r.Noise, r.Generator, r.Discriminator = "grid", 2, []int{128, 128, 128, 128, 128}, []int{128, 128, 128}
	r.LRG, r.LRD, r.Beta1, r.Beta2, r.LRDecay, r.Schedule = 1e-3, 1e-3, 0, 0.99, 1, "cosine"
	r.Loss, r.GPWeight, r.Epochs = "r3gan", 0.004, 200
	return r
}
