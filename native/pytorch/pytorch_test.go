package pytorch_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ganvas/core/weights"
	"ganvas/native/cli"
)

// python is the Python that has torch, named by the variable PYTHON. Tests are skipped without one, unless the variable
// GANVAS_PYTORCH says that they are required.
func python(t *testing.T) string {
	t.Helper()
	name := os.Getenv("PYTHON")
	if name == "" {
		if os.Getenv("GANVAS_PYTORCH") == "required" {
			t.Fatal("PYTHON names no Python, and GANVAS_PYTORCH says that it is required")
		}
		t.Skip("PYTHON names no Python that has torch, numpy and safetensors")
	}
	return name
}

// run runs ganvas.py and returns what it printed.
func run(t *testing.T, args ...string) string {
	t.Helper()
	return done(t, exec.Command(python(t), append([]string{"ganvas.py"}, args...)...))
}

// together runs ganvas.py in several processes.
func together(t *testing.T, n int, args ...string) *exec.Cmd {
	t.Helper()
	return exec.Command(python(t), append([]string{"-m", "torch.distributed.run", "--standalone", "--nproc-per-node", fmt.Sprint(n), "--max-restarts", "2",
		"ganvas.py"}, args...)...)
}

// nodes runs ganvas.py in one process on each of n nodes, which are this machine.
func nodes(t *testing.T, n int, args ...string) {
	t.Helper()
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	at := free.Addr().String()
	free.Close()
	said, errs := make([][]byte, n), make([]error, n)
	var all sync.WaitGroup
	for i := range n {
		cmd := exec.Command(python(t), append([]string{"-m", "torch.distributed.run", "--nnodes", fmt.Sprint(n), "--nproc-per-node", "1", "--rdzv-backend", "c10d", "--rdzv-id", "nodes",
			"--rdzv-endpoint", at, "--local-addr", "127.0.0.1", "ganvas.py"}, args...)...)
		all.Go(func() { said[i], errs[i] = cmd.CombinedOutput() })
	}
	all.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatalf("%v\n%s", err, bytes.Join(said, nil))
	}
}

func done(t *testing.T, cmd *exec.Cmd) string {
	t.Helper()
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %v\n%s", cmd.Args, err, out)
	}
	return string(out)
}

// ganvas runs the native program's command line.
func ganvas(t *testing.T, args ...string) {
	t.Helper()
	var out bytes.Buffer
	if code := cli.Main(args, &out, &out); code != 0 {
		t.Fatalf("%v: exit code %d\n%s", args, code, out.String())
	}
}

