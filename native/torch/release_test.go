//go:build libtorch

package torch

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/gan"
	"ganvas/core/sample"
)

// Every tensor of a GAN that grows is given back when it is outgrown or released, without the garbage collector's help.
func TestReleaseFreesEveryTensor(t *testing.T) {
	e, err := Open("cpu", 1)
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	owned := func() (n int) {
		e.call(func() { n = len(e.owned) })
		return n
	}
	r, err := config.FindPreset("progressive")
	if err != nil {
		t.Fatal(err)
	}
	r.Generator, r.Discriminator, r.Noise, r.Batch, r.StageImages = []int{5, 4, 3, 2}, []int{2, 3, 4, 5}, 6, 4, 100
	m, err := gan.New(e, r, gan.Data{Sample: sample.Gray(28, 28), Classes: 10})
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.NewSampler(2)
	if err != nil {
		t.Fatal(err)
	}
	noise, images := make([]float32, 4*6), make([]float32, 4*784)
	update := func() {
		m.StepD(gan.DInput{Real: images, Noise: noise, Epsilon: make([]float32, 4)}, 0.001)
		m.StepG(gan.GInput{Noise: noise}, 0.001)
		s.Images(images[:2*784], noise[:2*6], nil)
	}
	update()
	if grew, err := m.Grow(r.StageImages); err != nil || !grew {
		t.Fatal(grew, err)
	}
	update()
	s.Release()
	m.Release()
	if n := owned(); n != 0 {
		t.Errorf("%d tensors are left", n)
	}
	if err := e.Err(); err != nil {
		t.Error(err)
	}
}
