package gpu_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine/gpu"
	"ganvas/core/run"
	"ganvas/core/sample"
)

// reserved is the words that browsers refuse as names and native compilers take (WGSL, section 16.2).
var reserved = strings.Fields(`NULL Self abstract active alignas alignof as asm asm_fragment async attribute auto await become cast catch class co_await co_return
	co_yield coherent column_major common compile compile_fragment concept const_cast consteval constexpr constinit crate debugger decltype delete demote
	demote_to_helper do dynamic_cast enum explicit export extends extern external fallthrough filter final finally friend from fxgroup get goto groupshared
	highp impl implements import inline instanceof interface layout lowp macro macro_rules match mediump meta mod module move mut mutable namespace new nil
	noexcept noinline nointerpolation non_coherent noncoherent noperspective null nullptr of operator package packoffset partial pass patch pixelfragment
	precise precision premerge priv protected pub public readonly ref regardless register reinterpret_cast require resource restrict self set shared sizeof
	smooth snorm static static_assert static_cast std subroutine super target template this thread_local throw trait try type typedef typeid typename typeof
	union unless unorm unsafe unsized use using varying virtual volatile wgsl where with writeonly yield`)

var declared = regexp.MustCompile(`\b(?:let|var(?:<[^>]*>)?|const|fn) (\w+)|(\w+): `)

// idle is a device that computes nothing.
type idle struct{}

type nothing struct{}

func (nothing) Release() {}

// empty is a tray with zeros on it, at once.
type empty struct{ nothing }

func (empty) Put(int, gpu.Buffer, int, int) {}
func (empty) Send()                         {}
func (empty) Came() bool                    { return true }
func (empty) Take([]byte)                   {}

// room is not of size 0, so that each is another.
type room struct {
	nothing
	_ int
}

func (idle) Adapter() gpu.Adapter {
	return gpu.Adapter{Name: "idle", API: "none", Limits: gpu.Least}
}
func (idle) Buffer(int) (gpu.Buffer, error) { return &room{}, nil }
func (idle) Program(code string, _ []gpu.Access) (gpu.Program, error) {
	for _, name := range declared.FindAllStringSubmatch(code, -1) {
		if slices.Contains(reserved, name[1]+name[2]) {
			return nil, fmt.Errorf("%s names something, and is a word that WGSL reserves", name[1]+name[2])
		}
	}
	return nothing{}, nil
}
func (idle) Record([]gpu.Dispatch) (gpu.List, error) { return nothing{}, nil }
func (idle) Play(gpu.List)                           {}
func (idle) Write(gpu.Buffer, int, []byte)           {}
func (idle) Flush()                                  {}
func (idle) Read([]gpu.Reading)                      {}
func (idle) Tray(int) (gpu.Tray, error)              { return empty{}, nil }
func (idle) Err() error                              { return nil }
func (idle) Close() error                            { return nil }

// A step of every preset asks for few kernels and little way between processor and GPU, and waits for nothing; its data set's pictures
// lie on the GPU.
func TestStepsAskForLittle(t *testing.T) {
	for _, c := range []struct {
		preset            string
		channels, side    int
		dispatches, bytes int // at most, in a step
	}{
		{"quick", 1, 28, 50, 17e3}, {"classic", 1, 28, 40, 81e3}, {"dcgan", 1, 28, 47, 34e3}, {"sngan", 1, 28, 404, 35e3}, {"wgan-gp", 1, 28, 214, 102e3},
		{"progressive", 1, 28, 93, 17e3}, {"colour-32", 3, 32, 125, 18e3}, {"colour-64", 3, 64, 150, 18e3},
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
				if err := tr.Ahead(); err != nil {
					t.Fatal(err)
				}
			}
			s := e.Stats().Sub(before)
			t.Logf("%d dispatches over %.1f MB, %.1f kB there and %d B back, waiting %d times", s.Dispatches, float64(s.Bound)/1e6, float64(s.Written)/1e3, s.Read, s.Reads)
			if s.Dispatches > c.dispatches || s.Written+s.Read > c.bytes || s.Reads > 0 {
				t.Errorf("a step asks for %+v", s)
			}
			if came, err := tr.Come(true); err != nil || len(came) == 0 || s.Dispatches == 0 || e.Stats().Trays == 0 {
				t.Errorf("nothing was counted: %+v, and %d steps reported (%v)", s, len(came), err)
			}
		})
	}
}
