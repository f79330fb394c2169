package gpu

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/engine/enginetest"
	"ganvas/core/engine/gpu"
	"ganvas/core/engine/gpu/devicetest"
	"ganvas/core/longtest"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"
	"ganvas/core/trace"

	"github.com/gogpu/naga"
)

// required says that there is a GPU, or what a processor computes in the place of one, and that everything is to run on it.
var required = os.Getenv("GANVAS_GPU") == "required"

// open opens a GPU, a processor's at need. Machines that have none skip, unless one is required.
func open(t *testing.T) *Device {
	t.Helper()
	d, err := Open(false)
	if err != nil {
		if required {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestDevice(t *testing.T) { devicetest.Run(t, open(t)) }

// long skips what takes minutes where a processor compiles and computes in a GPU's place.
func long(t *testing.T, d *Device) *Device {
	if d.Adapter().Software && !required {
		t.Skip("GANVAS_GPU=required runs this on " + d.Adapter().Name + " too")
	}
	return d
}

func TestConformance(t *testing.T) { enginetest.Run(t, gpu.New(long(t, open(t)))) }

// Products are the same numbers in whatever way they are made, to the bit where none is cut into pieces, and near them with factors of
// float16: within 2⁻¹¹ of the largest result for each factor.
func TestTiles(t *testing.T) {
	d := long(t, open(t))
	spec := net.Spec{Name: "discriminator", In: net.Vec(2 * 9 * 9), Layers: []net.Layer{net.AsImage{Reshape: net.Reshape{To: net.Shape{C: 2, H: 9, W: 9}}},
		net.Conv2d{Maps: 5, Kernel: 4, Stride: 2, Pad: 1}, net.Tanh{}, net.ConvTranspose2d{Maps: 3, Kernel: 3, Stride: 2, Pad: 1}, net.Flatten{}, net.Linear{Units: 35}}}
	want := results(t, gpu.New(d), spec)
	for k := range gpu.Tiles {
		for _, half := range []bool{false, true} {
			t.Run(fmt.Sprintf("%d half=%v", k, half), func(t *testing.T) {
				e := gpu.New(d)
				says := e.Tile(k)
				e.Half(half)
				for i, got := range results(t, e, spec) {
					most, off := 0.0, 0.0
					for j, v := range want[i] {
						most, off = max(most, math.Abs(float64(v))), max(off, math.Abs(float64(v-got[j])))
					}
					t.Logf("%s: result %d is %.2g off, of %.2g", says, i, off, most)
					if bound := 2 * most / 2048; !half && off != 0 || half && (off > bound || off == 0) {
						t.Errorf("%s: result %d is %.2g off, of %.2g", says, i, off, most)
					}
				}
			})
		}
	}
}

// results are what a pass with a penalty gives: y, dx, and the gradients as an optimizer sees them.
func results(t *testing.T, e *gpu.Engine, s net.Spec) (all [][]float32) {
	t.Helper()
	const rows = 37
	n, err := e.Build(s, rng.New(1, "net"))
	if err != nil {
		t.Fatal(err)
	}
	defer n.Release()
	p, err := n.Bind(rows)
	if err != nil {
		t.Fatal(err)
	}
	defer p.Release()
	shapes, err := s.Shapes()
	if err != nil {
		t.Fatal(err)
	}
	x, dy, mean, r := e.NewArray(rows, shapes[0].Size()), e.NewArray(rows, shapes[len(shapes)-1].Size()), e.NewArray(1, 1), rng.New(2, "data")
	v, u := make([]float32, rows*x.Cols()), make([]float32, rows*dy.Cols())
	r.Normal(v)
	r.Normal(u)
	for i := range u {
		u[i] *= 1e-5 // below the least normal half
	}
	x.Write(v)
	dy.Write(u)
	o, err := e.Optimize(n, optim.Spec{Rule: optim.SGD})
	if err != nil {
		t.Fatal(err)
	}
	y := p.Forward(engine.Batch{X: x}, engine.Mode{Train: true, Alpha: 1})
	all = append(all, make([]float32, rows*dy.Cols()), make([]float32, rows*x.Cols()))
	y.Read(all[0])
	o.ZeroGrad()
	p.Backward(dy, engine.Params|engine.Input).Read(all[1])
	p.Penalize(engine.Batch{X: x}, engine.Mode{Train: true, Alpha: 1}, engine.Curve{Form: engine.ToOne, Weight: 1e-4}, mean)
	before := state(t, n)
	o.Step(1)
	for i, after := range state(t, n) {
		for j := range after {
			after[j] -= before[i][j]
		}
		all = append(all, after)
	}
	return all
}

func state(t *testing.T, n engine.Net) (all [][]float32) {
	t.Helper()
	ts, err := n.State()
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range ts {
		w, err := x.F64()
		if err != nil {
			t.Fatal(err)
		}
		v := make([]float32, len(w))
		for i := range w {
			v[i] = float32(w[i])
		}
		all = append(all, v)
	}
	return all
}

// Recorded PyTorch runs are reproduced: where a processor computes every third, and those whose products are cut into pieces; on a GPU,
// or where GANVAS_LONG is set, all.
func TestTraces(t *testing.T) {
	files, err := filepath.Glob("../../core/trace/testdata/*.safetensors")
	if err != nil || len(files) < 12 {
		t.Fatalf("only %d traces (%v)", len(files), err)
	}
	d := long(t, open(t))
	e := gpu.New(d)
	for i, file := range files {
		few := d.Adapter().Software && os.Getenv("GANVAS_LONG") == ""
		if name := filepath.Base(file); few && i%3 != 0 && !strings.HasPrefix(name, "progressive") && !strings.Contains(name, "-wide-") {
			continue
		}
		t.Run(filepath.Base(file), func(t *testing.T) {
			b, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			tr, err := trace.Decode(b)
			if err != nil {
				t.Fatal(err)
			}
			rep, err := tr.Replay(e)
			if err != nil {
				t.Fatal(err)
			}
			t.Logf("losses are %.2g off, weights %.2g", rep.LossError, rep.WeightsError)
			if err := trace.Reproduced(filepath.Base(file), rep); err != nil {
				t.Error(err)
			}
		})
	}
}

// A small network learns as on the CPU, wherever there is anything like a GPU.
func TestSmallNetworkLearnsAsOnTheCPU(t *testing.T) {
	spec := net.Spec{Name: "discriminator", In: net.Vec(9), Layers: []net.Layer{net.Linear{Units: 7}, net.LeakyReLU{Leak: 0.2}, net.Dropout{P: 0.4}, net.Linear{Units: 2}}}
	learned := func(e engine.Engine) (all []float64) {
		n, err := e.Build(spec, rng.New(1, "net"))
		if err != nil {
			t.Fatal(err)
		}
		p, err := n.Bind(6)
		if err != nil {
			t.Fatal(err)
		}
		o, err := e.Optimize(n, optim.Spec{Rule: optim.Adam, Beta1: 0.9, Beta2: 0.999, Eps: 1e-8})
		if err != nil {
			t.Fatal(err)
		}
		x, dy, r := e.NewArray(6, 9), e.NewArray(6, 2), rng.New(2, "data")
		v := make([]float32, 54)
		for i := range 5 {
			r.Normal(v)
			x.Write(v)
			dy.Write(v[:12])
			o.ZeroGrad()
			p.Forward(engine.Batch{X: x}, engine.Mode{Train: true, Seed: uint64(i) << 33, Alpha: 1})
			p.Backward(dy, engine.Params)
			o.Step(0.01)
		}
		ts, err := n.State()
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range ts {
			w, err := x.F64()
			if err != nil {
				t.Fatal(err)
			}
			all = append(all, w...)
		}
		return all
	}
	got, want := learned(gpu.New(open(t))), learned(cpu.New(nil))
	for i, w := range want {
		if math.Abs(got[i]-w) > 1e-5 {
			t.Fatalf("weight %d is %v, and %v on the CPU", i, got[i], w)
		}
	}
}

// What naga fills shared memory with is left out, and nothing else.
func TestSharedMemoryIsNotFilled(t *testing.T) {
	const code = `var<workgroup> all: array<f32, 64>;
@group(0) @binding(0) var<storage, read_write> x: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) i: u32) {
	all[i] = x[i];
	workgroupBarrier();
	x[i] = all[63u - i];
}`
	words, err := compiled(code)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := naga.Compile(code)
	if err != nil {
		t.Fatal(err)
	}
	if dropped := len(whole)/4 - len(words); dropped != 3 { // one OpStore of three words
		t.Errorf("%d words of SPIR-V were left out", dropped)
	}
}

// Timing tiles on a real device finds one for each large product, and changes no result.
func TestTune(t *testing.T) {
	d := long(t, open(t))
	spec := net.Spec{Name: "discriminator", In: net.Vec(640), Layers: []net.Layer{net.Linear{Units: 768}}} // 37 rows of them are large
	want, found := results(t, gpu.New(d), spec), 0
	e := gpu.New(d)
	e.Tune(nil, time.Now, func(string, int) { found++ })
	got := results(t, e, spec)
	if found == 0 || e.Tuned() == "" {
		t.Errorf("%d products were timed, %q", found, e.Tuned())
	}
	t.Log(e.Tuned())
	for i := range want {
		for j, v := range want[i] {
			if off := math.Abs(float64(v - got[i][j])); off > 1e-5*(1+math.Abs(float64(v))) { // some are cut into other pieces
				t.Fatalf("result %d is %.2g off", i, off)
			}
		}
	}
}

// All tiles pass what the first does.
func TestLongConformanceOfTiles(t *testing.T) {
	longtest.Test(t)
	for k := 1; k < gpu.Tiles; k++ {
		e := gpu.New(open(t))
		t.Run(e.Tile(k), func(t *testing.T) { enginetest.Run(t, e) })
	}
}

// With factors of float16 a recorded run, which PyTorch computed in float64, ends near its record: losses within 0.002, with a penalty of weight 10 within 0.04, and weights within 0.005.
func TestTracesInFloat16(t *testing.T) {
	e := gpu.New(long(t, open(t)))
	e.Half(true)
	for name, most := range map[string]float64{"mlp-bce": 2e-3, "dcgan-bce": 2e-3, "mlp-wgan-gp": 4e-2} { // whose losses are ten times as large
		b, err := os.ReadFile("../../core/trace/testdata/" + name + ".safetensors")
		if err != nil {
			t.Fatal(err)
		}
		tr, err := trace.Decode(b)
		if err != nil {
			t.Fatal(err)
		}
		rep, err := tr.Replay(e)
		if err != nil {
			t.Fatal(err)
		}
		t.Logf("%s: losses %.2g off, weights %.2g, images %.2g", name, rep.LossError, rep.WeightsError, rep.ImagesError)
		if rep.LossError > most || rep.WeightsError > 5e-3 || rep.LossError < 1e-6 {
			t.Errorf("%s: %+v", name, rep)
		}
	}
}
