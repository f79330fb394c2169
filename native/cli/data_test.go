package cli

import (
	"archive/zip"
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// picture is a w × h picture whose left part is dark and whose right part is bright, as a PNG file.
func picture(t *testing.T, w, h, bright int) []byte {
	t.Helper()
	m := image.NewGray(image.Rect(0, 0, w, h))
	for i := range m.Pix {
		m.Pix[i] = 20
		if i%w >= w-bright {
			m.Pix[i] = 220
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func album(t *testing.T, folders ...string) string {
	t.Helper()
	dir := t.TempDir()
	for k, f := range folders {
		if err := os.MkdirAll(filepath.Join(dir, f), 0o777); err != nil {
			t.Fatal(err)
		}
		for i := range 12 {
			write(t, filepath.Join(dir, f, string(rune('a'+i))+".png"), picture(t, 20+i, 30, 4+k*6))
		}
	}
	return dir
}

// ownFlags is a run that takes a moment, on somebody's own data.
func ownFlags(out string, more ...string) []string {
	return append([]string{"train", "--engine", "go", "--out", out, "--noise", "4", "--generator", "8", "--discriminator", "8", "--batch", "6", "--epochs", "1"}, more...)
}

// Folders of pictures, with and without classes, and a sheet train; the run goes on with the same data, and says what it
// lacks without them.
func TestOwnPictures(t *testing.T) {
	out := t.TempDir()
	flat, sorted := album(t, "."), album(t, "cats", "dogs")
	must(t, ownFlags(filepath.Join(out, "flat"), "--data", flat)...)
	must(t, ownFlags(filepath.Join(out, "sorted"), "--data", sorted, "--conditional", "true", "--data-side", "16", "--data-fit", "whole", "--data-invert")...)
	m := image.NewGray(image.Rect(0, 0, 45, 33))
	for i := range m.Pix {
		m.Pix[i] = byte(i * 7)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	sheet := filepath.Join(out, "sheet.jpg")
	write(t, sheet, b.Bytes())
	must(t, ownFlags(filepath.Join(out, "sheet"), "--data", sheet, "--tile", "15x11")...)

	checkpoint := filepath.Join(out, "sorted", checkpointFile)
	resume := []string{"train", "--engine", "go", "--resume", checkpoint, "--epochs", "2", "--out", filepath.Join(out, "again")}
	sentence(t, resume, "--data")
	sentence(t, append(resume, "--data", sorted, "--data-side", "28"), "28×28")
	sentence(t, append(resume, "--data", sorted, "--data-channels", "colour"), "16×16 in colour")
	sentence(t, append(resume, "--data", flat), "classes")
	same := append(resume, "--data", sorted, "--data-fit", "whole", "--data-invert", "--overwrite") // of the size that the run learned from
	must(t, same...)
	write(t, filepath.Join(sorted, "cats", "a.png"), picture(t, 30, 30, 3))
	sentence(t, same, "not those that the run learned from", "--accept-changed-data")
	write(t, filepath.Join(sorted, "cats", "z.png"), picture(t, 30, 30, 4))
	sentence(t, same, "24 pictures", "25", "--accept-changed-data")
	must(t, append(same, "--accept-changed-data")...)
	made := must(t, "generate", "--engine", "go", "--weights", checkpoint, "--count", "3", "--digit", "1", "--out", filepath.Join(out, "x.png"))
	if !strings.Contains(made, "16×16") {
		t.Errorf("%s", made)
	}
	classesAreNamed(t, checkpoint, sorted)
	says := must(t, "eval", "--engine", "go", "--weights", checkpoint, "--data", sorted, "--count", "20")
	if !strings.Contains(says, "not measured") {
		t.Errorf("%s", says)
	}
}

// classesAreNamed has the classes cats and dogs of a checkpoint asked for by name, and looks for the names in all that is given away.
func classesAreNamed(t *testing.T, checkpoint, data string) {
	t.Helper()
	dir := t.TempDir()
	generate := func(more ...string) []string {
		return append([]string{"generate", "--engine", "go", "--weights", checkpoint, "--out", filepath.Join(dir, "x.npy")}, more...)
	}
	var made [2][]byte
	for i, more := range [][]string{{"--class", "Dogs"}, {"--digit", "1"}} {
		if says := must(t, generate(append(more, "--count", "5")...)...); !strings.Contains(says, ": dogs") {
			t.Errorf("%v: %s", more, says)
		}
		made[i] = read(t, filepath.Join(dir, "x.npy"))
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("the class dogs and class 1 are different pictures")
	}
	if says := must(t, generate("--count", "5")...); !strings.Contains(says, "in turn cats, dogs") {
		t.Error(says)
	}
	sentence(t, generate("--class", "cows"), `no class "cows"`, "cats, dogs")
	sentence(t, generate("--class", "cats", "--digit", "0"), "--class", "--digit")
	sentence(t, []string{"generate", "--engine", "go", "--weights", conditional, "--class", "ten", "--out", filepath.Join(dir, "x.npy")}, "no names", "0 to 9")
	for format, named := range map[string]string{"onnx": "x.onnx", "npz": "x.npz", "pytorch": "x/model.py"} {
		must(t, "export", "--engine", "go", "--weights", checkpoint, "--to", format, "--out", filepath.Join(dir, strings.TrimSuffix(named, "/model.py")))
		if b := read(t, filepath.Join(dir, named)); !bytes.Contains(b, []byte(`["cats","dogs"]`)) {
			t.Errorf("%s does not name the classes", named)
		}
	}
	must(t, "publish", "--engine", "go", "--weights", checkpoint, "--name", "pets", "--dir", dir, "--data", data, "--count", "100")
	if list := listed(t, dir); !slices.Equal(list[0].Classes, []string{"cats", "dogs"}) {
		t.Errorf("the list says of the classes %q", list[0].Classes)
	}
	if b := read(t, filepath.Join(filepath.Dir(checkpoint), generatorFile)); !bytes.Contains(b, []byte(`\"names\":[\"cats\",\"dogs\"]`)) {
		t.Error("the generator's file does not name the classes")
	}
}

func TestBadPictures(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "run")
	flat := album(t, ".")
	one := filepath.Join(flat, "a.png")
	empty := t.TempDir()
	sentence(t, ownFlags(out, "--data", empty), "PNG, JPEG", "subfolder")
	sentence(t, ownFlags(out, "--data", one), "--tile")
	sentence(t, ownFlags(out, "--data", one, "--tile", "100"), "smaller")
	sentence(t, ownFlags(out, "--data", one, "--tile", "big"), "28 or 32x40")
	sentence(t, ownFlags(out, "--data", flat, "--tile", "8"), "folder")
	sentence(t, ownFlags(out, "--data", flat, "--data-side", "2"), "from 4 to 512")
	sentence(t, ownFlags(out, "--data", flat, "--data-channels", "red"), "data-channels", "colour")
	sentence(t, ownFlags(out, "--data", flat, "--conditional", "true"), "labels")
	sentence(t, ownFlags(out, "--data", flat, "--batch", "13"), "12 samples")
	sentence(t, ownFlags(out, "--data", flat, "--dataset", "ring"), "of its own")
	sentence(t, ownFlags(out, "--dataset", "own"), "--data")
	sentence(t, ownFlags(out, "--tile", "8"), "--data")
	write(t, filepath.Join(flat, "b.png"), []byte("no picture"))
	sentence(t, ownFlags(out, "--data", flat, "--max-bad", "0"), "b.png", "decoded", "--skip-bad", "--max-bad")
	sentence(t, ownFlags(out, "--data", flat, "--max-bad", "few"), "max-bad", "10%")
	sentence(t, ownFlags(out, "--data", flat, "--data-background", "grey"), "data-background", "#")
	write(t, filepath.Join(empty, "notes.txt"), []byte("no picture"))
	sentence(t, ownFlags(out, "--data", filepath.Join(empty, "notes.txt")), "neither a folder")
	for name, says := range map[string]string{"semicolons.csv": "commas between", "tabs.tsv": "commas between", "quotes.csv": "no quotes", "words.csv": "whole numbers", "set.tar": "unpack", "set.csv.gz": "unpack"} {
		path := filepath.Join(empty, name)
		text := map[string]string{"semicolons.csv": "label;a;b\n1;2;3\n", "tabs.tsv": "1\t2\t3\n", "quotes.csv": `"1","2","3","4"`, "words.csv": "ann,bob\n"}[name]
		write(t, path, []byte(text))
		sentence(t, ownFlags(out, "--data", path), path, says)
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused run left its folder behind")
	}
}

// What is said of data has nothing of their names that a terminal would obey, and stays in its line.
func TestNamesAreSaidAsText(t *testing.T) {
	unixOnly(t) // elsewhere there are no such names
	out := filepath.Join(t.TempDir(), "a\nb")
	code, _, says := ganvas(ownFlags(out, "--conditional", "true", "--data", album(t, "cats\x1b[2J", "dogs\nx"))...)
	if code != 0 || strings.Contains(says, "\x1b") || !strings.Contains(says, "(cats\ufffd[2J 12, dogs\ufffdx 12)") || !strings.Contains(says, "a\ufffdb.\n") {
		t.Errorf("exit code %d; it says %q", code, says)
	}
	if says := must(t, "generate", "--engine", "go", "--weights", filepath.Join(out, generatorFile), "--count", "4", "--out", filepath.Join(t.TempDir(), "x.png")); strings.Contains(says, "\x1b") || strings.Count(says, "\n") != 1 || !strings.Contains(says, "cats\ufffd") {
		t.Errorf("generate says %q", says)
	}
	_, _, says = ganvas("eval", "--weights", "x\x1b[2J")
	if strings.Contains(says, "\x1b") {
		t.Errorf("it says %q", says)
	}
}

// One line says what was read and what was not; what is odd about it is said as well.
func TestWhatWasReadIsSaid(t *testing.T) {
	out, sorted := t.TempDir(), album(t, "cats", "dogs")
	write(t, filepath.Join(sorted, "notes.txt"), []byte("words"))
	write(t, filepath.Join(sorted, "cats", "x.png"), []byte("no picture"))
	write(t, filepath.Join(sorted, "dogs", "y.png"), picture(t, 30, 30, 0))
	code, _, says := ganvas(ownFlags(filepath.Join(out, "a"), "--data", sorted)...)
	for _, want := range []string{"Data: 25 pictures of 24×24 in 2 classes (cats 12, dogs 13)", "scaled from sides of 20 to 31", "1 that are no pictures (notes.txt)", "1 no picture inside (x.png)", "1 are of one shade", "--augment"} {
		if code != 0 || !strings.Contains(says, want) {
			t.Errorf("exit code %d; %q is not in\n%s", code, want, says)
		}
	}
	code, _, says = ganvas("eval", "--engine", "go", "--weights", filepath.Join(out, "a", checkpointFile), "--data", sorted, "--skip-bad", "--count", "20", "--json")
	if code != 0 || strings.Count(says, "Data: 25 pictures") != 1 {
		t.Errorf("exit code %d; eval says\n%s", code, says)
	}
	write(t, filepath.Join(sorted, "cats", "a.png"), picture(t, 30, 30, 9))
	if _, _, says = ganvas("eval", "--engine", "go", "--weights", filepath.Join(out, "a", checkpointFile), "--data", sorted, "--skip-bad", "--count", "20"); !strings.Contains(says, "not the data that the run learned from") {
		t.Errorf("with changed data eval says\n%s", says)
	}
	sorted = idxFolder(t, 12)
	write(t, filepath.Join(sorted, "notes.txt"), []byte("words"))
	if code, _, says = ganvas(ownFlags(filepath.Join(out, "c"), "--data", sorted)...); code != 0 || !strings.Contains(says, "Data: 12 pictures") || !strings.Contains(says, "1 beside the IDX files (notes.txt)") {
		t.Errorf("exit code %d; of IDX files it says\n%s", code, says)
	}
	equal := t.TempDir()
	for _, name := range []string{"a.png", "b.png", "c.png"} {
		write(t, filepath.Join(equal, name), picture(t, 30, 30, 5))
	}
	sentence(t, ownFlags(filepath.Join(out, "b"), "--data", equal), "all 3 pictures", "equal")
}

// What generate writes as NumPy's file can be learned from.
func TestGeneratedPicturesAreData(t *testing.T) {
	out := t.TempDir()
	must(t, ownFlags(filepath.Join(out, "first"), "--data", album(t, "."))...)
	made := filepath.Join(out, "made.npy")
	must(t, "generate", "--engine", "go", "--weights", filepath.Join(out, "first", generatorFile), "--count", "30", "--out", made)
	code, _, says := ganvas(ownFlags(filepath.Join(out, "second"), "--data", made)...)
	if code != 0 || !strings.Contains(says, "Data: 30 pictures of 24×24 without classes") {
		t.Errorf("exit code %d:\n%s", code, says)
	}
	write(t, made, read(t, made)[:2000])
	sentence(t, ownFlags(filepath.Join(out, "third"), "--data", made), "made.npy", "cut short")
}

// Points train, are drawn in one square and measured by their modes.
func TestPoints(t *testing.T) {
	out := filepath.Join(t.TempDir(), "ring")
	must(t, "train", "--engine", "go", "--preset", "ring-2d", "--batch", "2000", "--epochs", "1", "--out", out)
	m, err := png.Decode(bytes.NewReader(read(t, filepath.Join(out, samplesFolder, "epoch-0001.png"))))
	if err != nil || m.Bounds().Dx() != m.Bounds().Dy() || m.Bounds().Dx() < 200 {
		t.Fatalf("%v", err)
	}
	shades := map[color.Color]bool{}
	for i := range m.Bounds().Dx() * m.Bounds().Dy() {
		shades[m.At(i%m.Bounds().Dx(), i/m.Bounds().Dx())] = true
	}
	if len(shades) != 3 {
		t.Errorf("the points' picture has %d shades: it should have ground, real and fake points", len(shades))
	}
	weights := filepath.Join(out, generatorFile)
	if says := must(t, "eval", "--engine", "go", "--weights", weights); !strings.Contains(says, "of 8") {
		t.Errorf("%s", says)
	}
	if says := must(t, "generate", "--engine", "go", "--weights", weights, "--count", "50", "--out", filepath.Join(out, "x.npy")); !strings.HasPrefix(says, "50 points in ") {
		t.Errorf("generating fifty points says %q", says)
	}
}

// A table of pixels, an archive of arrays with a half to test on, and an archive of pictures in colour are data.
func TestTablesAndArchivesAreData(t *testing.T) {
	dir := t.TempDir()
	table := "label,pixel0,pixel1,pixel2,pixel3\n"
	for i := range 12 {
		table += fmt.Sprintf("%d,%d,2,3,4\n", i%2, i)
	}
	csv := filepath.Join(dir, "train.csv")
	write(t, csv, []byte(table))
	code, _, says := ganvas(ownFlags(filepath.Join(dir, "csv"), "--data", csv, "--conditional", "true")...)
	if code != 0 || !strings.Contains(says, "Data: 12 pictures of 2×2 in 2 classes (0 6, 1 6)") {
		t.Errorf("exit code %d:\n%s", code, says)
	}
	npy := func(shape string, n int) []byte {
		head := fmt.Sprintf("{'descr': '|u1', 'fortran_order': False, 'shape': (%s), }\n", shape)
		b := append([]byte("\x93NUMPY\x01\x00"), byte(len(head)), 0)
		b = append(b, head...)
		for i := range n {
			b = append(b, byte(i*37))
		}
		return b
	}
	npz := filepath.Join(dir, "digits.npz")
	write(t, npz, packed(t, map[string][]byte{"x_train.npy": npy("12, 4, 4, 3", 12*48), "x_test.npy": npy("7, 4, 4, 3", 7*48), "more.npy": npy("1", 1)}))
	code, _, says = ganvas(ownFlags(filepath.Join(dir, "npz"), "--data", npz)...)
	if code != 0 || !strings.Contains(says, "Data: 12 pictures of 4×4 in colour without classes") || !strings.Contains(says, "left out: 1 beside the arrays of pictures and labels (more)") {
		t.Errorf("exit code %d:\n%s", code, says)
	}
	if code, _, says := ganvas("eval", "--engine", "go", "--weights", filepath.Join(dir, "npz", checkpointFile), "--data", npz, "--count", "10"); code != 0 {
		t.Errorf("exit code %d:\n%s", code, says)
	}
	m := image.NewNRGBA(image.Rect(0, 0, 12, 8))
	files := map[string][]byte{}
	for i := range 6 {
		m.Set(i, i, color.NRGBA{200, uint8(40 * i), 30, 255})
		var b bytes.Buffer
		if err := png.Encode(&b, m); err != nil {
			t.Fatal(err)
		}
		files[fmt.Sprintf("icons/%d.png", i)] = b.Bytes()
	}
	icons := filepath.Join(dir, "icons.zip")
	write(t, icons, packed(t, files))
	code, _, says = ganvas(ownFlags(filepath.Join(dir, "zip"), "--data", icons)...)
	if code != 0 || !strings.Contains(says, "Data: 6 pictures of 12×8 in colour without classes") || !strings.Contains(says, "6 transparent, on ") {
		t.Errorf("exit code %d:\n%s", code, says)
	}
	sentence(t, ownFlags(filepath.Join(dir, "bad"), "--data", csv, "--tile", "2"), "tile")
}

// packed is a ZIP archive of files.
func packed(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		f, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// A preset's networks become as deep as the pictures need, and the run says so; widths that a flag gives stay.
func TestDepthFollowsThePictures(t *testing.T) {
	out := t.TempDir()
	few := []string{"--data", album(t, "."), "--data-side", "16", "--noise", "4", "--batch", "6", "--epochs", "1"}
	run := func(name string, more ...string) string {
		t.Helper()
		code, _, says := ganvas(slices.Concat([]string{"train", "--engine", "go", "--preset", "colour-32", "--out", filepath.Join(out, name)}, few, more)...)
		if code != 0 {
			t.Fatal(says)
		}
		return says
	}
	if says := run("auto"); !strings.Contains(says, "Widths: generator 48-24 and discriminator 24-48, as deep as pictures of 16×16 need.") {
		t.Error(says)
	}
	if says := run("given", "--generator", "9", "--discriminator", "8"); strings.Contains(says, "Widths:") {
		t.Error(says)
	}
}
