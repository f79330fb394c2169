package webgpu

import (
	"encoding/binary"
	"strings"
	"testing"

	"ganvas/core/engine/gpu"
	"ganvas/core/engine/gpu/devicetest"
)

// The tests run in a Worker of Chromium's, from www/pagetest/gpu.

func open(t *testing.T) *Device {
	t.Helper()
	d, err := Open(false)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.Close() })
	return d
}

func TestDevice(t *testing.T) { devicetest.Run(t, open(t)) }

// A processor in a GPU's place is refused by whoever wants a real one.
func TestSoftwareIsRefused(t *testing.T) {
	if !open(t).Adapter().Software {
		t.Skip("this is a real GPU")
	}
	if _, err := Open(true); err == nil || !strings.Contains(err.Error(), "no GPU") {
		t.Errorf("a processor passes for a GPU: %v", err)
	}
}

const counting = `@group(0) @binding(0) var<storage, read_write> x: array<u32>;
@compute @workgroup_size(1)
fn main() { x[0] += 1u; }`

// count adds 1 n times to a number of the GPU's and reads it.
func count(t *testing.T, d *Device, n int) uint32 {
	t.Helper()
	p, err := d.Program(counting, []gpu.Access{gpu.ReadWrite})
	if err != nil {
		t.Fatal(err)
	}
	b, err := d.Buffer(256)
	if err != nil {
		t.Fatal(err)
	}
	l, err := d.Record([]gpu.Dispatch{{Program: p, Bindings: []gpu.Binding{{Buffer: b, Bytes: 256}}, Groups: [3]int{1, 1, 1}}})
	if err != nil {
		t.Fatal(err)
	}
	for range n {
		d.Play(l)
	}
	to := make([]byte, 4)
	d.Read([]gpu.Reading{{From: b, To: to}})
	l.Release()
	b.Release()
	return binary.LittleEndian.Uint32(to)
}

// More than goes into one submission, and again after the program's memory has grown.
func TestMany(t *testing.T) {
	d := open(t)
	for _, n := range []int{1000, 3} {
		if got := count(t, d, n); got != uint32(n) {
			t.Errorf("%d, want %d", got, n)
		}
		kept = append(kept, make([]byte, 64<<20))
	}
}

var kept [][]byte

// A lost device says so, fills nothing, and another can be opened.
func TestLost(t *testing.T) {
	d := open(t)
	count(t, d, 1)
	b, err := d.Buffer(256)
	if err != nil {
		t.Fatal(err)
	}
	d.player.Call("lose")
	d.Read([]gpu.Reading{{From: b, To: make([]byte, 4)}})
	if err := d.Err(); err == nil || !strings.Contains(err.Error(), "lost") {
		t.Errorf("a lost device reports %v", err)
	}
	if _, err := d.Program(counting, []gpu.Access{gpu.ReadWrite}); err == nil {
		t.Error("a lost device compiles")
	}
	_ = d.Close()
	if got := count(t, open(t), 2); got != 2 {
		t.Errorf("the next device counts %d, want 2", got)
	}
}

func TestOpenedAgainAndAgain(t *testing.T) {
	for range 50 {
		d := open(t)
		if got := count(t, d, 5); got != 5 || d.Err() != nil {
			t.Fatalf("%d, want 5; %v", got, d.Err())
		}
		_ = d.Close()
	}
}

// What fails without an error of its own is told by Err.
func TestUncaptured(t *testing.T) {
	d := open(t)
	b, err := d.Buffer(256)
	if err != nil {
		t.Fatal(err)
	}
	d.Write(b, 256, make([]byte, 4)) // past its end
	d.Read([]gpu.Reading{{From: b, To: make([]byte, 4)}})
	if err := d.Err(); err == nil || !strings.Contains(err.Error(), "failed") {
		t.Errorf("a write beyond a buffer's end reports %v", err)
	}
}
