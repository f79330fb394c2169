package gan_test

import (
	"bytes"
	"math"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/nn"
	"ganvas/core/weights"
)

// TestJudgeTogether: images judged as one batch get what training would give them, and nothing of the network moves.
func TestJudgeTogether(t *testing.T) {
	r, err := config.FindPreset("quick")
	if err != nil {
		t.Fatal(err)
	}
	r.Generator, r.Discriminator = []int{4, 3}, []int{3, 4}
	m, err := gan.New(cpu.New(nil), r, gan.Data{Sample: nn.Shape{C: 1, H: 28, W: 28}, Classes: 10})
	if err != nil {
		t.Fatal(err)
	}
	const rows = 5
	s, err := m.NewSampler(rows)
	if err != nil {
		t.Fatal(err)
	}
	images := normal("images", rows*28*28)
	alone, together := make([]float32, rows), make([]float32, rows)
	before := stateOf(t, m.D)
	s.Judge(alone, images, nil)
	s.JudgeTogether(together, images, nil)
	if !bytes.Equal(before, stateOf(t, m.D)) {
		t.Error("judging changed the discriminator")
	}
	pass, err := m.D.Bind(rows)
	if err != nil {
		t.Fatal(err)
	}
	x := m.Engine.NewArray(rows, 28*28)
	x.Write(images)
	logits := make([]float32, rows)
	pass.Forward(engine.Batch{X: x}, nn.Mode{Train: true, Rows: rows}).Read(logits)
	same := true
	for i, l := range logits {
		if want := 1 / (1 + math.Exp(-float64(l))); math.Abs(float64(together[i])-want) > 1e-6 {
			t.Errorf("image %d: %v, in training %v", i, together[i], want)
		}
		same = same && alone[i] == together[i]
	}
	if same {
		t.Error("images judged one by one get the same")
	}
}

func stateOf(t *testing.T, n engine.Net) []byte {
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