// digits is a folder with made-up pictures of ten classes in MNIST's form.
func digits(t *testing.T) string {
	t.Helper()
	const n, side = 96, 28
	random := rand.New(rand.NewPCG(1, 2))
	images, labels := idx(0x803, n, side, side), idx(0x801, n)
	for i := range n {
		labels = append(labels, byte(i%10))
		for at := range side * side {
			images = append(images, byte(random.IntN(100)+(i%10)*15*(at/side%2)))
		}
	}
	dir := t.TempDir()
	for name, b := range map[string][]byte{"train-images-idx3-ubyte": images, "train-labels-idx1-ubyte": labels} {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func idx(head ...uint32) (b []byte) {
	for _, v := range head {
		b = binary.BigEndian.AppendUint32(b, v)
	}
	return b
}

// checkpoint reads a run's file.
func checkpoint(t *testing.T, run string) *weights.File {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(run, "checkpoint.safetensors"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := weights.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !f.Checked {
		t.Errorf("the checkpoint in %s has no digest", run)
	}
	return f
}

// same holds two runs' checkpoints against each other: weights, statistics and the optimizers' moments to within 1e-5 of the largest
// value of their tensor, or of 1; the place in data and random streams exactly.
func same(t *testing.T, a, b string) {
	t.Helper()
	x, y := checkpoint(t, a), checkpoint(t, b)
	if len(x.Tensors) != len(y.Tensors) {
		t.Fatalf("%d tensors and %d", len(x.Tensors), len(y.Tensors))
	}
	worst, of := 0.0, ""
	for _, p := range x.Tensors {
		q, is := y.Lookup(p.Name)
		v, err1 := p.F64()
		w, err2 := q.F64()
		if !is || err1 != nil || err2 != nil || len(v) != len(w) {
			t.Fatalf("%s: %v, %v, %v, %d values and %d", p.Name, is, err1, err2, len(v), len(w))
		}
		large := 1.0
		for _, x := range v {
			large = max(large, math.Abs(x))
		}
		for i := range v {
			if off := math.Abs(v[i]-w[i]) / large; !(off <= worst) {
				worst, of = off, p.Name
			}
		}
	}
	t.Logf("largest difference %.2g, in %s", worst, of)
	if !(worst <= 1e-5) {
		t.Errorf("%s is off by %.2g", of, worst)
	}
	for _, name := range []string{"step", "images", "order"} {
		if x.Meta[name] != y.Meta[name] {
			t.Errorf("%s: %q and %q", name, x.Meta[name], y.Meta[name])
		}
	}
	var u, v map[string]string
	if json.Unmarshal([]byte(x.Meta["random"]), &u) != nil || json.Unmarshal([]byte(y.Meta["random"]), &v) != nil || len(u) == 0 {
		t.Fatal("the random state is unreadable")
	}
	for name := range u {
		if u[name] != v[name] {
			t.Errorf("random stream %s is elsewhere", name)
		}
	}
}

func recipe(t *testing.T, run string) string { return checkpoint(t, run).Meta["recipe"] }

// calm is Adam with a large eps, since with a tiny one weights whose gradients are nothing but rounding move by whole steps,
// and at rates at which what rounding starts does not grow.
var calm = []string{"--eps", "1e-3", "--lr-g", "1e-4", "--lr-d", "1e-4", "--batch", "16", "--noise", "8", "--epochs", "2"}

// steady has networks that grow without what makes gradients, and so moments, jump by rounding: kinks of activations, on either side of
// which a penalty's gradient is another one, and a PixelNorm over so few features that all of them can be small. With slopes of 0.2 and six
// features at 4×4, weights agreed to 2e-6 in each of twelve runs and moments to 7e-6 in ten, but in two a moment was off by 8e-4.
var steady = []string{"--leak", "0.99", "--generator", "16-5-4"}

// A run in PyTorch is the run of the Go engine: same start, same batches, noise, masks and updates, to rounding; and on two
// processes it is the run of one.
func TestTheSameRun(t *testing.T) {
	python(t)
	data := digits(t)
	for name, flags := range map[string][]string{
		"dropout, labels and an average": {"--preset", "classic", "--generator", "12-16", "--discriminator", "16-12", "--conditional", "true", "--ema", "0.9"},
		"batch norm, augmentation, noise, fading rates, clipped": {"--preset", "dcgan", "--generator", "6-4", "--discriminator", "4-6", "--augment", "all", "--instance-noise", "0.1",
			"--lr-decay", "0.5", "--clip", "1"},
		"a penalty and several updates": {"--preset", "wgan-gp", "--generator", "6-4", "--discriminator", "4-6", "--d-steps", "2", "--optimizer", "rmsprop"},
		"networks that grow":            append([]string{"--preset", "progressive", "--discriminator", "4-5-6", "--stage-images", "32", "--eps", "1e-2"}, steady...),
		"blocks without norm, packs, penalties beside a loss, a schedule": {"--preset", "dcgan", "--arch", "r3gan", "--generator", "6-5-4", "--discriminator", "4-5-6", "--packing", "2",
			"--loss", "wgan-gp", "--r1-weight", "0.5", "--r2-weight", "1", "--schedule", "cosine", "--warm-up", "0.2", "--hold", "0.1", "--anneal", "0.8", "--lr-decay", "0.5",
			"--beta2-end", "0.9", "--gp-decay", "0.5", "--ema", "0.5", "--ema-end", "0.9", "--instance-noise", "0.1"},
		"scores compared": {"--preset", "classic", "--generator", "12", "--discriminator", "12", "--loss", "relativistic", "--optimizer", "sgd"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			in := func(s string) string { return filepath.Join(dir, s) }
			ganvas(t, append(append([]string{"train", "--engine", "go", "--data", data, "--out", in("go")}, calm...), flags...)...)
			run(t, "train", "--device", "cpu", "--recipe", recipe(t, in("go")), "--data", data, "--out", in("one"))
			same(t, in("go"), in("one"))
			done(t, together(t, 2, "train", "--device", "cpu", "--recipe", recipe(t, in("go")), "--data", data, "--out", in("two")))
			same(t, in("one"), in("two"))
		})
	}
}

// A run that begins in Go, goes on in two processes of PyTorch on nodes of their own, then in one, and ends in Go is the run that Go does alone.
func TestARunGoesRound(t *testing.T) {
	python(t)
	data, dir := digits(t), t.TempDir()
	in := func(s string) string { return filepath.Join(dir, s) }
	flags := append([]string{"--engine", "go", "--preset", "quick", "--generator", "6-4", "--discriminator", "4-6", "--data", data}, calm...)
	ganvas(t, append([]string{"train", "--out", in("alone"), "--epochs", "4"}, flags[:len(flags)-2]...)...)
	ganvas(t, append([]string{"train", "--out", in("1"), "--epochs", "1"}, flags[:len(flags)-2]...)...)
	file := func(run string) string { return filepath.Join(in(run), "checkpoint.safetensors") }
	nodes(t, 2, "train", "--device", "cpu", "--resume", file("1"), "--data", data, "--epochs", "2", "--out", in("2"))
	run(t, "train", "--device", "cpu", "--resume", file("2"), "--data", data, "--epochs", "3", "--out", in("3"))
	ganvas(t, "train", "--engine", "go", "--resume", file("3"), "--data", data, "--epochs", "4", "--out", in("4"))
	same(t, in("alone"), in("4"))

	ganvas(t, "generate", "--engine", "go", "--weights", file("alone"), "--count", "9", "--out", in("go.npy"))
	run(t, "generate", "--device", "cpu", "--weights", file("alone"), "--count", "9", "--out", in("torch.npy"))
	x, y := pixels(t, in("go.npy")), pixels(t, in("torch.npy"))
	for i := range x {
		if d := int(x[i]) - int(y[i]); d < -1 || d > 1 {
			t.Fatalf("pixel %d is %d in one and %d in the other", i, x[i], y[i])
		}
	}
}

func pixels(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil || len(b) < 9*784 {
		t.Fatalf("%s: %v, %d bytes", path, err, len(b))
	}
	return b[len(b)-9*784:]
}

// A worker that is killed takes no epoch with it: torchrun starts all anew, and they go on from the last checkpoint.
func TestAWorkerIsKilled(t *testing.T) {
	python(t)
	data, dir := digits(t), t.TempDir()
	in := func(s string) string { return filepath.Join(dir, s) }
	flags := append([]string{"--engine", "go", "--preset", "classic", "--generator", "12", "--discriminator", "12", "--data", data}, calm...)
	ganvas(t, append([]string{"train", "--out", in("go")}, flags...)...)
	r := strings.Replace(recipe(t, in("go")), `"epochs":2`, `"epochs":60`, 1)
	run(t, "train", "--device", "cpu", "--recipe", r, "--data", data, "--out", in("whole"))
	cmd := together(t, 2, "train", "--device", "cpu", "--recipe", r, "--data", data, "--out", in("killed"))
	cmd.Env = append(os.Environ(), "GANVAS_PAUSE=0.02") // a step's least time, so that there is one to be killed in
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	killed := false
	for until := time.Now().Add(3 * time.Minute); !killed && time.Now().Before(until); time.Sleep(20 * time.Millisecond) {
		if _, err := os.Stat(filepath.Join(in("killed"), "checkpoint.safetensors")); err == nil {
			killed = exec.Command("pkill", "-KILL", "-f", "ganvas.py train .*"+filepath.Base(dir)+".*killed", "--newest").Run() == nil
		}
	}
	if err := cmd.Wait(); err != nil || !killed {
		t.Fatalf("killed %v: %v\n%s", killed, err, out.String())
	}
	if n := strings.Count(out.String(), "from step"); n < 2 {
		t.Errorf("it was started %d times\n%s", n, out.String())
	}
	same(t, in("whole"), in("killed"))
}

// Every trace of the project holds in this file's own float32, on the CPU.
func TestTracesHold(t *testing.T) {
	python(t)
	files, err := filepath.Glob("../../core/trace/testdata/*.safetensors")
	if err != nil || len(files) < 19 {
		t.Fatalf("%d traces, %v", len(files), err)
	}
	if out := run(t, append([]string{"verify", "--device", "cpu"}, files...)...); strings.Count(out, "holds") != len(files) {
		t.Error(out)
	}
}

// Timing beside PyTorch's is timing of this file, whatever the recipe.
func TestTimes(t *testing.T) {
	python(t)
	for _, flags := range [][]string{{"--preset", "classic", "--generator", "8", "--discriminator", "8"}, {"--preset", "wgan-gp", "--generator", "4-4", "--discriminator", "4-4", "--batch", "4", "--augment", "all"}, {"--preset", "ring-2d"}} {
		var out, errs bytes.Buffer
		args := append([]string{"bench", "--engine", "go", "--threads", "1", "--steps", "2", "--json", "--against", "pytorch"}, flags...)
		if code := cli.Main(args, &out, &errs); code != 0 {
			t.Fatalf("%v: exit code %d\n%s", args, code, errs.String())
		}
		var rep struct {
			Peer struct {
				Engine    string
				Threads   int
				MedianMs  float64
				MsPerStep []float64
			}
		}
		if err := json.Unmarshal(out.Bytes(), &rep); err != nil {
			t.Fatal(err)
		}
		if p := rep.Peer; !strings.HasPrefix(p.Engine, "pytorch") || p.Threads != 1 || len(p.MsPerStep) != 2 || !(p.MedianMs > 0) {
			t.Errorf("%v: PyTorch's time is %+v", flags, p)
		}
	}
}

// Mistakes are one sentence, exit code 1, and nothing is written.
func TestMistakes(t *testing.T) {
	python(t)
	data, dir := digits(t), t.TempDir()
	in := func(s string) string { return filepath.Join(dir, s) }
	ganvas(t, append([]string{"train", "--engine", "go", "--preset", "classic", "--generator", "12", "--discriminator", "12", "--data", data, "--out", in("run")}, calm...)...)
	file := filepath.Join(in("run"), "checkpoint.safetensors")
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)-100] ^= 4
	if err := os.WriteFile(in("damaged.safetensors"), b, 0o666); err != nil {
		t.Fatal(err)
	}
	fewer := t.TempDir()
	if err := os.WriteFile(filepath.Join(fewer, "train-images-idx3-ubyte"), append(idx(0x803, 20, 28, 28), make([]byte, 20*784)...), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		names string
		args  []string
	}{
		{"damaged", []string{"train", "--resume", in("damaged.safetensors"), "--data", data, "--out", in("x")}},
		{"--resume", []string{"train", "--recipe", recipe(t, in("run")), "--data", data, "--out", in("run")}},
		{"lr_g", []string{"train", "--recipe", `{"arch": "mlp"}`, "--out", in("x")}},
		{"loss", []string{"train", "--recipe", strings.Replace(recipe(t, in("run")), `"bce"`, `"bse"`, 1), "--data", data, "--out", in("x")}},
		{"nowhere", []string{"generate", "--weights", in("nowhere"), "--out", in("x.png")}},
		{"samples", []string{"train", "--resume", file, "--data", fewer, "--out", in("x")}},
		{"no JSON", []string{"train", "--recipe", "{", "--out", in("x")}},
	} {
		out, err := exec.Command(python(t), append([]string{"ganvas.py"}, c.args...)...).CombinedOutput()
		text := strings.TrimSpace(string(out))
		if err == nil || !strings.Contains(text, c.names) || strings.Contains(text, "\n") {
			t.Errorf("%v: %v\n%s", c.args, err, text)
		}
		if left, _ := filepath.Glob(in("x*")); len(left) > 0 {
			t.Errorf("%v left %v", c.args, left)
		}
	}
}
