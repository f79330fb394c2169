package gan_test

import (
	"bytes"
	"math"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/sample"
	"ganvas/core/weights"
)

// What D says of an image depends on that image alone and on the batch that verdicts refer to, however many are asked
// about; nothing of the network moves, and what has been learned since counts at once.
func TestAVerdictIsASamplesOwn(t *testing.T) {
	for _, preset := range []string{"quick", "progressive", "classic"} {
		t.Run(preset, func(t *testing.T) {
			r, err := config.FindPreset(preset)
			if err != nil {
				t.Fatal(err)
			}
			r.Batch = 4
			switch r.Arch {
			case "dcgan":
				r.Generator, r.Discriminator = []int{4, 3}, []int{3, 4}
			case "progressive":
				r.Generator, r.Discriminator = []int{4, 3}, []int{3, 4}
			default:
				r.Generator, r.Discriminator = []int{8}, []int{8}
			}
			m, err := gan.New(cpu.New(nil), r, gan.Data{Sample: sample.Gray(28, 28), Classes: 10})
			if err != nil {
				t.Fatal(err)
			}
			const rows, size = 5, 28 * 28
			all, err := m.NewSampler(rows)
			if err != nil {
				t.Fatal(err)
			}
			one, err := m.NewSampler(1)
			if err != nil {
				t.Fatal(err)
			}
			images, noise := normal("images", rows*size), normal("noise", 3*r.Noise)
			before := stateOf(t, m.D)
			if err := m.Refer(noise, nil, normal("reals", 3*size), nil); err != nil {
				t.Fatal(err)
			}
			together := append([]float64(nil), all.Logits(images, nil)...)
			for i, want := range together {
				if got := one.Logits(images[i*size:][:size], nil)[0]; near(got, want) > 1e-5 {
					t.Errorf("image %d alone gets %v, among others %v", i, got, want)
				}
			}
			if !bytes.Equal(before, stateOf(t, m.D)) {
				t.Error("judging changed the discriminator")
			}
			m.StepD(gan.DInput{Real: normal("batch", 4*size), Noise: normal("more noise", 4*r.Noise), Epsilon: make([]float32, 4), Seed: 1}, 0.01)
			learned := all.Logits(images, nil)[0]
			if near(learned, together[0]) < 1e-5 {
				t.Error("what D has learned changes nothing")
			}
			if got := one.Logits(images[:size], nil)[0]; near(got, learned) > 1e-5 {
				t.Errorf("after a step an image alone gets %v, among others %v", got, learned)
			}
		})
	}
}

func near(a, b float64) float64 { return max(a-b, b-a) / (1 + max(a, -a)) }

func stateOf(t *testing.T, n interface {
	State() ([]weights.Tensor, error)
}) []byte {
	t.Helper()
	state, err := n.State()
	if err != nil {
		t.Fatal(err)
	}
	b, err := (&weights.File{Tensors: state}).Encode()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Where the networks grow, verdicts go on with the new ones.
func TestVerdictsFollowGrowth(t *testing.T) {
	r, err := config.FindPreset("progressive")
	if err != nil {
		t.Fatal(err)
	}
	r.Generator, r.Discriminator, r.Batch, r.StageImages = []int{4, 3}, []int{3, 4}, 4, 10
	m, err := gan.New(cpu.New(nil), r, gan.Data{Sample: sample.Gray(28, 28), Classes: 10})
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.NewSampler(2)
	if err != nil {
		t.Fatal(err)
	}
	const size = 28 * 28
	if err := m.Refer(normal("noise", 3*r.Noise), nil, normal("reals", 3*size), nil); err != nil {
		t.Fatal(err)
	}
	images := normal("images", 2*size)
	before := append([]float64(nil), s.Logits(images, nil)...)
	for _, seen := range []int{12, 35} {
		if _, err := m.Grow(seen); err != nil {
			t.Fatal(err)
		}
		now := s.Logits(images, nil)
		if now[0] == before[0] || math.IsNaN(now[0]) || math.IsNaN(now[1]) {
			t.Errorf("after %d images the verdicts are %v, and were %v", seen, now, before)
		}
	}
}
