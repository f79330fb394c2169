package gpu

import (
	"os"
	"path/filepath"
	"testing"

	"ganvas/core/engine/enginetest"
	"ganvas/core/engine/gpu"
	"ganvas/core/engine/gpu/devicetest"
	"ganvas/core/trace"
)

// open opens a GPU, a processor's at need. Machines that have none skip, unless GANVAS_GPU=required says that there is one.
func open(t *testing.T) *Device {
	t.Helper()
	d, err := Open(false)
	if err != nil {
		if os.Getenv("GANVAS_GPU") == "required" {
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

func TestConformance(t *testing.T) { enginetest.Run(t, gpu.New(open(t))) }

// Every recorded PyTorch run is reproduced.
func TestTraces(t *testing.T) {
	files, err := filepath.Glob("../../core/trace/testdata/*.safetensors")
	if err != nil || len(files) < 12 {
		t.Fatalf("only %d traces (%v)", len(files), err)
	}
	e := gpu.New(open(t))
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
