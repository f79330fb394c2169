package cli

import (
	"bytes"
	"encoding/json"
	"image/gif"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// contents are the files under a folder, by their paths from it, but the lock.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() && d.Name() != lockFile {
			name, _ := filepath.Rel(dir, path)
			files[name] = string(read(t, path))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func sameContents(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for name, text := range a {
		if b[name] != text {
			return false
		}
	}
	return true
}

// checkLog checks that a log tells of that many steps, one after the other.
func checkLog(t *testing.T, dir string, steps int) {
	t.Helper()
	at := 0
	for line := range strings.Lines(string(read(t, filepath.Join(dir, logFile)))) {
		var e wire.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("the log has the line %q: %v", line, err)
		}
		if e.Type == wire.Stepped {
			if at += len(e.Points); at != e.Step {
				t.Fatalf("a line ends with step %d after %d steps", e.Step, at)
			}
		} else if e.Step > at+logged {
			t.Fatalf("%s at step %d after %d steps", e.Type, e.Step, at)
		}
	}
	if at != steps {
		t.Errorf("the log has %d steps of %d", at, steps)
	}
}

func frames(t *testing.T, dir string) int {
	t.Helper()
	g, err := gif.DecodeAll(bytes.NewReader(read(t, filepath.Join(dir, gifFile))))
	if err != nil {
		t.Fatal(err)
	}
	return len(g.Image)
}

// A new run never begins where another lies, unless that one is to go; then what is not of a run stays.
func TestUsedFolder(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	must(t, tiny(data, out, "--epochs", "3", "--tape")...)
	before := contents(t, out)
	sentence(t, tiny(data, out, "--epochs", "1"), "--resume "+filepath.Join(out, checkpointFile), "--overwrite", "--out")
	if !sameContents(before, contents(t, out)) {
		t.Error("a refused run changed the one that lay there")
	}
	write(t, filepath.Join(out, "notes.txt"), []byte("mine"))
	write(t, filepath.Join(out, samplesFolder, "favourite.png"), []byte("mine"))
	must(t, tiny(data, out, "--epochs", "1", "--overwrite")...)
	after := contents(t, out)
	if after["notes.txt"] != "mine" || after[filepath.Join(samplesFolder, "favourite.png")] != "mine" {
		t.Error("what is not of a run was removed")
	}
	if n := frames(t, out); n != 2 {
		t.Errorf("the new animation has %d frames, one for the start and one for the epoch are 2", n)
	}
	for name := range after {
		if strings.HasPrefix(name, momentsFolder) || name == tapeFile {
			t.Errorf("%s of the old run is left", name)
		}
	}
	checkLog(t, out, 20)
	sentence(t, []string{"train", "--engine", "go", "--data", data, "--resume", filepath.Join(out, checkpointFile), "--epochs", "2", "--overwrite"}, "--overwrite", "--out")
}

// While one program holds a folder nobody else trains in it, and is told who does.
func TestHeldFolder(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	f, err := holdFolder(out)
	if err != nil {
		t.Fatal(err)
	}
	sentence(t, tiny(data, out), "process ", "--out")
	sentence(t, tiny(data, out, "--overwrite"), "process ")
	f.release()
	must(t, tiny(data, out, "--epochs", "1")...)
}

