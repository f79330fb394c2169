package figures

import (
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"ganvas/core/longtest"
	"ganvas/www/pagetest"
)

// openBench goes to the benchmark page.
func openBench(t *testing.T, v pagetest.View, query string) *pagetest.Visit {
	t.Helper()
	p := pagetest.OpenAt(t, v, "bench.html?"+query)
	p.Until("window.ganvasBench")
	return p
}

// The form measures what it says and shows it, and the report says the same.
func TestLongBenchPage(t *testing.T) {
	longtest.Test(t)
	p := openBench(t, pagetest.View{Width: 390, Height: 844, Scale: 1}, "lang=en")
	p.Fill("steps", "3")
	p.Fill("threads", "2")
	p.Fill("batch", "8")
	p.Click("run")
	p.Until("!document.getElementById('run').disabled && document.querySelectorAll('#rows td').length === 7")
	line := pagetest.Eval[map[string]any](p, "JSON.parse(document.getElementById('json').textContent).lines[0]")
	for _, name := range []string{"median", "min", "max", "gflops", "strictPeakGflops", "relaxedPeakGflops", "shareOfStrictPeak", "shareOfRelaxedPeak", "wasmBytes"} {
		if v, _ := line[name].(float64); !(v > 0) {
			t.Errorf("%s is %v", name, line[name])
		}
	}
	for _, kind := range []string{"Strict", "Relaxed"} {
		peak, share := line[strings.ToLower(kind)+"PeakGflops"].(float64), line["shareOf"+kind+"Peak"].(float64)
		if got := line["gflops"].(float64) / peak; math.Abs(got-share) > 1e-9 {
			t.Errorf("%s: the share is %v, the step's speed by the peak %v", kind, share, got)
		}
	}
	if line["threads"] != 2.0 || line["batch"] != 8.0 || line["steps"] != 3.0 {
		t.Errorf("asked for 3 steps of batch 8 on 2 threads, the report is %v", line)
	}
	p.Fill("kernel", "gonum")
	p.Fill("steps", "1")
	p.Click("run")
	p.Until("!document.getElementById('run').disabled && document.getElementById('json').textContent.includes('gonum')")
	if engine := pagetest.Eval[string](p, "JSON.parse(document.getElementById('json').textContent).lines.at(-1).detail"); engine != "cpu · gonum" {
		t.Errorf("with gonum's kernels the line is of %q", engine)
	}
	if wide := pagetest.Eval[int](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %d pixels wide in a window of 390", wide)
	}
	p.NoErrors()
}

// A run of some steps tells its memory at the steps that were asked for, in the report and in words; it takes no more than
// before while it trains on, once what comes beside the first steps, data and the judge, is there.
func TestBenchMemory(t *testing.T) {
	p := openBench(t, pagetest.Screen, "lang=en")
	type memory struct {
		Steps     int
		WasmBytes float64
	}
	report := pagetest.Eval[struct{ Memory []memory }](p, `ganvasBench.run({preset: "classic", recipe: {batch: 8, generator: [16], discriminator: [16]}, steps: 2, threads: [2], memoryAt: [500, 1500]})`)
	if m := report.Memory; len(m) != 2 || m[0].Steps != 500 || m[1].Steps != 1500 || m[0].WasmBytes < 2<<20 || m[1].WasmBytes > 1.5*m[0].WasmBytes {
		t.Errorf("the memory of two programs after 500 and 1500 steps is %+v", m)
	}
	if says := pagetest.Eval[string](p, "document.getElementById('memory-says').textContent"); !strings.Contains(says, "After 500 steps") || !strings.Contains(says, "After 1500 steps") && !strings.Contains(says, "After 1,500 steps") {
		t.Errorf("the page says of it: %q", says)
	}
	lacking := pagetest.Eval[string](p, `ganvasBench.run({preset: "classic", recipe: {batch: 8, generator: [16], discriminator: [16]}, steps: 1, peers: [{library: "numpy", backend: "wasm"}]}).then(({lines}) => lines.at(-1).error)`)
	if !strings.Contains(lacking, "numpy") || !strings.Contains(lacking, "jax-js") {
		t.Errorf("asked for a library that there is not, the report says %q", lacking)
	}
	p.NoErrors()
}

// TestBenchReport prints the report of what GANVAS_BENCH asks for, for tables; it times nothing that a test could fail by.
func TestBenchReport(t *testing.T) {
	wanted := os.Getenv("GANVAS_BENCH") // what ganvasBench.run takes, as JSON
	if wanted == "" {
		t.Skip("GANVAS_BENCH is not set: nobody asked for timings")
	}
	p := openBench(t, pagetest.Screen, "lang=en")
	text, err := json.MarshalIndent(pagetest.Eval[any](p, "ganvasBench.run("+wanted+")"), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", text)
}
