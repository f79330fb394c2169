package cli

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/gif"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/img/imgfile"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// epochsIn is the epochs that a run's folder has pictures of.
func epochsIn(t *testing.T, out string) (epochs []int) {
	t.Helper()
	all, err := ofEpochs(filepath.Join(out, samplesFolder))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range all {
		epochs = append(epochs, p.epoch)
	}
	return epochs
}

// A run of many short epochs leaves about a hundred pictures, spread over it, the first and the last among them; one that
// goes on for longer drops what has become too near. The animation has a frame of each, and the log is bounded, too.
func TestPicturesAreSpreadOverLongRuns(t *testing.T) {
	data, out := idxFolder(t, 10), filepath.Join(t.TempDir(), "run")
	must(t, tiny(data, out, "--epochs", "310", "--plain", "--checkpoint-every", "155")...)
	check := func(apart, last int) {
		t.Helper()
		epochs := epochsIn(t, out)
		for i, e := range epochs {
			if i < len(epochs)-1 && e != i*apart {
				t.Fatalf("pictures of the epochs %v, where they should be %d apart", epochs, apart)
			}
		}
		if epochs[len(epochs)-1] != last || len(epochs) < 50 || len(epochs) > 102 {
			t.Errorf("%d pictures, the last of epoch %d", len(epochs), epochs[len(epochs)-1])
		}
		g, err := gif.DecodeAll(bytes.NewReader(read(t, filepath.Join(out, gifFile))))
		if err != nil || len(g.Image) != len(epochs) {
			t.Errorf("%d frames of %d pictures, %v", len(g.Image), len(epochs), err)
		}
	}
	check(4, 310)
	must(t, "train", "--engine", "go", "--data", data, "--out", out, "--resume", filepath.Join(out, checkpointFile), "--epochs", "500", "--plain", "--checkpoint-every", "500")
	check(8, 500)
}

// A log of a long run has bounded lines: each point is the mean of several steps, and what was only done again is left out.
func TestLogOfALongRun(t *testing.T) {
	path := filepath.Join(t.TempDir(), logFile)
	l, err := openLog(path)
	if err != nil {
		t.Fatal(err)
	}
	const steps = 300_000
	l.plan(steps)
	for k := 1; k <= steps; k++ {
		l.add(wire.Point{LossD: float64(k), Right: 0.5}, wire.Event{Type: wire.Stepped, Step: k})
		l.write(wire.Event{Type: wire.Saved, Step: k, Path: "p"})
	}
	l.write(wire.Event{Type: wire.Stopped, Step: steps})
	l.close()
	points, saved := 0, 0
	for line := range strings.Lines(string(read(t, path))) {
		var e wire.Event
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatal(err)
		}
		for i, p := range e.Points {
			first := e.Step - (len(e.Points)-i)*e.Each + 1
			if p.LossD != float64(2*first+e.Each-1)/2 || p.Right != 0.5 {
				t.Fatalf("the point of the %d steps from %d is %+v", e.Each, first, p)
			}
		}
		points += len(e.Points)
		if e.Type == wire.Saved {
			saved++
		}
	}
	if points < mostPoints/2 || points > mostPoints || saved < mostRepeats/2 || saved > 2*mostRepeats {
		t.Errorf("%d points and %d saves of %d steps", points, saved, steps)
	}
}

// An animation of more pixels than memory is meant to hold takes every second frame, and the last.
func TestAnimationsInBoundedMemory(t *testing.T) {
	dir := t.TempDir()
	for k := range 41 {
		b, err := imgfile.PNG(grid(sample.Gray(98, 48)), bytes.Repeat([]byte{byte(k)}, 98*48))
		if err != nil {
			t.Fatal(err)
		}
		write(t, filepath.Join(dir, pictureName(k)), b)
	}
	write(t, filepath.Join(dir, "epoch-x.png"), []byte("somebody's own"))
	write(t, filepath.Join(dir, "epoch-10000.png"), read(t, filepath.Join(dir, pictureName(40))))
	if err := os.Remove(filepath.Join(dir, pictureName(40))); err != nil {
		t.Fatal(err)
	}
	one, ok, err := drawn(filepath.Join(dir, pictureName(0)))
	if err != nil || !ok {
		t.Fatalf("a run's own picture is none: %v", err)
	}
	for most, frames := range map[int]string{41: "41", 40: "21", 20: "11"} {
		to := filepath.Join(dir, "x.gif")
		if err := animate(dir, to, most*len(one.Pix)); err != nil {
			t.Fatal(err)
		}
		g, err := gif.DecodeAll(bytes.NewReader(read(t, to)))
		if err != nil {
			t.Fatal(err)
		}
		last := g.Image[len(g.Image)-1]
		if fmt.Sprint(len(g.Image)) != frames || last.Palette[last.Pix[len(last.Pix)/2+10]] != g.Image[0].Palette[40] {
			t.Errorf("%d frames within %d, or the last is not the last", len(g.Image), most)
		}
	}
}
