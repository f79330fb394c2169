package pagetest

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/chromedp/chromedp"
)

// openBench goes to the benchmark page.
func openBench(t *testing.T, v view, query string) *visit {
	t.Helper()
	p := open(t, v, "autostart=0&preset=classic")
	p.do(chromedp.Navigate(p.server + "/bench.html?" + query))
	p.until("window.ganvasBench")
	return p
}

// The form measures what it says and shows it, and the report says the same.
func TestBenchPage(t *testing.T) {
	p := openBench(t, view{width: 390, height: 844, scale: 1}, "lang=en")
	p.fill("steps", "3")
	p.fill("threads", "2")
	p.fill("batch", "8")
	p.click("run")
	p.until("!document.getElementById('run').disabled && document.querySelectorAll('#rows td').length === 6")
	line := eval[map[string]any](p, "JSON.parse(document.getElementById('json').textContent).lines[0]")
	for _, name := range []string{"median", "min", "max", "gflops", "peakGflops", "wasmBytes"} {
		if v, _ := line[name].(float64); !(v > 0) {
			t.Errorf("%s is %v", name, line[name])
		}
	}
	if line["threads"] != 2.0 || line["batch"] != 8.0 || line["steps"] != 3.0 {
		t.Errorf("asked for 3 steps of batch 8 on 2 threads, the report is %v", line)
	}
	if wide := eval[int](p, "document.documentElement.scrollWidth"); wide > 390 {
		t.Errorf("the page is %d pixels wide in a window of 390", wide)
	}
	p.noErrors()
}

// TestBenchReport prints the report of what GANVAS_BENCH asks for, for tables; it times nothing that a test could fail by.
func TestBenchReport(t *testing.T) {
	wanted := os.Getenv("GANVAS_BENCH") // what ganvasBench.run takes, as JSON
	if wanted == "" {
		t.Skip("GANVAS_BENCH is not set: nobody asked for timings")
	}
	p := openBench(t, desktop, "lang=en")
	text, err := json.MarshalIndent(eval[any](p, "ganvasBench.run("+wanted+")"), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%s", text)
}
