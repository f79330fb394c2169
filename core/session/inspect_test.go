package session_test

import (
	"bytes"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/run/runtest"
	"ganvas/core/sample"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// looks are questions of every kind about a run's inside.
func looks(p *page, layers func(session.Command)) {
	p.t.Helper()
	for _, of := range []string{"fake", "real"} {
		e := p.must(&session.Inspect{Of: of, Index: 1})
		in := e.Data.(*wire.Inspection)
		for network, all := range map[string][]wire.Layer{"generator": in.Generator, "discriminator": in.Discriminator} {
			for _, l := range all {
				layers(&session.Inspect{Network: network, Layer: l.Name, Of: of, Index: 2, Pixel: []int{0, 0, 0}, Flow: true})
			}
		}
		layers(&session.Wish{Of: of})
		layers(&session.Wish{Of: of, Index: 3, Steps: 5})
	}
}

// A run that is looked into from all sides, between its steps and while it trains, ends bit for bit as one that is not,
// alone and shared; alone also as a trainer ends that knows nothing of looking.
func TestLookingLeavesNoTrace(t *testing.T) {
	for name, fields := range map[string]map[string]any{
		"dropout, averaged": {"ema": 0.9},
		"batch norm":        {"arch": "dcgan", "generator": "4-3", "discriminator": "3-4", "conditional": true},
		"spectral norm": {"arch": "sngan", "generator": "4-3-2", "discriminator": "2-3-4", "conditional": true,
			"label_mode": "projection", "loss": "hinge"},
		"growing": {"arch": "progressive", "generator": "8-6-5", "discriminator": "5-6-8", "loss": "wgan-gp", "stage_images": 20, "ema": 0.9},
	} {
		t.Run(name, func(t *testing.T) {
			set := runtest.Patterns(t, 100, 12)
			for _, members := range []int{1, 2} {
				run := func(look bool) []byte {
					p := newPage(t, members, set)
					p.must(&session.Start{Choice: session.Choice{Recipe: with(fields)}, Paused: true})
					for step := 1; step <= 4; step++ {
						p.must(&session.Step{N: 1})
						p.paused(step)
						if look {
							looks(p, func(c session.Command) { p.must(c) })
						}
					}
					p.must(&session.Step{N: 8})
					if look {
						looks(p, func(c session.Command) { p.commands <- session.Message{Command: c} })
						for p.must(&session.Inspect{Of: "fake"}).Step < 12 { // that it pauses may have been told among the answers
						}
					} else {
						p.paused(12)
					}
					return p.must(&session.Save{}).Bytes
				}
				plain, looked := run(false), run(true)
				if !bytes.Equal(plain, looked) {
					t.Errorf("%d programs: looking has changed the run, the weights by %v", members, apart(t, plain, looked))
				}
				if members > 1 {
					continue
				}
				r, err := config.FindPreset("classic")
				if err != nil {
					t.Fatal(err)
				}
				for field, v := range with(fields) {
					if err := r.Set(field, fmt.Sprint(v)); err != nil {
						t.Fatal(err)
					}
				}
				tr := runtest.Trainer(t, r, set)
				runtest.Steps(t, tr, 12)
				if !bytes.Equal(runtest.Encoded(t, tr), plain) {
					t.Error("a session's run is not that of its trainer alone")
				}
			}
		})
	}
}

// What a session answers is about the step that it is at, the sample and its label.
func TestInspectAndWish(t *testing.T) {
	p := newPage(t, 1, runtest.Patterns(t, 100, 12))
	for _, c := range []session.Command{&session.Inspect{}, &session.Wish{}} {
		if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), "no run") {
			t.Errorf("without a run %s is answered by %v", session.Name(c), err)
		}
	}
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"conditional": true})}, Paused: true})
	before := p.must(&session.Inspect{}).Data.(*wire.Inspection)
	if before.Past != nil || before.Step != 0 || before.Of != "fake" {
		t.Errorf("before the first step: %+v", before)
	}
	p.must(&session.Step{N: 3})
	sheet := p.wait(func(e wire.Event) bool { return e.Type == wire.Sampled && e.Step == 3 })
	in := p.must(&session.Inspect{Network: "generator", Of: "fake", Index: 5}).Data.(*wire.Inspection)
	if in.Step != 3 || in.Index != 5 || in.Label == nil || *in.Label != 5 || in.Past == nil || len(in.Past.Steps) == 0 {
		t.Errorf("%+v", in)
	}
	if off := in.Verdict - sheet.Sheet.FakeScores[5]; off > 1e-5 || off < -1e-5 {
		t.Errorf("D says %v of the fake here and %v in the sheet", in.Verdict, sheet.Sheet.FakeScores[5])
	}
	e := p.must(&session.Wish{Of: "fake"})
	w := e.Data.(*wire.Wishes)
	if w.Count != 8 || w.Sample != sample.Gray(12, 12) || !bytes.Equal(e.Bytes[:8*144], sheet.Bytes[:8*144]) {
		t.Errorf("%d wishes of %v, not for the fakes that are shown", w.Count, w.Sample)
	}
	image := make([]byte, 144)
	image[7] = 255
	given := p.must(&session.Wish{Image: image, Digit: 4, Steps: 6})
	if way := given.Data.(*wire.Wishes); !bytes.Equal(given.Bytes[:144], image) || !(way.Scores[way.Count-1] > way.Scores[0]) {
		t.Errorf("an image of one's own goes from verdict %v on", way.Scores)
	}
	for says, c := range map[string]session.Command{
		"of":      &session.Wish{Of: "dream"},
		"144":     &session.Wish{Image: make([]byte, 3), Steps: 1},
		"digit":   &session.Wish{Image: image, Digit: 12, Steps: 1},
		"steps":   &session.Wish{Steps: 1000},
		"index":   &session.Inspect{Index: 8},
		"network": &session.Inspect{Network: "critic"},
	} {
		if _, err := p.ask(c); err == nil || !strings.Contains(err.Error(), says) && !strings.Contains(err.Error(), strings.ToUpper(says[:1])+says[1:]) {
			t.Errorf("%+v is answered by %v, which does not name %q", c, err, says)
		}
	}
}

