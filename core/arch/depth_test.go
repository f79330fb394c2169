package arch

import (
	"slices"
	"testing"

	"ganvas/core/sample"
)

// Widths become as deep as a shape needs, and every architecture then builds for it: more of them on the side of the noise, or
// fewer.
func TestDepthFollowsTheShape(t *testing.T) {
	for _, c := range []struct {
		arch      string
		h, w      int
		widths    []int
		generator []int
	}{
		{"dcgan", 28, 28, []int{64, 32}, []int{64, 32}},
		{"dcgan", 32, 32, []int{64, 32}, []int{128, 64, 32}},
		{"dcgan", 64, 64, []int{32, 16}, []int{64, 64, 32, 16}},
		{"dcgan", 128, 128, []int{64, 48, 24}, []int{96, 96, 64, 48, 24}},
		{"dcgan", 28, 28, []int{64, 48, 24}, []int{48, 24}},
		{"dcgan", 48, 32, []int{20}, []int{80, 40, 20}},
		{"dcgan", 12, 40, []int{64, 48, 24}, []int{24}},
		{"sngan", 32, 32, []int{32, 16, 16}, []int{64, 32, 16, 16}},
		{"sngan", 28, 28, []int{32, 16, 16}, []int{32, 16, 16}},
		{"progressive", 28, 28, []int{64, 64, 32, 16}, []int{64, 64, 32, 16}},
		{"progressive", 64, 64, []int{64, 64, 32, 16}, []int{64, 64, 64, 32, 16}},
		{"mlp", 64, 64, []int{256, 512}, []int{256, 512}},
	} {
		p := plan(c.arch, 1)
		p.Generator, p.Discriminator = c.widths, slices.Clone(c.widths)
		slices.Reverse(p.Discriminator)
		shape := sample.Shape{Channels: 3, Height: c.h, Width: c.w}
		p.Generator, p.Discriminator = p.Fitted(shape)
		mirrored := slices.Clone(p.Discriminator)
		slices.Reverse(mirrored)
		if !slices.Equal(p.Generator, c.generator) || !slices.Equal(mirrored, c.generator) {
			t.Errorf("%s at %v: %v and %v, want %v", c.arch, shape, p.Generator, p.Discriminator, c.generator)
			continue
		}
		made(t, p, shape)
	}
	p := plan("dcgan", 2)
	if g, _ := p.Fitted(sample.Plane); !slices.Equal(g, p.Generator) {
		t.Errorf("for points: %v", g)
	}
}