// Without a name a run takes a new folder, past those that are used or held.
func TestFreshFolder(t *testing.T) {
	data := idxFolder(t, 200)
	t.Chdir(t.TempDir())
	f, err := holdFolder(filepath.Join("runs", "wgan-gp"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.release()
	flags := []string{"train", "--engine", "go", "--data", data, "--preset", "wgan-gp", "--arch", "mlp", "--noise", "8", "--generator", "8", "--discriminator", "8", "--batch", "10", "--epochs", "1"}
	must(t, flags...)
	must(t, flags...)
	got, err := filepath.Glob("runs/*/" + generatorFile)
	want := []string{filepath.Join("runs", "wgan-gp-2", generatorFile), filepath.Join("runs", "wgan-gp-3", generatorFile)}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("the runs are %v", got)
	}
	must(t, append(flags, "--overwrite", "--preset", "quick")...)
	if _, err := os.Stat(filepath.Join("runs", "quick", generatorFile)); err != nil {
		t.Error(err)
	}
}

// A run goes on in its own folder from its checkpoint: what came after that is gone from log, pictures and animation, as is
// what a killed program left half written.
func TestResumeInOwnFolder(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	checkpoint := filepath.Join(out, checkpointFile)
	must(t, tiny(data, out, "--epochs", "3", "--checkpoint-every", "25", "--loss", "lsgan")...)
	early := read(t, checkpoint) // step 60
	on := func(epochs string) []string {
		return []string{"train", "--engine", "go", "--data", data, "--resume", checkpoint, "--epochs", epochs}
	}
	must(t, on("6")...)
	write(t, checkpoint, early)
	log := read(t, filepath.Join(out, logFile))
	write(t, filepath.Join(out, logFile), append(log, `{"type":"stepp`...))
	halves := []string{filepath.Join(out, "."+checkpointFile+".123"), filepath.Join(out, samplesFolder, ".epoch-0002.png.77")}
	for _, name := range halves {
		write(t, name, []byte("half"))
	}
	write(t, filepath.Join(out, ".mine.4"), []byte("mine"))
	must(t, on("4")...)
	for _, name := range halves {
		if _, err := os.Stat(name); err == nil {
			t.Errorf("%s is left", name)
		}
	}
	read(t, filepath.Join(out, ".mine.4"))
	checkLog(t, out, 80)
	if n := frames(t, out); n != 5 {
		t.Errorf("the animation has %d frames, want 5", n)
	}
}

// At the end of an epoch the checkpoint comes before all that is measured and drawn: who kills the program then loses pictures alone.
func TestCheckpointComesBeforePictures(t *testing.T) {
	out := filepath.Join(t.TempDir(), "run")
	must(t, "train", "--engine", "go", "--preset", "ring-2d", "--generator", "8", "--discriminator", "8", "--batch", "4096", "--epochs", "3", "--out", out)
	saved, measured := 0, 0
	for line := range strings.Lines(string(read(t, filepath.Join(out, logFile)))) {
		var e wire.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		switch e.Type {
		case wire.Saved:
			saved = e.Step
		case wire.Measured:
			if measured++; saved != e.Step {
				t.Errorf("step %d is measured, and what is saved is step %d", e.Step, saved)
			}
		}
	}
	if measured != 3 {
		t.Errorf("%d epochs of 3 were measured", measured)
	}
}

// What cannot change in a run that goes on is refused by its name, and the file is not said to be damaged.
func TestAveragesOnTheWay(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	on := func(dir string, more ...string) []string {
		return append([]string{"train", "--engine", "go", "--data", data, "--resume", filepath.Join(dir, checkpointFile), "--epochs", "2", "--plain"}, more...)
	}
	must(t, tiny(data, out, "--epochs", "1", "--ema", "0.9")...)
	sentence(t, on(out, "--ema", "0"), "ema cannot be switched off", "0.9")
	must(t, on(out, "--ema", "0.5")...)
	must(t, tiny(data, out+"-2", "--epochs", "1", "--ema", "0")...)
	must(t, on(out+"-2", "--ema", "0.9")...)
}

// A line of steps is cut within, and lines that cannot be read go.
func TestCutLog(t *testing.T) {
	set := data.NewSet("x", 200, sample.Gray(1, 2), 0)
	r, err := config.FindPreset("ring-2d")
	if err != nil {
		t.Fatal(err)
	}
	r.Batch = 10
	tr, err := run.New(cpu.New(nil), r, set)
	if err != nil {
		t.Fatal(err)
	}
	points := func(n int) []wire.Point { return make([]wire.Point, n) }
	var log []byte
	for _, e := range []wire.Event{{Type: wire.Started}, {Type: wire.Stepped, Step: -10, Points: points(30)}, {Type: wire.Stepped, Step: 20, Points: points(30)}, {Type: wire.Saved, Step: 20},
		{Type: wire.Stepped, Step: 8, Each: 4, Points: points(5)}} {
		b, err := json.Marshal(e)
		if err != nil {
			t.Fatal(err)
		}
		log = append(append(log, b...), "\n{\"type\":\n"...)
	}
	var got []wire.Event
	for line := range bytes.Lines(cutLog(log, tr)) { // at step 0
		var e wire.Event
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatalf("%q: %v", line, err)
		}
		got = append(got, e)
	}
	if len(got) != 4 || got[0].Type != wire.Started || len(got[1].Points) != 30 || len(got[2].Points) != 10 || got[2].Step != 0 || len(got[3].Points) != 3 || got[3].Step != 0 {
		t.Errorf("%+v", got)
	}
}

