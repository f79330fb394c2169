package cli

import (
	"encoding/json"
	"strings"
	"testing"

	"ganvas/native/kernels"
)

// TestBench: a report has as many times as steps, and the step's speed as a part of what the innermost loop reaches.
func TestBench(t *testing.T) {
	var rep benchReport
	if err := json.Unmarshal([]byte(must(t, "bench", "--engine", "go", "--preset", "ring-2d", "--steps", "3", "--json")), &rep); err != nil {
		t.Fatal(err)
	}
	if len(rep.MsPerStep) != 3 || rep.Median < rep.Min || rep.Median > rep.Max {
		t.Errorf("%d times from %v to %v with the median %v", len(rep.MsPerStep), rep.Min, rep.Max, rep.Median)
	}
	if rep.Peak <= 0 || rep.Share != rep.GFlops/rep.Peak {
		t.Errorf("%v GFLOP/s are %v of the peak of %v", rep.GFlops, rep.Share, rep.Peak)
	}
}

// The kernels are those that the environment names, and a name that nothing has is refused with those there are.
func TestKernelsByName(t *testing.T) {
	t.Setenv(kernels.Variable, "packed")
	var rep benchReport
	if err := json.Unmarshal([]byte(must(t, "bench", "--engine", "go", "--preset", "ring-2d", "--steps", "1", "--json")), &rep); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(rep.Engine, "packed") {
		t.Errorf("%s computes", rep.Engine)
	}
	t.Setenv(kernels.Variable, "sve")
	if _, err := (engineFlags{Threads: 1}).onCPU(&world{}); err == nil || !strings.Contains(err.Error(), kernels.Variable) || !strings.Contains(err.Error(), "packed") {
		t.Errorf("the error is %v", err)
	}
}
