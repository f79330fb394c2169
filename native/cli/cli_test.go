package cli

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"encoding/json"
	"image/gif"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganvas/core/quality"
	"ganvas/core/rng"
	"ganvas/core/wire"
)

// TestMain lets the test program stand in for the real one, so that runs can be killed.
func TestMain(m *testing.M) {
	if os.Getenv("GANVAS_AS_PROGRAM") == "1" {
		if os.Getenv("GANVAS_TELL_AT_ONCE") == "1" {
			quiet = 0
		}
		os.Exit(Main(os.Args[1:], os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}

// ganvas runs the command line in this process.
func ganvas(args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = Main(args, &o, &e)
	return code, o.String(), e.String()
}

func must(t *testing.T, args ...string) string {
	t.Helper()
	code, out, errs := ganvas(args...)
	if code != 0 {
		t.Fatalf("%v: exit code %d: %s", args, code, errs)
	}
	return out
}

// sentence checks that a command fails with exit code 1 and one clear sentence that has all the words.
func sentence(t *testing.T, args []string, words ...string) {
	t.Helper()
	code, _, errs := ganvas(args...)
	errs = strings.TrimSpace(errs)
	if code != 1 || strings.Contains(errs, "\n") || strings.Contains(errs, "goroutine") {
		t.Errorf("%v: exit code %d, stderr:\n%s", args, code, errs)
	}
	for _, w := range words {
		if !strings.Contains(errs, w) {
			t.Errorf("%v: %q does not say %q", args, errs, w)
		}
	}
}

// idxFolder writes a data set of n small images in MNIST's four files.
func idxFolder(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	stream := rng.New(1, "images")
	images, labels := make([]byte, n*28*28), make([]byte, n)
	for i := range images {
		images[i] = byte(stream.IntN(256))
	}
	for i := range labels {
		labels[i] = byte(i % 10)
	}
	for _, split := range []string{"train", "t10k"} {
		write(t, filepath.Join(dir, split+"-images-idx3-ubyte.gz"), idx(images, n, 28, 28))
		write(t, filepath.Join(dir, split+"-labels-idx1-ubyte.gz"), idx(labels, n))
	}
	return dir
}

func idx(values []byte, dims ...int) []byte {
	b := []byte{0, 0, 8, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
	}
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	w.Write(append(b, values...))
	w.Close()
	return packed.Bytes()
}

func write(t *testing.T, path string, b []byte) {
	t.Helper()
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// tiny is the flags of a run that takes a moment: 20 steps an epoch.
func tiny(data, out string, more ...string) []string {
	return append([]string{"train", "--engine", "go", "--data", data, "--out", out, "--noise", "8", "--generator", "16", "--discriminator", "16", "--batch", "10"}, more...)
}

func TestTrainLeavesEverythingBehind(t *testing.T) {
	data, out := idxFolder(t, 200), filepath.Join(t.TempDir(), "run")
	code, _, told := ganvas(tiny(data, out, "--epochs", "3", "--loss", "lsgan")...)
	if code != 0 || !strings.Contains(told, "Least squares: 0.25 for D") {
		t.Fatalf("exit code %d, and the run began without what its losses mean: %s", code, told)
	}
	for _, name := range []string{checkpointFile, generatorFile, samplesFolder + "/epoch-0000.png", samplesFolder + "/epoch-0003.png"} {
		read(t, filepath.Join(out, name))
	}
	g, err := gif.DecodeAll(bytes.NewReader(read(t, filepath.Join(out, gifFile))))
	if err != nil || len(g.Image) != 4 {
		t.Fatalf("the animation has %d frames (%v), one for the start and each epoch are 4", len(g.Image), err)
	}
	types, steps := map[string]int{}, 0
	for line := range strings.Lines(string(read(t, filepath.Join(out, logFile)))) {
		var e struct {
			Type   string
			Points []wire.Point
		}
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			t.Fatalf("the log has %q: %v", line, err)
		}
		types[e.Type]++
		steps += len(e.Points)
	}
	if steps != 60 {
		t.Errorf("the log has %d steps of 60", steps)
	}
	if types["started"] != 1 || types["sampled"] != 4 || types["stopped"] != 1 || types["stepped"] == 0 || types["saved"] == 0 {
		t.Errorf("the log has %v", types)
	}

	npy := filepath.Join(out, "x.npy")
	must(t, "generate", "--weights", filepath.Join(out, generatorFile), "--count", "130", "--out", npy)
	b := read(t, npy)
	if !bytes.Contains(b[:128], []byte("'shape': (130, 28, 28)")) || len(b) != 128+130*784 {
		t.Errorf("the .npy file begins %q and has %d bytes", b[:128], len(b))
	}
	must(t, "generate", "--weights", filepath.Join(out, checkpointFile), "--count", "130", "--out", filepath.Join(out, "y.npy"))
	if !bytes.Equal(b, read(t, filepath.Join(out, "y.npy"))) {
		t.Error("generator and checkpoint of one run make different images")
	}
	must(t, "generate", "--weights", filepath.Join(out, generatorFile), "--count", "7", "--out", filepath.Join(out, "x.gif"))

	// What the judge does not know is measured by how like real images it is. Held-out images that are training images
	// themselves tell nothing about copies.
	var rep quality.Evaluation
	if err := json.Unmarshal([]byte(must(t, "eval", "--weights", filepath.Join(out, checkpointFile), "--data", data, "--count", "100", "--json")), &rep); err != nil {
		t.Fatal(err)
	}
	if rep.Quality != nil || rep.Likeness == nil || rep.Likeness.Coverage > 1 || rep.Likeness.Real.Frechet <= 0 || rep.Count != 100 || rep.Memory != nil {
		t.Errorf("images after a training on noise were measured as %+v", rep)
	}
}

// A run killed between checkpoints and resumed ends where an uninterrupted one does.
func TestKilledRunResumesBitForBit(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	whole, killed := filepath.Join(dir, "whole"), filepath.Join(dir, "killed")
	flags := []string{"--epochs", "30", "--checkpoint-every", "33", "--ema", "0.9"}
	cmd := exec.Command(os.Args[0], tiny(data, killed, flags...)...)
	cmd.Env = append(os.Environ(), "GANVAS_AS_PROGRAM=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	checkpoint := filepath.Join(killed, checkpointFile)
	for began := time.Now(); ; time.Sleep(time.Millisecond) {
		if _, err := os.Stat(checkpoint); err == nil {
			break
		}
		if time.Since(began) > time.Minute {
			t.Fatal("no checkpoint within a minute")
		}
	}
	time.Sleep(20 * time.Millisecond)
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err == nil {
		t.Fatal("the run was over before it was killed")
	}
	must(t, "train", "--engine", "go", "--data", data, "--out", killed, "--resume", checkpoint, "--checkpoint-every", "33")
	must(t, tiny(data, whole, flags...)...)
	if !bytes.Equal(read(t, checkpoint), read(t, filepath.Join(whole, checkpointFile))) {
		t.Error("the resumed run's last checkpoint differs from the uninterrupted run's")
	}
	if !bytes.Equal(read(t, filepath.Join(killed, gifFile)), read(t, filepath.Join(whole, gifFile))) {
		t.Error("the resumed run's animation differs from the uninterrupted run's")
	}
}

func TestBadInput(t *testing.T) {
	data, dir := idxFolder(t, 200), t.TempDir()
	out := filepath.Join(dir, "run")
	broken := filepath.Join(dir, "broken.safetensors")
	write(t, broken, []byte("not a file of weights"))
	short := idxFolder(t, 50)
	whole := read(t, filepath.Join(short, "train-images-idx3-ubyte.gz"))
	write(t, filepath.Join(short, "train-images-idx3-ubyte.gz"), whole[:len(whole)/2])

	headless := t.TempDir()
	write(t, filepath.Join(headless, "train-images-idx3-ubyte"), []byte{0, 0, 8})
	unlabelled := idxFolder(t, 50)
	labels := read(t, filepath.Join(unlabelled, "train-labels-idx1-ubyte.gz"))
	write(t, filepath.Join(unlabelled, "train-labels-idx1-ubyte.gz"), labels[:len(labels)-12])

	sentence(t, []string{"train", "--preset", "nonsense", "--out", out}, "nonsense", "classic")
	sentence(t, tiny(data, out, "--batch", "0"), "batch", "1 to 4096")
	sentence(t, tiny(data, out, "--loss", "nonsense"), "loss", "hinge")
	sentence(t, tiny(data, out, "--generator", "16-0"), "generator")
	sentence(t, tiny(data, out, "--generator", "4096-4096-4096-4096-4096-4096"), "64 million")
	sentence(t, tiny(data, out, "--batch", "201"), "batch", "200")
	sentence(t, tiny(filepath.Join(dir, "nowhere"), out), "cannot be read")
	sentence(t, tiny(short, out), "cut short")
	sentence(t, []string{"train", "--resume", broken, "--out", out}, "broken.safetensors", "safetensors")
	sentence(t, []string{"generate", "--weights", broken, "--out", filepath.Join(dir, "x.png")}, "broken.safetensors")
	sentence(t, []string{"generate", "--weights", broken, "--out", filepath.Join(dir, "x.bmp")}, ".npy")
	sentence(t, []string{"eval", "--weights", filepath.Join(dir, "nothing")}, "nothing")
	sentence(t, []string{"verify", broken}, "1 of 1", "could not be replayed")
	sentence(t, []string{"train", "--batch"}, "--batch needs a value")
	sentence(t, []string{"train", "--threads", "-1"}, "threads is -1")
	sentence(t, []string{"generate", "--write", "12", "--digit", "1", "--out", filepath.Join(dir, "x.png")}, "--write", "--digit", "together")
	sentence(t, tiny(headless, out), "IDX", "PNG")
	sentence(t, tiny(unlabelled, out), "labels", "cut short")
	sentence(t, tiny(data, out, "--device", "cuda"), "GPU")
	sentence(t, tiny(data, out, "--precision", "bf16"), "--engine torch")
	sentence(t, tiny(data, out, "--checkpoint-every", "-5"), "checkpoint-every is -5")
	if _, err := os.Stat(out); err == nil {
		t.Error("a refused run left its folder behind")
	}

	must(t, tiny(data, out, "--epochs", "1")...)
	sentence(t, []string{"eval", "--weights", filepath.Join(out, generatorFile), "--data", data, "--count", "99999999999"}, "count is 99999999999", "1000000")
	sentence(t, []string{"eval", "--weights", out}, "folder", "did you mean "+filepath.Join(out, checkpointFile))
	sentence(t, []string{"generate", "--weights", filepath.Join(out, checkpointFile), "--digit", "3", "--out", filepath.Join(dir, "x.png")}, "digit")
	must(t, "generate", "--engine", "go", "--weights", "../../www/weights/conditional.safetensors", "--write", "12", "--out", filepath.Join(dir, "x.png"))
	sentence(t, []string{"generate", "--weights", "../../www/weights/conditional.safetensors", "--digit=-2", "--out", filepath.Join(dir, "x.png")}, "digit is -2", "0 to 9")
	sentence(t, []string{"generate", "--weights", filepath.Join(out, checkpointFile), "--count", "0", "--out", filepath.Join(dir, "x.png")}, "count")
	sentence(t, []string{"train", "--resume", filepath.Join(out, checkpointFile), "--batch", "20", "--data", data}, "batch", "10")
	sentence(t, []string{"train", "--resume", filepath.Join(out, generatorFile), "--data", folderOf(t, 14)}, "14×14")
}

// folderOf is a data set of images of another size.
func folderOf(t *testing.T, side int) string {
	t.Helper()
	dir := t.TempDir()
	images := make([]byte, 20*side*side)
	images[0] = 1 // pictures that are all equal are refused
	write(t, filepath.Join(dir, "train-images-idx3-ubyte.gz"), idx(images, 20, side, side))
	write(t, filepath.Join(dir, "train-labels-idx1-ubyte.gz"), idx(make([]byte, 20), 20))
	return dir
}

// A file that cannot be written whole leaves the old one and no parts.
func TestWriteFileIsAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "kept")
	write(t, path, []byte("old"))
	if err := writeFile(filepath.Join(dir, "none", "x"), []byte("new")); err == nil {
		t.Error("a file was written into a folder that is not there")
	}
	if err := os.Mkdir(filepath.Join(dir, "taken"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := writeFile(filepath.Join(dir, "taken"), []byte("new")); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if err := writeFile(path, []byte("new")); err != nil || string(read(t, path)) != "new" {
		t.Errorf("%v", err)
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(path, link); err == nil {
		if err := writeFile(link, []byte("newer")); err != nil || string(read(t, path)) != "newer" {
			t.Errorf("through a link: %v", err)
		}
		if about, err := os.Lstat(link); err != nil || about.Mode()&os.ModeSymlink == 0 {
			t.Errorf("the link was replaced: %v", err)
		}
	}
	if err := writeFile(os.DevNull, []byte("new")); err != nil {
		t.Error(err)
	}
	if about, err := os.Stat(os.DevNull); err != nil || about.Mode().IsRegular() {
		t.Error("a device was replaced by a file")
	}
	left, err := os.ReadDir(dir)
	if err != nil || len(left) != 2 {
		t.Errorf("%d things are left in the folder: %v", len(left), left)
	}
}
