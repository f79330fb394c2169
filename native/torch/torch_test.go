//go:build libtorch

package torch

import (
	"os"
	"path/filepath"
	"testing"

	"ganvas/core/engine/enginetest"
	"ganvas/core/trace"
)

func open(t *testing.T) *Engine {
	t.Helper()
	e, err := Open("cpu", 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestConformance(t *testing.T) { enginetest.Run(t, open(t)) }

// Every recorded PyTorch run is reproduced.
func TestTraces(t *testing.T) {
	files, err := filepath.Glob("../../core/trace/testdata/*.safetensors")
	if err != nil || len(files) < 12 {
		t.Fatalf("only %d traces (%v)", len(files), err)
	}
	e := open(t)
	for _, file := range files {
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
			if !rep.OK {
				t.Errorf("not reproduced: %+v", rep)
			}
		})
	}
}
