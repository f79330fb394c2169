package gpu

import (
	"path/filepath"
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/core/trace"
	"ganvas/www/pagetest"
)

const onGPU = "ganvas.status().engine.startsWith('gpu · webgpu')"

// Recorded PyTorch runs are reproduced on the GPU.
func TestTraces(t *testing.T) { traces(t, 6) }

// All of them are.
func TestLongTraces(t *testing.T) {
	longtest.Test(t)
	traces(t, 1)
}

// traces replays every so many recorded runs.
func traces(t *testing.T, every int) {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(pagetest.Root, "core", "trace", "testdata", "*.safetensors"))
	if err != nil || len(all) < 12 {
		t.Fatalf("only %d traces (%v)", len(all), err)
	}
	p := open(t, "autostart=0&threads=1&engine=webgpu")
	for i, file := range all {
		if i%every != 0 {
			continue
		}
		name := filepath.Base(file)
		found := pagetest.Eval[struct {
			trace.Result
			Engine string `json:"engine"`
		}](p, `ganvas.verify("testdata/`+name+`", {engine: "webgpu"})`)
		t.Logf("%s: losses off by %.1e, weights %.1e", name, found.LossError, found.WeightsError)
		if err := trace.Reproduced(name, found.Result); err != nil || !strings.HasPrefix(found.Engine, "gpu") {
			t.Errorf("on %s: %v", found.Engine, err)
		}
	}
	p.NoErrors()
}

// A run goes to the GPU and back by the page's control, as it is, and from program to program.
func TestMoves(t *testing.T) {
	p := open(t, "autostart=0&threads=2")
	p.Trained(3)
	before := p.Sum(state)
	choose(p, "webgpu")
	p.Until(onGPU)
	if step := p.Step(); step != 3 || p.Sum(state) != before {
		t.Errorf("on the GPU it is at step %d, with other weights than before", step)
	}
	if address := pagetest.Eval[string](p, "location.search"); !strings.Contains(address, "engine=webgpu") {
		t.Errorf("the address is %s", address)
	}
	p.Trained(2)
	if engine := pagetest.Eval[string](p, "ganvas.status().engine"); !pagetest.Eval[bool](p, onGPU) {
		t.Errorf("two steps later it is on %s: %s", engine, p.Notice())
	}
	p.Look("gpu")
	before = p.Sum(state)
	choose(p, "cpu")
	p.Until("ganvas.status().engine.startsWith('cpu')")
	if step := p.Step(); step != 5 || p.Sum(state) != before {
		t.Errorf("on the CPU it is at step %d, with other weights than before", step)
	}
	p.Trained(2)
	if threads := pagetest.Eval[int](p, "ganvas.status().threads"); threads != 2 {
		t.Errorf("back on the CPU there are %d threads", threads)
	}
	p.NoErrors()
}

// A run goes over to factors of float16 on the GPU and back as it is, and a recorded run ends near its record with them.
func TestHalf(t *testing.T) {
	p := open(t, "autostart=0&threads=1&engine=webgpu-f16")
	p.Trained(3)
	const half = "ganvas.status().engine.endsWith(' · f16')"
	p.Until(onGPU + " && " + half)
	p.Look("gpu-f16")
	before := p.Sum(state)
	choose(p, "webgpu")
	if p.Until("!" + half); p.Step() != 3 || p.Sum(state) != before || !pagetest.Eval[bool](p, onGPU) {
		t.Errorf("in float32 it is at step %d on %s, or has other weights", p.Step(), pagetest.Eval[string](p, "ganvas.status().engine"))
	}
	choose(p, "webgpu-f16")
	p.Until(half)
	p.Trained(2)
	found := pagetest.Eval[trace.Result](p, `ganvas.verify("testdata/mlp-bce.safetensors", {engine: "webgpu-f16"})`)
	t.Logf("losses off by %.1e, weights %.1e", found.LossError, found.WeightsError)
	if found.LossError > 2e-3 || found.LossError < 1e-6 || found.WeightsError > 5e-3 || found.Steps == 0 {
		t.Errorf("a recorded run ends as %+v", found)
	}
	p.NoErrors()
}

// state is the weights of the run and its optimizers': what a file has behind its header.
const state = `ganvas.save().then((file) => file.slice(8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))))`

func choose(p *pagetest.Visit, engine string) {
	p.T.Helper()
	pagetest.Eval[bool](p, `(() => {
		const choice = document.getElementById("engine-of");
		choice.value = "`+engine+`";
		return choice.dispatchEvent(new Event("change"));
	})()`)
	p.Until("!document.getElementById('engine-of').disabled")
}

// The device is lost while the run trains: it goes on, and the page says so in a sentence.
func TestLostDevice(t *testing.T) {
	p := open(t, "threads=1&engine=webgpu")
	p.Until(onGPU + " && ganvas.status().step > 3")
	pagetest.Eval[bool](p, "ganvasPage.harm(0, 'lose') === undefined")
	p.Until("document.getElementById('notices').innerText.includes('lost')")
	at := p.Step()
	p.Until("ganvas.status().state === 'running' && ganvas.status().step > " + pagetest.Eval[string](p, "String(ganvas.status().step + 3)"))
	t.Logf("at step %d: %s", at, p.Notice())
	p.Look("gpu-lost")
	if !pagetest.Eval[bool](p, onGPU) {
		t.Error("a new device was there, and the run is not on it")
	}
	if words := pagetest.Eval[string](p, "document.getElementById('engine').textContent"); !strings.Contains(words, "lost") {
		t.Errorf("the status says %q", words)
	}
}

// A processor in a GPU's place is never chosen by itself.
func TestAuto(t *testing.T) {
	p := open(t, "threads=1&engine=auto")
	p.Until("ganvas.status().step > 20")
	if engine := pagetest.Eval[string](p, "ganvas.status().engine"); !strings.HasPrefix(engine, "cpu") {
		t.Errorf("the run is on %s", engine)
	}
	p.NoErrors()
}

// Steps are timed on either engine, whichever computes the page's own run.
func TestBench(t *testing.T) {
	p := open(t, "autostart=0&threads=1")
	for _, engine := range []string{"webgpu", "cpu"} {
		found := pagetest.Eval[map[string]any](p, `ganvas.bench({recipe: {generator: "32", discriminator: "32", batch: 16}, steps: 3, engine: "`+engine+`"})`)
		if on, _ := found["engine"].(string); strings.HasPrefix(on, "gpu") != (engine == "webgpu") {
			t.Errorf("%s was timed on %v", engine, found)
		}
	}
	p.NoErrors()
}
