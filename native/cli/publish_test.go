package cli

import (
	"bytes"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/longtest"
	"ganvas/core/quality"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/run"
	"ganvas/core/weights"
)

func listed(t *testing.T, dir string) (list []Published) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(dir, listFile))
	if err == nil {
		err = json.Unmarshal(b, &list)
	}
	if err != nil {
		t.Fatal(err)
	}
	return list
}

const shelf = "../../www/weights" // what the page offers

// opened is a file of the list and the run it comes from.
func opened(t *testing.T, p Published) (f *weights.File, m *gan.GAN, in run.Info) {
	t.Helper()
	f, err := weights.Decode(read(t, filepath.Join(shelf, p.File)))
	if err != nil {
		t.Fatalf("%s: %v", p.File, err)
	}
	if m, in, err = run.Open(cpu.New(nil), f); err != nil {
		t.Fatalf("%s: %v", p.File, err)
	}
	return f, m, in
}

// What the list says of each file that the page offers holds: it opens, passes its own check, is small, and was trained
// by that command.
func TestListedFilesAreWhatTheListSays(t *testing.T) {
	list := listed(t, shelf)
	if len(list) == 0 {
		t.Fatal("the list is empty")
	}
	for _, p := range list {
		if b := read(t, filepath.Join(shelf, p.File)); len(b) != p.Bytes || len(b) > 2e6 {
			t.Errorf("%s has %d bytes, the list says %d, and 2 MB are allowed", p.File, len(b), p.Bytes)
		}
		f, m, in := opened(t, p)
		if !in.Checked {
			t.Errorf("%s has no digest", p.File)
		}
		if p.Command != in.Recipe.Command() || strings.ReplaceAll(f.Meta["command"], "_", "-") != p.Command || p.Steps != in.Step || p.Asked != in.Recipe.Conditional {
			t.Errorf("%s was trained by %q (%q) over %d steps, the list says %q over %d", p.File, f.Meta["command"], in.Recipe.Command(), in.Step, p.Command, p.Steps)
		}
		read(t, filepath.Join(shelf, p.Picture))
		if p.Tape != "" {
			tapeFits(t, filepath.Join(shelf, p.Tape), m, p.Steps)
		}
	}
}

// Each file that the page offers draws the digits as often and measures as the list says.
func TestLongListedFilesMeasureAsTheListSays(t *testing.T) {
	longtest.Test(t)
	var real quality.Real
	whole, err := mnist.Open(t.Context(), data.TrainSplit)
	if err != nil {
		t.Fatal(err)
	}
	real.Train = data.NewSet("mnist", 10_000, whole.Shape(), 10) // as many as the distance's floor takes
	for i := range real.Train.Len() {
		if err := real.Train.Append(whole.Pixels(i), []byte{byte(whole.Label(i))}); err != nil {
			t.Fatal(err)
		}
	}
	if real.Held, err = mnist.Open(t.Context(), data.TestSplit); err != nil {
		t.Fatal(err)
	}
	if real.Judge, err = judge.Load(cpu.New(nil), 100, trained.File); err != nil {
		t.Fatal(err)
	}
	for _, p := range listed(t, shelf) {
		_, m, in := opened(t, p)
		// A twentieth of the listed images measures about the same; all of them take minutes without SIMD.
		good, err := quality.Evaluate(m, in, &real, p.Quality.Samples/20, 1, nil)
		if err != nil {
			t.Errorf("%s: %v", p.File, err)
			continue
		}
		q, listed := good.Quality, p.Quality
		for c, n := range q.Classes {
			if got, want := float64(n)/float64(q.Samples), float64(listed.Classes[c])/float64(listed.Samples); math.Abs(got-want) > 0.05 {
				t.Errorf("%s draws a %d in %.3f of its images, the list says %.3f", p.File, c, got, want)
			}
		}
		if math.Abs(q.Confidence-listed.Confidence) > 0.03 || math.Abs(q.Precision-listed.Precision) > 0.15 || math.Abs(q.FrechetFloor-listed.FrechetFloor) > 1e-5 {
			t.Errorf("%s measures %+v, the list says %+v", p.File, *q, *listed)
		}
		if p.Asked && math.Abs(*good.Asked-*p.Correct) > 0.05 {
			t.Errorf("%s shows %.2f of what it is asked for, the list says %.2f", p.File, *good.Asked, *p.Correct)
		}
	}
}

// Publishing twice under one name replaces the entry; the file is half the size and draws the same within float16.
func TestPublish(t *testing.T) {
	dir, out, shown := idxFolder(t, 400), t.TempDir(), t.TempDir()
	must(t, "train", "--data", dir, "--out", out, "--epochs", "1", "--batch", "50", "--generator", "8", "--discriminator", "8", "--engine", "go", "--plain")
	from := filepath.Join(out, generatorFile)
	for range 2 {
		must(t, "publish", "--weights", from, "--name", "tiny", "--dir", shown, "--data", dir, "--count", "100", "--engine", "go")
	}
	list := listed(t, shown)
	if len(list) != 1 || list[0].Name != "tiny" || list[0].Steps != 8 {
		t.Fatalf("the list is %+v", list)
	}
	whole, half := len(read(t, from)), len(read(t, filepath.Join(shown, list[0].File)))
	if !(half < whole*7/10) {
		t.Errorf("%d bytes in float16, %d in float32", half, whole)
	}
	sentence(t, []string{"publish", "--weights", from, "--name", "../x", "--dir", shown}, "small letters")
	before := read(t, from)
	sentence(t, []string{"publish", "--weights", from, "--name", strings.TrimSuffix(generatorFile, ".safetensors"), "--dir", out, "--data", dir, "--count", "100", "--engine", "go"}, "written over", "name another")
	if !bytes.Equal(read(t, from), before) {
		t.Error("the file that was published is another now")
	}
	if err := os.WriteFile(filepath.Join(shown, listFile), []byte("{"), 0o666); err != nil {
		t.Fatal(err)
	}
	sentence(t, []string{"publish", "--weights", from, "--name", "x", "--dir", shown}, "list.json")
}

// tapeFits checks that a tape of at most 2 MB belongs to the generator and goes through its whole run.
func tapeFits(t *testing.T, path string, m *gan.GAN, steps int) {
	t.Helper()
	b := read(t, path)
	f, err := weights.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	r, err := run.NewReplay(m, f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	if at := r.Steps(); len(b) > 2e6 || len(at) < 20 || at[len(at)-1] != steps {
		t.Errorf("%s has %d bytes and moments at %v", path, len(b), at)
	}
}
