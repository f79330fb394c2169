package arch

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"ganvas/core/net"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

// plan is a small plan of an architecture, as many widths deep.
func plan(name string, depth int) Plan {
	w := slices.Repeat([]int{3}, depth)
	return Plan{Arch: name, Noise: 5, Generator: w, Discriminator: w, Norm: Auto, Leak: 0.2, Loss: "bce", LabelMode: OneHot, Augment: "none"}
}

// made builds a plan's networks of the last stage.
func made(t *testing.T, p Plan, s sample.Shape) Networks {
	t.Helper()
	n, err := Build(p, Data{Sample: s, Classes: 10}, p.Last())
	if err != nil {
		t.Fatalf("%+v for %v: %v", p, s, err)
	}
	return n
}

// Every row makes networks of what it says it takes: any norm and any way of telling labels, of layers that are in the
// table of layers, and refuses every other one in a sentence that says what to take.
func TestRowsTakeWhatTheySay(t *testing.T) {
	for _, row := range Rows {
		if row.Says == "" || row.Widths.Says == "" || len(row.Norms) == 0 || len(row.Labels) == 0 || len(row.Samples) == 0 || !slices.ContainsFunc(builds, func(b builder) bool { return b.name == row.Name }) {
			t.Errorf("%s: its row is not whole", row.Name)
		}
		for _, norm := range NormNames() {
			for _, mode := range LabelModes {
				p := plan(row.Name, row.Widths.Least+1)
				p.Norm, p.LabelMode, p.Conditional = norm, mode, true
				if !slices.Contains(row.Norms, norm) || !slices.Contains(row.Labels, mode) {
					if err := p.Check(); err == nil || !strings.Contains(err.Error(), ": take ") {
						t.Errorf("%s with norm %s and %s: %v", row.Name, norm, mode, err)
					}
					continue
				}
				n := made(t, p, sample.Shape{Channels: 3, Height: 16, Width: 16})
				for _, l := range slices.Concat(n.G.Layers, n.D.Layers) {
					if kinds := net.Kinds(l); len(kinds) == 0 || kinds[0] == "" {
						t.Errorf("%s with norm %s has a layer %T of no known kind", row.Name, norm, l)
					}
				}
			}
		}
		least := plan(row.Name, row.Widths.Least)
		least.Generator = least.Generator[1:]
		if err := least.Check(); err == nil || !strings.Contains(err.Error(), row.Widths.Says) {
			t.Errorf("%s with fewer widths than it takes: %v", row.Name, err)
		}
	}
	for _, kind := range []sample.Kind{sample.Picture, sample.Point} {
		if len(Making(kind)) == 0 {
			t.Errorf("no architecture makes a %s", kind)
		}
	}
}

// A norm that is not the architecture's own changes the networks: a row without an operation would go unnoticed.
func TestNormsDoSomething(t *testing.T) {
	seen := map[string]string{}
	for _, norm := range Norms[1:] {
		p := plan("mlp", 3)
		p.Norm = norm.Name
		n := made(t, p, sample.Gray(4, 4))
		layers := fmt.Sprintf("%#v", n.D.Layers)
		if same := seen[layers]; same != "" {
			t.Errorf("norm %s gives the same discriminator as %s", norm.Name, same)
		}
		seen[layers] = norm.Name
	}
}

// Each further width is one more doubling and one more halving, for sides that are multiples accordingly and need not be
// equal.
func TestDepth(t *testing.T) {
	for _, c := range []struct {
		name         string
		depth, start int // the side that the generator begins with, for pictures of 32 rows
	}{{"dcgan", 1, 16}, {"dcgan", 2, 8}, {"dcgan", 3, 4}, {"dcgan", 5, 1}, {"sngan", 2, 16}, {"sngan", 3, 8}, {"sngan", 6, 1}} {
		n := made(t, plan(c.name, c.depth), sample.Shape{Channels: 3, Height: 32, Width: 96})
		for _, l := range n.G.Layers {
			if r, ok := l.(net.Reshape); ok && r.To != (net.Shape{C: 3, H: c.start, W: 3 * c.start}) {
				t.Errorf("%s of %d widths begins with %v", c.name, c.depth, r.To)
			}
		}
		convs := 0
		for _, l := range n.D.Layers {
			switch l.(type) {
			case net.Conv2d, net.Residual:
				convs++
			}
		}
		if convs != c.depth {
			t.Errorf("%s of %d widths has a discriminator of %d blocks", c.name, c.depth, convs)
		}
	}
	for _, c := range []struct {
		name string
		g, d int
		says string
	}{
		{"dcgan", 3, 2, "36×28 cannot be: take fewer widths, or sides that are multiples of 8"}, {"dcgan", 2, 4, "multiples of 16"},
		{"sngan", 4, 3, "multiples of 8"}, {"sngan", 3, 4, "multiples of 8"},
	} {
		p := plan(c.name, 1)
		p.Generator, p.Discriminator = slices.Repeat([]int{2}, c.g), slices.Repeat([]int{2}, c.d)
		if _, err := Build(p, Data{Sample: sample.Gray(28, 36)}, 0); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s of %d and %d widths: %v", c.name, c.g, c.d, err)
		}
	}
}

// A loss that looks at each sample's own gradient goes with no norm that mixes them.
func TestPenaltiesGoWithoutMixing(t *testing.T) {
	for _, row := range Rows {
		p := plan(row.Name, row.Widths.Least)
		p.Loss, p.Norm = "wgan-gp", "batch"
		if err := p.Check(); err == nil || slices.Contains(row.Norms, "batch") && !strings.HasSuffix(err.Error(), "take norm auto, none, layer or spectral") {
			t.Errorf("%s: %v", row.Name, err)
		}
	}
}

// Networks of r3gan fit pictures of every usual size, and begin with blocks that add nothing.
func TestR3GANBeginsSteady(t *testing.T) {
	for _, s := range []sample.Shape{sample.Gray(8, 8), {Channels: 3, Height: 32, Width: 16}, {Channels: 4, Height: 128, Width: 128}} {
		p := plan("r3gan", 2)
		p.Loss, p.Conditional, p.LabelMode = "r3gan", true, Projection
		p.Generator, p.Discriminator = p.Fitted(s)
		n := made(t, p, s)
		for _, spec := range []net.Spec{n.G, n.D} {
			params, err := spec.Params()
			if err != nil {
				t.Fatal(err)
			}
			blocks := 0
			for _, w := range params {
				values := make([]float32, w.Size())
				w.Init(values, rng.New(1, w.Name))
				still := !slices.ContainsFunc(values, func(v float32) bool { return v != 0 })
				last := strings.HasSuffix(w.Name, "main.4.weight")
				if last {
					blocks++
				}
				if strings.HasSuffix(w.Name, "weight") && still != last {
					t.Errorf("%v: %s of the %s begins at zero: %v", s, w.Name, spec.Name, still)
				}
			}
			if blocks != len(p.Generator) {
				t.Errorf("%v: the %s has %d blocks for %d widths", s, spec.Name, blocks, len(p.Generator))
			}
		}
	}
}
