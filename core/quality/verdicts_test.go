package quality_test

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/engine/cpu"
	"ganvas/core/longtest"
	"ganvas/core/quality"
	"ganvas/core/quality/doctor"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/run"
	"ganvas/core/weights"
)

// The doctor and the numbers under it say what one sees: noise of a fresh generator, scrawls of one that has just begun,
// and the digits of those that were trained long.
func TestLongTheDoctorSaysWhatOneSees(t *testing.T) {
	longtest.Test(t)
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js to fetch MNIST with")
	}
	set, err := mnist.Open(t.Context(), data.TestSplit)
	if err != nil {
		t.Fatal(err)
	}
	e := cpu.New(nil)
	g, err := quality.NewGauge(e, trained.File)
	if err != nil {
		t.Fatal(err)
	}
	look := func(what string, tr *run.Trainer, d *doctor.Doctor) (doctor.Finding, map[string]float64) {
		t.Helper()
		m, err := g.Measure(tr)
		if err != nil {
			t.Fatal(err)
		}
		d.Measured(m)
		f := d.Look()
		t.Logf("%s: %.0f digits, %.2f readable, %.1f times: %s", what, m["covered"], m["readable"], m["frechet"]/m["frechetFloor"], f.Says)
		return f, m
	}
	r, err := config.FindPreset("quick")
	if err != nil {
		t.Fatal(err)
	}
	tr, err := run.New(e, r, set)
	if err != nil {
		t.Fatal(err)
	}
	d := doctor.New(r.Loss)
	if f, m := look("noise", tr, d); f.State != doctor.Noise || m["covered"] != 0 {
		t.Errorf("noise is %s, with %v digits", f.State, m["covered"])
	}
	for tr.Steps() < 70 {
		p, err := tr.Step()
		if err != nil {
			t.Fatal(err)
		}
		d.Step(p, tr.Steps())
	}
	if f, m := look("scrawls", tr, d); f.State != doctor.Scrawls || m["covered"] > 5 {
		t.Errorf("scrawls are %s, with %v digits", f.State, m["covered"])
	}
	for _, name := range []string{"quick", "conditional"} {
		b, err := os.ReadFile(filepath.Join("..", "..", "www", "weights", name+".safetensors"))
		if err != nil {
			t.Fatal(err)
		}
		f, err := weights.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		tr, err := run.Resume(e, f, set)
		if err != nil {
			t.Fatal(err)
		}
		if f, m := look(name, tr, doctor.New(tr.GAN.Recipe.Loss)); f.State != doctor.Good && f.State != doctor.Readable || m["covered"] < 9 {
			t.Errorf("the digits of %s are %s, with %v digits", name, f.State, m["covered"])
		}
	}
}
