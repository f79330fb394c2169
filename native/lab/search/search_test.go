package main

import (
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

// The list that is built in can be read, and the preset quick is in it.
func TestCandidates(t *testing.T) {
	all, err := Parse(Candidates)
	if err != nil {
		t.Fatal(err)
	}
	byName := map[string]Candidate{}
	for _, c := range all {
		byName[c.Name] = c
	}
	if len(all) < 30 || !byName["quick"].Recipe.Equal(byName["narrow-ema"].Recipe) {
		t.Errorf("%d candidates; quick is %s and the one found %s", len(all), byName["quick"].Recipe.JSON(), byName["narrow-ema"].Recipe.JSON())
	}
	for text, says := range map[string]string{
		"a": "a name and a preset", "a nothing": "no preset", "a quick\na quick": "twice", "a quick lr_g=9": "line 1", "a quick\n\nb quick speed=1": "line 3",
		"a wgan-gp norm=batch": "mixes",
	} {
		if _, err := Parse(text); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q: %v", text, err)
		}
	}
	if c, err := Parse("# a remark\n x quick batch=16 # and another\n"); err != nil || len(c) != 1 || c[0].Recipe.Batch != 16 {
		t.Errorf("%+v, %v", c, err)
	}
}

// pictures are n images of noise, which no judge is sure of.
func pictures(t *testing.T, n int) *data.Set {
	t.Helper()
	s, stream := data.NewSet("noise", n, sample.Gray(28, 28), 10), rng.New(1, "noise")
	for i := range n {
		b := make([]byte, 784)
		for j := range b {
			b[j] = byte(stream.IntN(256))
		}
		if err := s.Append(b, []byte{byte(i % 10)}); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// A run looks at its images from time to time and ends at its limit where it does not pass.
func TestRunEndsAtItsLimit(t *testing.T) {
	b, err := NewBench(cpu.New(nil), pictures(t, 300), pictures(t, 200), trained.File)
	if err != nil {
		t.Fatal(err)
	}
	c, err := Parse("tiny classic generator=8 discriminator=8 noise=4 batch=10 epochs=5")
	if err != nil {
		t.Fatal(err)
	}
	looks := 0
	r, err := b.Run(t.Context(), c[0], Limit{Seconds: 1e9}, func(*Result, Look) { looks++ })
	if err != nil {
		t.Fatal(err)
	}
	if r.Passed != 0 || len(r.Looks) != looks || looks < 2 || r.Looks[0].Step != 100 || r.Looks[looks-1].Step > 150 || r.Ms <= 0 {
		t.Errorf("150 steps of a run that draws no digits: %+v", r)
	}
	if r, err = b.Run(t.Context(), c[0], Limit{}, nil); err != nil || len(r.Looks) != 1 {
		t.Errorf("without any time it looks %d times, %v", len(r.Looks), err)
	}
}

// The table has the soonest first, by the median of its runs; the curves have a line for each run.
func TestTableAndCurves(t *testing.T) {
	c, err := Parse("slow classic\nfast quick\nnever dcgan")
	if err != nil {
		t.Fatal(err)
	}
	run := func(k int, ms float64, passed int) *Result {
		return &Result{Name: c[k].Name, Recipe: c[k].Recipe, Ms: ms, Passed: passed, Looks: []Look{
			{Step: 100, Samples: 1000, Covered: 4, Confidence: 0.6, Distance: 300}, {Step: 400, Samples: 10_000, Covered: 10, Confidence: 0.85, Distance: 90}}}
	}
	all := []*Result{run(0, 20, 500), run(1, 5, 100), run(2, 5, 0), run(1, 5, 900), run(1, 7, 400), run(0, 20, 400), run(0, 20, 0)}
	lines := strings.Split(strings.TrimSpace(Table(all)), "\n")
	if len(lines) != 5 || !strings.HasPrefix(lines[2], "| fast | `--preset quick` | 5.0 | 3 of 3 | 400 (100, 900, 400) | 2.0 |") ||
		!strings.HasPrefix(lines[3], "| slow | `--preset classic` | 20.0 | 2 of 3 | 500 (500, 400, > 400) | 10.0 |") ||
		!strings.HasPrefix(lines[4], "| never | `--preset dcgan` | 5.0 | 0 of 1 | – (> 400) | – |") {
		t.Errorf("the table is\n%s", strings.Join(lines, "\n"))
	}
	svg := Curves(all)
	if n := strings.Count(svg, "<polyline"); n != 3*len(all) || strings.Contains(svg, "NaN") || strings.Contains(svg, "Inf") {
		t.Errorf("%d lines for %d runs in three diagrams", n, len(all))
	}
	if Curves(nil) != "" {
		t.Error("no runs have curves")
	}
}
