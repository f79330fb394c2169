package gan_test

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/sample"
)

// waiting counts how often a step waits for the engine's numbers.
type waiting struct {
	*cpu.Engine
	times int
}

func (w *waiting) Read(all []engine.Reading) {
	w.times++
	w.Engine.Read(all)
}

// An update waits for logits once, however many passes they come from.
func TestUpdatesWaitOnce(t *testing.T) {
	r, err := config.FindPreset("classic")
	if err != nil {
		t.Fatal(err)
	}
	r.Loss, r.Batch, r.Noise, r.Generator, r.Discriminator = "relativistic", 4, 3, []int{5}, []int{5}
	e := &waiting{Engine: cpu.New(nil)}
	m, err := gan.New(e, r, gan.Data{Sample: sample.Gray(4, 4)})
	if err != nil {
		t.Fatal(err)
	}
	noise := make([]float32, 4*3)
	m.StepD(gan.DInput{Real: make([]float32, 4*16), Noise: noise}, 0.001)
	if e.times != 1 {
		t.Errorf("D's update waits %d times", e.times)
	}
	m.StepG(gan.GInput{Noise: noise}, 0.001)
	if e.times != 2 {
		t.Errorf("G's update waits %d times", e.times-1)
	}
}
