package main

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"ganvas/native/lab/program"
)

// Each seed has its line, the last one their means with standard errors; what cannot be counted is refused before it is trained.
func TestModes(t *testing.T) {
	c := command{Flags: program.Flags{Threads: 1}, Preset: "ring-2d", Dataset: "grid-sharp", Set: []string{"batch=4000", "epochs=1", "generator=8", "discriminator=8"}, Seeds: 2, Samples: 100}
	var out bytes.Buffer
	if err := c.Run(context.Background(), &out, &out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 || !strings.Contains(lines[1], "seed 2: ") || !strings.Contains(lines[1], " of 25 modes, ") || !strings.Contains(lines[2], "grid-sharp, 2 runs: ") || strings.Count(lines[2], "±") != 2 {
		t.Errorf("%s", out.String())
	}
	if got := meanOf([]float64{1, 2, 3}); got != "2.00 ± 0.58" {
		t.Errorf("the mean of 1, 2 and 3 is %s", got)
	}
	for says, wrong := range map[string]command{
		"has no modes": {Preset: "quick", Seeds: 1, Samples: 1}, "seeds is 0": {Preset: "ring-2d", Samples: 1}, "samples is 0": {Preset: "ring-2d", Seeds: 1},
		"field and its value": {Preset: "ring-2d", Set: []string{"batch"}, Seeds: 1, Samples: 1}, "no preset": {Preset: "rong", Seeds: 1, Samples: 1},
	} {
		if err := wrong.Run(context.Background(), &out, &out); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%v, want a sentence with %q", err, says)
		}
	}
}
