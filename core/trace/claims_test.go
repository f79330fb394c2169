package trace_test

import (
	"os"
	"runtime"
	"strings"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/trace"
	"ganvas/core/weights"
)

// A trace whose recipe claims networks of many gigabytes is refused before there is memory for them, and a damaged one is
// refused as a whole.
func TestClaimsCostNothing(t *testing.T) {
	b, err := os.ReadFile("testdata/mlp-r1-layer-norm.safetensors")
	if err != nil {
		t.Fatal(err)
	}
	f, err := weights.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	was := f.Meta["config"]
	at := strings.Index(was, `"generator"`)
	open, end := strings.Index(was[at:], "[")+at, strings.Index(was[at:], "]")+at
	f.Meta["config"] = was[:open] + "[4096,4096" + was[end:]
	claims, err := f.Encode()
	if err != nil {
		t.Fatal(err)
	}
	tr, err := trace.Decode(claims)
	if err != nil {
		t.Fatal(err)
	}
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, err = tr.Replay(cpu.New(nil))
	runtime.ReadMemStats(&after)
	if n := after.TotalAlloc - before.TotalAlloc; err == nil || n > 8<<20 {
		t.Errorf("%v after %d MB", err, n>>20)
	}
	claims[len(claims)-1] ^= 1
	if _, err := trace.Decode(claims); err == nil {
		t.Error("a damaged trace passes")
	}
}
