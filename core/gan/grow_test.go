package gan_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

func growing(t *testing.T) (*gan.GAN, config.Recipe) {
	t.Helper()
	r, err := config.FindPreset("progressive")
	if err != nil {
		t.Fatal(err)
	}
	r.Generator, r.Discriminator, r.Noise, r.Batch, r.StageImages = []int{5, 4, 3, 2}, []int{2, 3, 4, 5}, 6, 4, 100
	m, err := gan.New(cpu.New(nil), r, gan.Data{Sample: sample.Gray(28, 28), Classes: 10})
	if err != nil {
		t.Fatal(err)
	}
	return m, r
}

func normal(name string, n int) []float32 {
	v := make([]float32, n)
	rng.New(5, name).Normal(v)
	return v
}

// fakes is what a sampler shows of fixed noise.
func fakes(s *gan.Sampler, noise []float32) []float32 {
	images := make([]float32, s.Rows()*784)
	s.Images(images, noise, nil)
	return images
}

// Where a run of 100 images a phase is: the resolution, and how far it has faded in.
func TestGrowthFollowsTheImages(t *testing.T) {
	m, _ := growing(t)
	for _, c := range []struct {
		images, side int
		alpha        float64
	}{{0, 4, 1}, {99, 4, 1}, {100, 8, 0}, {150, 8, 0.5}, {200, 8, 1}, {299, 8, 1}, {300, 16, 0}, {425, 16, 1}, {500, 32, 0}, {599, 32, 0.99}, {700, 32, 1}, {1e6, 32, 1}} {
		if _, err := m.Grow(c.images); err != nil {
			t.Fatal(err)
		}
		if m.Side() != c.side || math.Abs(m.FadeIn()-c.alpha) > 1e-6 {
			t.Errorf("after %d images: %d pixels, faded in %v; want %d and %v", c.images, m.Side(), m.FadeIn(), c.side, c.alpha)
		}
	}
}

// A new resolution begins with exactly the pictures, and exactly the verdicts, of the last one; halfway it does not.
func TestGrowingChangesNothingAtFirst(t *testing.T) {
	m, r := growing(t)
	s, err := m.NewSampler(3)
	if err != nil {
		t.Fatal(err)
	}
	noise, real := normal("noise", 3*r.Noise), make([]float32, 3*784)
	rng.New(6, "pictures").Uniform(real, -1, 1)
	for _, stage := range []int{100, 300, 500} {
		before := fakes(s, noise)
		verdicts := slices.Clone(s.Logits(before, nil))
		optimizer, _ := m.OptG.State()
		grew, err := m.Grow(stage)
		if err != nil || !grew {
			t.Fatalf("after %d images: grew %v, %v", stage, grew, err)
		}
		if after := fakes(s, noise); !slices.Equal(after, before) {
			t.Errorf("the pictures after %d images are others than before", stage)
		}
		for i, v := range s.Logits(before, nil) {
			if math.Abs(v-verdicts[i]) > 1e-5*(1+math.Abs(v)) {
				t.Errorf("after %d images picture %d has the logit %v, before %v", stage, i, v, verdicts[i])
			}
		}
		if state, _ := m.OptG.State(); len(state) <= len(optimizer) {
			t.Errorf("the optimizer of the larger generator has %d tensors, that of the smaller %d", len(state), len(optimizer))
		}
		if _, err := m.Grow(stage + 50); err != nil {
			t.Fatal(err)
		}
		if half := fakes(s, noise); slices.Equal(half, before) {
			t.Errorf("after %d images the new resolution does not show", stage+50)
		}
		if _, err := m.Grow(stage + 150); err != nil {
			t.Fatal(err)
		}
	}
}

// Pictures have no finer detail than the resolution that is reached, in the middle, where the frame cuts none.
func TestResolutionShows(t *testing.T) {
	m, r := growing(t)
	s, err := m.NewSampler(2)
	if err != nil {
		t.Fatal(err)
	}
	for images, side := range map[int]int{0: 4, 250: 8, 450: 16} {
		if _, err := m.Grow(images); err != nil {
			t.Fatal(err)
		}
		pixel := 32 / side
		p := fakes(s, normal("noise", 2*r.Noise))
		for y := range 28 {
			for x := range 28 {
				firstY, firstX := max(0, (y+2)/pixel*pixel-2), max(0, (x+2)/pixel*pixel-2)
				if p[y*28+x] != p[firstY*28+firstX] {
					t.Fatalf("at %d×%d, pixel (%d, %d) differs from its square's first", side, side, x, y)
				}
			}
		}
	}
}

func TestImpossibleGrowthIsRefused(t *testing.T) {
	_, r := growing(t)
	for name, c := range map[string]struct {
		change func(*config.Recipe)
		sample sample.Shape
		says   string
	}{
		"too many stages": {func(r *config.Recipe) {
			r.Generator, r.Discriminator = []int{2, 2, 2, 2, 2}, []int{2, 2, 2, 2, 2}
		}, sample.Gray(28, 28), "fewer widths"},
		"unequal stages": {func(r *config.Recipe) { r.Generator = []int{2, 2} }, sample.Gray(28, 28), "as many"},
		"points":         {func(r *config.Recipe) {}, sample.Plane, "power of two"},
		"BatchNorm":      {func(r *config.Recipe) { r.Norm = "spectral" }, sample.Gray(28, 28), "take norm auto"},
	} {
		r := r.Clone()
		c.change(&r)
		if _, err := gan.New(cpu.New(nil), r, gan.Data{Sample: c.sample, Classes: 10}); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
