package files

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"ganvas/core/weights"
	"ganvas/native/libtorch"
	"ganvas/www/pagetest"
)

// trips are recipes that all engines follow alike: no dropout, whose masks are each engine's own, and an eps that keeps Adam from making
// much of rounding errors; digits by dense networks, and flowers in colour by convolutions, told which kind to draw.
var trips = map[string]struct {
	recipe []string
	steps  int // an epoch
}{
	"gray":   {[]string{"--preset", "classic", "--generator", "64", "--discriminator", "64", "--dropout", "0", "--batch", "2000", "--eps", "1e-4", "--ema", "0.9"}, 30},
	"colour": {[]string{"--preset", "colour-32", "--generator", "16-8", "--discriminator", "8-16", "--batch", "500", "--lr-g", "2e-4", "--lr-d", "2e-4", "--eps", "1e-3", "--ema", "0.9"}, 6},
}

// A run that begins on libtorch's engine, goes on in the page and ends on libtorch's is the run that the Go engine makes
// alone: weights, averages, Adam's moments, the data's order and the losses.
func TestRoundTrip(t *testing.T) {
	if _, err := libtorch.Ready(); err != nil {
		if os.Getenv("GANVAS_LIBTORCH") == "required" {
			t.Fatalf("libtorch is required: %v", err)
		}
		t.Skip("libtorch is not set up, and only two legs of three could be gone")
	}
	pagetest.Chromium(t)
	for name, trip := range trips {
		t.Run(name, func(t *testing.T) { roundTrip(t, trip.recipe, trip.steps) })
	}
}

func roundTrip(t *testing.T, recipe []string, steps int) {
	alone, there, back := t.TempDir(), t.TempDir(), t.TempDir()
	native(t, append(recipe[:len(recipe):len(recipe)], "--engine", "go", "--epochs", "3", "--out", alone)...)
	native(t, append(recipe[:len(recipe):len(recipe)], "--engine", "torch", "--epochs", "1", "--out", there)...)

	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&autostart=0")
	p.Started()
	p.Do(chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{filepath.Join(there, "checkpoint.safetensors")}))
	at := func(step int) {
		t.Helper()
		p.Until(fmt.Sprintf("ganvas.status().step === %d && ganvas.status().state === 'paused'", step))
	}
	at(steps)
	p.Fill("epochs", "3")
	p.Until("ganvas.status().recipe.epochs === 3")
	pagetest.Eval[bool](p, fmt.Sprintf("ganvas.step(%d) === null || true", steps))
	at(2 * steps)
	lossD := pagetest.Eval[float64](p, "ganvas.status().lossD")
	file := p.Saved("save")
	p.NoErrors()

	native(t, "--engine", "torch", "--resume", file, "--epochs", "3", "--out", back)
	want := losses(t, alone)
	for step, d := range losses(t, back) {
		near(t, "D's loss", step, d, want[step])
	}
	near(t, "D's loss in the page", 2*steps, lossD, want[2*steps])
	same(t, filepath.Join(back, "checkpoint.safetensors"), filepath.Join(alone, "checkpoint.safetensors"))
}

// native trains by the command line.
func native(t *testing.T, args ...string) {
	t.Helper()
	cmd := exec.Command("go", append([]string{"run", "./native", "train", "--plain"}, args...)...)
	cmd.Dir = pagetest.Root
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("go run ./native train %s: %v\n%s", strings.Join(args, " "), err, out)
	}
}

// losses are D's by step, from a run's log.
func losses(t *testing.T, dir string) map[int]float64 {
	t.Helper()
	all := map[int]float64{}
	for line := range bytes.Lines(pagetest.Read(t, filepath.Join(dir, "events.jsonl"))) {
		var e struct {
			Step   int
			Points []struct{ LossD float64 }
		}
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		for i, p := range e.Points {
			all[e.Step-len(e.Points)+1+i] = p.LossD
		}
	}
	if len(all) < 6 {
		t.Fatalf("the log has only %d steps", len(all))
	}
	return all
}

func near(t *testing.T, what string, step int, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= 1e-4) {
		t.Errorf("%s at step %d is %g, and %g in the run on one engine", what, step, got, want)
	}
}

// same compares two checkpoints tensor by tensor.
func same(t *testing.T, got, want string) {
	t.Helper()
	a, b := tensors(t, got), tensors(t, want)
	moments := 0
	for name, w := range b {
		g, worst := a[name], 0.0
		if len(g) != len(w) {
			t.Errorf("%s has %d values, want %d", name, len(g), len(w))
			continue
		}
		if strings.Contains(name, "exp_avg") {
			moments++
		}
		for i := range w {
			worst = max(worst, math.Abs(g[i]-w[i])/(math.Abs(w[i])+1))
		}
		if !(worst <= 1e-4) {
			t.Errorf("%s is off by %g", name, worst)
		}
	}
	if len(a) != len(b) || moments < 8 {
		t.Errorf("%d tensors, want %d; %d of them moments", len(a), len(b), moments)
	}
}

func tensors(t *testing.T, path string) map[string][]float64 {
	t.Helper()
	f, err := weights.Decode(pagetest.Read(t, path))
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	all := map[string][]float64{}
	for _, x := range f.Tensors {
		if v, err := x.F32(); err == nil {
			for _, y := range v {
				all[x.Name] = append(all[x.Name], float64(y))
			}
		} else if v, err := x.I64(); err == nil {
			for _, y := range v {
				all[x.Name] = append(all[x.Name], float64(y))
			}
		}
	}
	return all
}
