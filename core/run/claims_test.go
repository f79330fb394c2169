package run_test

import (
	"runtime"
	"strings"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
)

// A file of a few kilobytes whose recipe or data claim networks of many gigabytes is refused before there is memory for them.
func TestClaimsCostNothing(t *testing.T) {
	tr := runtest.Trainer(t, runtest.Small(t), runtest.Digits(t, 100))
	for what, change := range map[string]func(meta map[string]string){
		"wide":   func(m map[string]string) { m["recipe"] = strings.Replace(m["recipe"], "[16,24]", "[4096,4096]", 1) },
		"wide D": func(m map[string]string) { m["recipe"] = strings.Replace(m["recipe"], "[24,16]", "[4096,4096]", 1) },
		"large":  func(m map[string]string) { m["sample"] = `[1,1024,1024]` },
		"larger": func(m map[string]string) { m["sample"] = `[4096,4096,4096]` },
		"deep": func(m map[string]string) {
			delete(m, "sample")
			m["data"] = `{"sample":[64,1024,1024],"classes":10}`
		},
		"negative": func(m map[string]string) { m["sample"] = `[1,-1,28]` },
		"flat":     func(m map[string]string) { m["sample"] = `[0,28,28]` },
		"no shape": func(m map[string]string) { m["sample"] = `784` },
		"classes":  func(m map[string]string) { m["data"] = `{"classes":100000}` },
	} {
		f := runtest.Decoded(t, runtest.Encoded(t, tr))
		was := f.Meta["recipe"] + f.Meta["data"] + f.Meta["sample"]
		if change(f.Meta); f.Meta["recipe"]+f.Meta["data"]+f.Meta["sample"] == was {
			t.Fatalf("%s: nothing is changed in %s", what, f.Meta["recipe"])
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		_, _, err := run.Open(cpu.New(nil), f)
		runtime.ReadMemStats(&after)
		if n := after.TotalAlloc - before.TotalAlloc; err == nil || n > 8<<20 {
			t.Errorf("%s: %v after %d MB", what, err, n>>20)
		}
	}
}
