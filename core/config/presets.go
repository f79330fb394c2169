package config

import (
	"fmt"
	"strings"
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
	{"quick", "Small convolutional networks at high learning rates: digits within the first minutes.", quick},
	{"classic", "The textbook GAN of dense layers: steady and slow, blurred digits after ten epochs.", classic},
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
	return Recipe{}, fmt.Errorf("there is no preset %q; the presets are %s", name, strings.Join(all, ", "))
}

// classic is the GAN of the introductory articles: dense layers, LeakyReLU, dropout in the discriminator, binary
// cross-entropy, one Adam each.
func classic() Recipe {
	return Recipe{
		Arch: "mlp", Noise: 100, Generator: []int{256, 512, 1024}, Discriminator: []int{1024, 512, 256}, Norm: "auto",
		Leak: 0.2, Dropout: 0.3, Loss: "bce", LabelMode: "onehot", Optimizer: "adam", LRG: 2e-4, LRD: 2e-4,
		Beta1: 0.9, Beta2: 0.999, Eps: 1e-8, GPWeight: 10, DSteps: 1, GSteps: 1, Batch: 100, Augment: "none",
		StageImages: 120000, Epochs: 50, Seed: 1, Dataset: "mnist",
	}
}

// quick shows digits soonest: a DCGAN at 28×28 whose learning rates are five times the usual ones.
func quick() Recipe {
	r := classic()
	r.Arch, r.Noise, r.Generator, r.Discriminator, r.Dropout = "dcgan", 64, []int{64, 32}, []int{32, 64}, 0
	r.LRG, r.LRD, r.Beta1, r.Batch, r.Epochs = 1e-3, 1e-3, 0.5, 64, 20
	return r
}
