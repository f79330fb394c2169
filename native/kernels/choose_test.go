package kernels

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/f32"
	"ganvas/native/kept"
)

// set is plain Go under another name.
type set struct {
	f32.Kernels
	name string
}

func (s set) Name() string { return s.name }

// chooser has three sets, of which middle is the fastest, and counts its timings.
func chooser(path string, timings *int) *Chooser {
	rates := map[string]float64{"go slow": 5, "go middle": 60, "go wide": 50}
	var sets []f32.Kernels
	for _, name := range []string{"go slow", "go middle", "go wide"} {
		sets = append(sets, set{f32.Plain(), name})
	}
	return &Chooser{Sets: append([]f32.Kernels{set{f32.Plain(), "go plain"}}, sets...), Timed: sets, Key: "here", Reason: "there is no other",
		List: kept.List[record]{Path: func() (string, error) { return path, nil }},
		Rate: func(k f32.Kernels) float64 { *timings++; return rates[k.Name()] }}
}

func choose(t *testing.T, c *Chooser, until string) Choice {
	t.Helper()
	got, err := c.Choose("", until)
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func says(t *testing.T, c Choice, name string, words ...string) {
	t.Helper()
	if c.Name() != name {
		t.Errorf("%s computes, not %s", c.Name(), name)
	}
	for _, w := range words {
		if !strings.Contains(c.Says, w) {
			t.Errorf("%q does not say %q", c.Says, w)
		}
	}
}

// The fastest set is timed once for a processor and a build, and kept.
func TestFastestIsKept(t *testing.T) {
	timings, path := 0, filepath.Join(t.TempDir(), "deep", "kernels.json")
	c := chooser(path, &timings)
	says(t, choose(t, c, ""), "go middle", "go middle", "wide 50, middle 60, slow 5 GFLOP/s", "kept")
	first := timings
	c.Rate = func(f32.Kernels) float64 { t.Error("timed again"); return 1 }
	says(t, choose(t, c, ""), "go middle", "timed on ")
	other := chooser(path, &timings)
	other.Key = "another processor"
	says(t, choose(t, other, ""), "go middle", "just now")
	if timings != 2*first {
		t.Errorf("%d timings on two processors, %d on one", timings, first)
	}
	says(t, choose(t, c, ""), "go middle", "timed on ") // which the other has not put out
	if left, _ := filepath.Glob(filepath.Join(filepath.Dir(path), ".*")); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// The widest vectors are taken where another set is faster by no more than two timings differ.
func TestAlmostEquallyFast(t *testing.T) {
	timings := 0
	c := chooser(filepath.Join(t.TempDir(), "k"), &timings)
	c.Rate = func(k f32.Kernels) float64 {
		return map[string]float64{"go slow": 1, "go middle": 51, "go wide": 50}[k.Name()]
	}
	says(t, choose(t, c, ""), "go wide")
}

// What is kept is damaged, or names what this program does not have: it is timed anew.
func TestDamagedChoice(t *testing.T) {
	for _, text := range []string{"", "{", "[1]", `[{"key":"here","kernels":"go sve"}]`, `[{"key":"here"}]`} {
		timings, path := 0, filepath.Join(t.TempDir(), "kernels.json")
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		c := chooser(path, &timings)
		says(t, choose(t, c, ""), "go middle", "just now")
		if _, ok := c.Kept(); !ok || timings == 0 {
			t.Errorf("%q: timed %d times, and not kept", text, timings)
		}
	}
}

// A cache folder that cannot be written, or that there is none, costs a timing at each start and nothing else.
func TestNoCacheFolder(t *testing.T) {
	timings, inTheWay := 0, filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(inTheWay, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	c := chooser(filepath.Join(inTheWay, "kernels.json"), &timings)
	says(t, choose(t, c, ""), "go middle", "at each start", "cache folder cannot be written")
	c.List.Path = func() (string, error) { return "", errors.New("no home") }
	says(t, choose(t, c, ""), "go middle", "at each start", "no home")
}

// One set needs no timing and says why it is the only one.
func TestOneSet(t *testing.T) {
	path := filepath.Join(t.TempDir(), "kernels.json")
	c := chooser(path, new(int))
	c.Timed = c.Timed[:1]
	c.Rate = func(f32.Kernels) float64 { t.Error("timed"); return 1 }
	says(t, choose(t, c, ""), "go slow", "there is no other")
	if _, err := os.Stat(path); err == nil {
		t.Error("kept")
	}
}

// A run goes on with what computed it, whatever is faster, and says so; where that cannot be had it says that its numbers change.
func TestRunKeepsItsKernels(t *testing.T) {
	timings := 0
	c := chooser(filepath.Join(t.TempDir(), "kernels.json"), &timings)
	says(t, choose(t, c, "cpu · go wide"), "go wide", "until now")
	if timings > 0 {
		t.Error("timed for a run that has its kernels")
	}
	choose(t, c, "")
	says(t, choose(t, c, "cpu · go wide"), "go wide", "until now", "go middle is faster here", Variable+"=middle")
	says(t, choose(t, c, "cpu · go plain"), "go plain")
	for _, until := range []string{"cpu · go sve", "libtorch\x1b[2J", strings.Repeat("x", 1<<16)} {
		got := choose(t, c, until)
		says(t, got, "go middle", "round differently")
		if len(got.Says) > 500 || strings.ContainsRune(got.Says, '\x1b') {
			t.Errorf("a file's text is said as it is: %.600q", got.Says)
		}
	}
	named, err := c.Choose("packed", "cpu · go wide")
	if err != nil {
		t.Fatal(err)
	}
	says(t, named, "go packed", Variable, "round differently")
	if _, err := c.Choose("sve", ""); err == nil || !strings.Contains(err.Error(), Variable) {
		t.Errorf("an unknown name: %v", err)
	}
}

// The real timing gives each of this machine's sets a rate.
func TestRealRates(t *testing.T) {
	c := here()
	if len(c.Timed) == 0 || c.Timed[0].Name() != "go packed" {
		t.Fatalf("to be timed: %v", c.Timed)
	}
	for _, k := range c.Timed {
		if r := c.Rate(k); r <= 0 {
			t.Errorf("%s: %v GFLOP/s", k.Name(), r)
		}
	}
	if Processor() == "" || len(c.Key) != 20 {
		t.Errorf("processor %q, key %q", Processor(), c.Key)
	}
}
