package gpu

import (
	"os"
	"testing"

	"ganvas/core/engine/gpu/devicetest"
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