// A run that goes on in another folder takes along what it had, and leaves its old folder as it is.
func TestResumeElsewhere(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	first, second := filepath.Join(dir, "first"), filepath.Join(dir, "second")
	must(t, tiny(data, first, "--epochs", "2", "--tape")...)
	before := contents(t, first)
	on := []string{"train", "--engine", "go", "--data", data, "--resume", filepath.Join(first, checkpointFile), "--out", second}
	sentence(t, on, "over", "--epochs")
	if _, err := os.Stat(second); err == nil {
		t.Error("a run with nothing to do made a folder")
	}
	code, _, errs := ganvas(append(on, "--epochs", "3", "--tape")...)
	if code != 0 || !strings.Contains(errs, first) || !strings.Contains(errs, second) {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if !sameContents(before, contents(t, first)) {
		t.Error("the first run has changed")
	}
	checkLog(t, second, 60)
	if n := frames(t, second); n != 4 {
		t.Errorf("the animation has %d frames, want 4", n)
	}
	sentence(t, append(on, "--epochs", "4"), second, "--overwrite")
	sentence(t, []string{"train", "--engine", "go", "--data", data, "--resume", filepath.Join(second, checkpointFile), "--epochs", "1"}, "3 epochs", "--epochs is 1", "--epochs 6")
	single := filepath.Join(dir, "kept.safetensors") // as a page hands it out: by itself
	write(t, single, read(t, filepath.Join(first, checkpointFile)))
	t.Chdir(dir)
	must(t, "train", "--engine", "go", "--data", data, "--resume", single, "--epochs", "3")
	read(t, filepath.Join("runs", "kept", checkpointFile))
	if _, err := os.Stat(filepath.Join(dir, samplesFolder)); err == nil {
		t.Error("a run was written beside a file that lies by itself")
	}
}

// A run whose losses grow over all bounds is no success, though they stay numbers; its last good state is kept.
func TestBlownUpRunFails(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	code, said, errs := ganvas(tiny(data, out, "--generator", "64-64", "--discriminator", "64-64", "--epochs", "200", "--lr-g", "1", "--lr-d", "1", "--loss", "hinge")...)
	if code != 1 || strings.Contains(said, "Done") || !strings.Contains(errs, "diverged") || !strings.Contains(errs, checkpointFile) {
		t.Fatalf("exit code %d, %s%s", code, said, errs)
	}
	must(t, "train", "--engine", "go", "--data", data, "--resume", filepath.Join(out, checkpointFile), "--lr-g", "1e-4", "--lr-d", "1e-4", "--epochs", "1")
	checkLog(t, out, 20)
}

// What a full disk keeps from the log is written when there is room again.
func TestLogOnAFullDisk(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("there is no full disk to try on")
	}
	defer full.Close()
	dir := t.TempDir()
	l, err := openLog(filepath.Join(dir, logFile))
	if err != nil {
		t.Fatal(err)
	}
	room := l.f
	l.f = full
	for k := 1; k <= 120; k++ {
		if k == 110 {
			l.f = room
		}
		l.add(wire.Point{LossD: 1}, wire.Event{Type: wire.Stepped, Step: k})
	}
	l.close()
	checkLog(t, dir, 120)
}
