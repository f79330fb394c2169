package gpu_test

import (
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine/gpu"
	"ganvas/core/run"
	"ganvas/core/sample"
)

// idle is a device that computes nothing.
type idle struct{}

type nothing struct{}

func (nothing) Release() {}

// room is not of size 0, so that each is another.
type room struct {
	nothing
	_ int
}

func (idle) Adapter() gpu.Adapter {
	return gpu.Adapter{Name: "idle", API: "none", Limits: gpu.Least}
}
func (idle) Buffer(int) (gpu.Buffer, error)                    { return &room{}, nil }
func (idle) Program(string, []gpu.Access) (gpu.Program, error) { return nothing{}, nil }
func (idle) Record([]gpu.Dispatch) (gpu.List, error)           { return nothing{}, nil }
func (idle) Play(gpu.List)                                     {}
func (idle) Write(gpu.Buffer, int, []byte)                     {}
func (idle) Flush()                                            {}
func (idle) Read([]gpu.Reading)                                {}
func (idle) Err() error                                        { return nil }
func (idle) Close() error                                      { return nil }

// A step of every preset asks for few kernels, little way between processor and GPU, and as many waits as updates; its data set's
// pictures lie on the GPU.
func TestStepsAskForLittle(t *testing.T) {
	for _, c := range []struct {
		preset                   string
		channels, side           int
		dispatches, bytes, waits int // at most, in a step
	}{
		{"quick", 1, 28, 65, 18e3, 2}, {"classic", 1, 28, 78, 90e3, 2}, {"dcgan", 1, 28, 63, 36e3, 2}, {"sngan", 1, 28, 418, 40e3, 2}, {"wgan-gp", 1, 28, 276, 110e3, 11},
		{"progressive", 1, 28, 130, 20e3, 3}, {"colour-32", 3, 32, 148, 20e3, 3}, {"colour-64", 3, 64, 174, 20e3, 3},
	} {
		t.Run(c.preset, func(t *testing.T) {
			r, err := config.FindPreset(c.preset)
			if err != nil {
				t.Fatal(err)
			}
			shape := sample.Shape{Channels: c.channels, Height: c.side, Width: c.side}
			set, err := data.FromBytes("set", 2*r.Batch, shape, 10, make([]byte, 2*r.Batch*(shape.Size()+1)))
			if err != nil {
				t.Fatal(err)
			}
			e := gpu.New(idle{})
			tr, err := run.New(e, r, set)
			if err != nil {
				t.Fatal(err)
			}
			var before gpu.Stats
			for range 3 { // the first records, and brings the data set
				before = e.Stats()
				if _, err := tr.Step(); err != nil {
					t.Fatal(err)
				}
			}
			s := e.Stats().Sub(before)
			if s.Dispatches > c.dispatches || s.Written+s.Read > c.bytes || s.Reads > c.waits {
				t.Errorf("a step asks for %+v", s)
			}
			if s.Dispatches == 0 || s.Reads == 0 {
				t.Errorf("nothing was counted: %+v", s)
			}
		})
	}
}
