package cli

import (
	"bytes"
	"image/gif"
	"image/png"
	"path/filepath"
	"testing"
)

// A run that is trained with --tape leaves one that draws its moments, also when it is published with its generator
// rounded, and a resumed run's moments go on.
func TestTapeOfARun(t *testing.T) {
	data, out, shown := idxFolder(t, 200), t.TempDir(), t.TempDir()
	must(t, tiny(data, out, "--epochs", "1", "--tape", "--plain")...)
	must(t, "train", "--engine", "go", "--data", data, "--out", out, "--resume", filepath.Join(out, checkpointFile), "--epochs", "2", "--tape", "--plain")
	must(t, "publish", "--weights", filepath.Join(out, generatorFile), "--name", "tiny", "--dir", shown, "--data", data, "--count", "100", "--engine", "go", "--moments", filepath.Join(out, momentsFolder))
	list := listed(t, shown)
	if len(list) != 1 || list[0].Tape != "tiny-tape.safetensors" {
		t.Fatalf("the list is %+v", list)
	}
	kept, err := filepath.Glob(filepath.Join(out, momentsFolder, "*"))
	if err != nil || len(kept) < 15 {
		t.Fatalf("%d moments were kept, %v", len(kept), err)
	}
	for _, tape := range []string{filepath.Join(out, tapeFile), filepath.Join(shown, list[0].Tape)} {
		sheet, film := filepath.Join(out, "sheet.png"), filepath.Join(out, "film.gif")
		must(t, "generate", "--engine", "go", "--tape", tape, "--count", "3", "--out", sheet)
		must(t, "generate", "--engine", "go", "--tape", tape, "--count", "4", "--out", film)
		picture, err := png.Decode(bytes.NewReader(read(t, sheet)))
		if err != nil {
			t.Fatal(err)
		}
		rows := (picture.Bounds().Dy() - 2) / 30
		animation, err := gif.DecodeAll(bytes.NewReader(read(t, film)))
		if err != nil {
			t.Fatal(err)
		}
		if rows < len(kept) || len(animation.Image) != (rows-1)*reelSteps+1 || picture.Bounds().Dx() != 3*30+2 {
			t.Errorf("%s: a sheet of %v and %d frames, of %d moments", tape, picture.Bounds(), len(animation.Image), len(kept))
		}
	}
	sentence(t, []string{"generate", "--engine", "go", "--out", filepath.Join(out, "x.png")}, "--weights", "--tape")
	sentence(t, []string{"generate", "--engine", "go", "--tape", filepath.Join(out, generatorFile), "--weights", filepath.Join(out, generatorFile), "--out", filepath.Join(out, "x.png")}, "not a tape")
	sentence(t, []string{"generate", "--engine", "go", "--tape", filepath.Join(out, tapeFile), "--to", "3", "--out", filepath.Join(out, "x.gif")}, "--tape", "--to")
	sentence(t, []string{"publish", "--weights", filepath.Join(out, generatorFile), "--name", "x", "--dir", shown, "--data", data, "--count", "100", "--engine", "go", "--moments", shown}, "no moments")
}
