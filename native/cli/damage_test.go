package cli

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"image"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"ganvas/core/weights"
)

// Every command that opens weights refuses those that changed since they were saved, names the file, and opens them all the
// same when the change is accepted.
func TestDamagedFiles(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	must(t, tiny(data, out, "--epochs", "1", "--tape", "--plain")...)
	for _, name := range []string{generatorFile, checkpointFile, tapeFile} {
		b := read(t, filepath.Join(out, name))
		if f, err := weights.Decode(b); err != nil || !f.Checked {
			t.Fatalf("%s has no digest: %v", name, err)
		}
		b[len(b)-1] ^= 2 // the last is a small number's: the change is not visible
		write(t, filepath.Join(out, name), b)
	}
	elsewhere := t.TempDir()
	for name, args := range map[string][]string{
		generatorFile:  {"generate", "--weights", filepath.Join(out, generatorFile), "--count", "4", "--out", filepath.Join(elsewhere, "x.png")},
		checkpointFile: {"eval", "--weights", filepath.Join(out, checkpointFile), "--data", data, "--count", "100"},
		tapeFile:       {"generate", "--tape", filepath.Join(out, tapeFile), "--weights", filepath.Join(out, generatorFile), "--count", "4", "--out", filepath.Join(elsewhere, "y.png")},
		"run":          {"publish", "--weights", filepath.Join(out, generatorFile), "--name", "x", "--dir", elsewhere, "--data", data, "--count", "100"},
	} {
		args = append(args, "--engine", "go")
		sentence(t, args, name, "is damaged", "--accept-changed")
		if name != tapeFile { // a tape belongs to the generator as it was
			must(t, append(slices.Clone(args), "--accept-changed")...)
		}
	}
	on := []string{"train", "--engine", "go", "--data", data, "--out", out, "--resume", filepath.Join(out, checkpointFile), "--epochs", "2", "--plain"}
	before := read(t, filepath.Join(out, checkpointFile))
	sentence(t, on, checkpointFile, "is damaged", "--accept-changed")
	if !slices.Equal(before, read(t, filepath.Join(out, checkpointFile))) {
		t.Error("the checkpoint that was refused is another now")
	}
	must(t, append(on, "--accept-changed")...)
	if f, err := weights.Decode(read(t, filepath.Join(out, checkpointFile))); err != nil || !f.Checked {
		t.Errorf("what the run goes on to save: %v", err)
	}
}

// A file from before there were digests opens, with a word of it.
func TestFilesWithoutADigest(t *testing.T) {
	code, _, errs := ganvas("generate", "--engine", "go", "--weights", "../../core/run/testdata/no-digest.safetensors", "--count", "4", "--out", filepath.Join(t.TempDir(), "x.png"))
	if code != 0 || errs == "" {
		t.Errorf("exit code %d, stderr %q", code, errs)
	}
}

// What is given for weights and is something else is said to be that, with the way on.
func TestOtherThingsThanWeights(t *testing.T) {
	whole := encoded(t, image.NewGray(image.Rect(0, 0, 8, 8)))
	var archive, packed bytes.Buffer
	z := zip.NewWriter(&archive)
	inside, err := z.Create("a.png")
	if err == nil {
		_, err = inside.Write(whole)
	}
	if err := errors.Join(err, z.Close()); err != nil {
		t.Fatal(err)
	}
	g := gzip.NewWriter(&packed)
	if _, err := g.Write(whole); err != nil || g.Close() != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		b    []byte
		says []string
	}{
		"cat.png":          {whole, []string{"a picture (PNG)", "train --data"}},
		"cat.safetensors":  {[]byte("\xff\xd8\xff\xe0 and so on"), []string{"a picture (JPEG)", "train --data"}},
		"set.zip":          {archive.Bytes(), []string{"ZIP", "train --data"}},
		"digits.gz":        {packed.Bytes(), []string{"gzip", "unpack"}},
		"images-ubyte":     {[]byte("\x00\x00\x08\x03\x00\x00\x00\x02"), []string{"IDX", "train --data"}},
		"made.npy":         {[]byte("\x93NUMPY\x01\x00v\x00{'descr'"), []string{"NumPy", "train --data"}},
		"train.csv":        {[]byte("label,a,b,c\n1,2,3,4\n"), []string{"a table", "train --data"}},
		"table.parquet":    {[]byte("PAR1 and so on"), []string{"Parquet", "train --data"}},
		"paper.pdf":        {[]byte("%PDF-1.7 and so on"), []string{"a PDF", ".safetensors"}},
		"mine.onnx":        {[]byte("\x08\x08\x12\x06ganvas:\x00\x01\x02"), []string{"ONNX", "export"}},
		"page.safetensors": {[]byte("<!DOCTYPE html><title>404</title>"), []string{"a web page", "anew"}},
		"lfs.safetensors":  {[]byte("version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 5\n"), []string{"Git LFS", "git lfs pull"}},
		"notes.txt":        {[]byte("a few words, and more of them"), []string{"a text file", ".pth"}},
		"events.jsonl":     {[]byte(`{"type": "started"}`), []string{"a text file", ".pth"}},
		"nothing.pth":      {nil, []string{"an empty file", "anew"}},
		"keras.h5":         {[]byte("\x89HDF\r\n\x1a\n and so on"), []string{"HDF5", ".pth"}},
		"noise.bin":        {bytes.Repeat([]byte{0x9f, 0x01}, 40), []string{"safetensors"}},
	} {
		path := filepath.Join(t.TempDir(), name)
		write(t, path, c.b)
		for _, args := range [][]string{{"generate", "--weights", path, "--out", path + ".png"}, {"eval", "--weights", path}, {"train", "--resume", path}} {
			sentence(t, append(args, "--engine", "go"), append(c.says, name)...)
		}
	}
}

// Weights are read from regular files alone, and not larger ones than any network has.
func TestWeightsOfAnySize(t *testing.T) {
	huge := filepath.Join(t.TempDir(), "huge.safetensors")
	if err := os.WriteFile(huge, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(huge, 1<<40); err != nil {
		t.Skip(err)
	}
	for _, args := range [][]string{
		{"generate", "--weights", huge, "--out", huge + ".png"}, {"eval", "--weights", huge}, {"verify", huge}, {"train", "--resume", huge},
		{"publish", "--weights", huge, "--name", "x", "--dir", t.TempDir()},
	} {
		if args[0] == "verify" {
			if code, out, _ := ganvas(append(args, "--engine", "go")...); code != 1 || out == "" {
				t.Errorf("%v: exit code %d, %s", args, code, out)
			}
			continue
		}
		sentence(t, append(args, "--engine", "go"), huge, "MB")
	}
}