// Asked for, an inspection tells how large the last updates' gradients were at every layer with weights: within what its histogram of them reaches over,
// and nothing before the first update.
func TestFlow(t *testing.T) {
	p := newPage(t, 1, runtest.Patterns(t, 100, 12))
	p.must(&session.Start{Choice: session.Choice{Recipe: with(map[string]any{"ema": 0.9})}, Paused: true})
	flow := func() *wire.Flow { return p.must(&session.Inspect{Flow: true}).Data.(*wire.Inspection).Flow }
	if f := flow(); slices.Max(f.Generator) != 0 || slices.Max(f.Discriminator) != 0 {
		t.Errorf("before the first update there are gradients: %+v", f)
	}
	p.must(&session.Step{N: 1})
	p.paused(1)
	in, f := p.must(&session.Inspect{}).Data.(*wire.Inspection), flow()
	if in.Flow != nil {
		t.Error("the gradients' sizes come unasked")
	}
	for network, sizes := range map[string][]float32{"generator": f.Generator, "discriminator": f.Discriminator} {
		layers := map[string][]wire.Layer{"generator": in.Generator, "discriminator": in.Discriminator}[network]
		if len(sizes) != len(layers) {
			t.Fatalf("%d sizes are those of %d layers", len(sizes), len(layers))
		}
		for i, l := range layers {
			if l.Weight == nil {
				if sizes[i] != 0 {
					t.Errorf("%s %s has no weights and gradients of %v", network, l.Name, sizes[i])
				}
				continue
			}
			g := p.must(&session.Inspect{Network: network, Layer: l.Name}).Data.(*wire.Inspection).Past.Gradients
			if at := math.Log2(float64(sizes[i])); !(at >= g.Low && at <= g.High) {
				t.Errorf("%s %s: gradients of 2^%v, and they are between 2^%v and 2^%v", network, l.Name, at, g.Low, g.High)
			}
		}
	}
}
