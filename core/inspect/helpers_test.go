package inspect_test

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/inspect"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

const (
	rows    = 3
	side    = 12
	classes = 4
)

// recipes are networks of every kind, small.
var recipes = map[string]map[string]string{
	"dense":               {"generator": "16-24", "discriminator": "24-16"},
	"dense, labels":       {"generator": "16-24", "discriminator": "24-16", "conditional": "true", "ema": "0.9"},
	"dcgan":               {"arch": "dcgan", "generator": "6-5", "discriminator": "4-6"},
	"dcgan, projection":   {"arch": "dcgan", "generator": "6-5", "discriminator": "4-6", "conditional": "true", "label_mode": "projection"},
	"sngan":               {"arch": "sngan", "generator": "4-3-2", "discriminator": "2-3-4", "conditional": "true", "label_mode": "projection", "loss": "hinge"},
	"r3gan":               {"arch": "r3gan", "generator": "4-3-3", "discriminator": "2-3-4", "loss": "r3gan"},
	"dense, spectral":     {"generator": "16-24", "discriminator": "24-16", "norm": "spectral", "conditional": "true"},
	"dcgan, packed":       {"arch": "dcgan", "generator": "6-5", "discriminator": "4-6", "packing": "2", "leak": "0.6"},
	"progressive, fading": {"arch": "progressive", "generator": "8-6-5", "discriminator": "5-6-8", "loss": "wgan-gp", "stage_images": "20"},
}

// made is a GAN of one of the recipes; one that grows is fading its second resolution in.
func made(t *testing.T, name string) *gan.GAN {
	t.Helper()
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	for field, value := range map[string]string{"noise": "8", "batch": "10"} {
		set(t, &r, field, value)
	}
	for field, value := range recipes[name] {
		set(t, &r, field, value)
	}
	m, err := gan.New(cpu.New(nil), r, gan.Data{Sample: sample.Gray(side, side), Classes: classes})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.Grow(28); err != nil {
		t.Fatal(err)
	}
	return m
}

func set(t *testing.T, r *config.Recipe, field, value string) {
	t.Helper()
	if err := r.Set(field, value); err != nil {
		t.Fatal(err)
	}
}

// fakes are samples from noise, with labels where the recipe has any.
func fakes(m *gan.GAN) inspect.Samples {
	s := inspect.Samples{Noise: make([]float32, rows*m.Recipe.Noise)}
	rng.New(2, "noise").Normal(s.Noise)
	if m.Recipe.Conditional {
		s.Labels = []int32{2, 0, 3}
	}
	return s
}

// images are samples as such.
func images(m *gan.GAN) inspect.Samples {
	s := inspect.Samples{Images: make([]float32, rows*side*side), Labels: fakes(m).Labels}
	rng.New(3, "images").Uniform(s.Images, -1, 1)
	return s
}

func glass(t *testing.T, m *gan.GAN) (*inspect.Glass, *inspect.Past) {
	t.Helper()
	past := &inspect.Past{}
	g, err := inspect.New(m, rows, past)
	if err != nil {
		t.Fatal(err)
	}
	return g, past
}
