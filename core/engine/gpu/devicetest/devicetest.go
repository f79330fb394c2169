// Package devicetest is what every GPU device must pass.
package devicetest

import (
	"encoding/binary"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"ganvas/core/engine/gpu"
)

// add: to[i] += from[i], 64 values.
const add = `@group(0) @binding(0) var<storage, read> src: array<f32>;
@group(0) @binding(1) var<storage, read_write> dst: array<f32>;
@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
	if (id.x < 64u) { dst[id.x] += src[id.x]; }
}`

// turn: dst[i] = src[n − 1 − i] by way of shared memory, 64 values.
const turn = `@group(0) @binding(0) var<storage, read> src: array<f32>;
@group(0) @binding(1) var<storage, read_write> dst: array<f32>;
var<workgroup> all: array<f32, 64>;
@compute @workgroup_size(64)
fn main(@builtin(local_invocation_index) i: u32) {
	all[i] = src[i];
	workgroupBarrier();
	dst[i] = all[63u - i];
}`

const size = 64 * 4

// Run holds a device against what [gpu.Device] promises.
func Run(t *testing.T, d gpu.Device) {
	t.Run("adapter", func(t *testing.T) { adapter(t, d) })
	t.Run("memory", func(t *testing.T) { memory(t, d) })
	t.Run("order", func(t *testing.T) { order(t, d) })
	t.Run("trays", func(t *testing.T) { trays(t, d) })
	t.Run("shared", func(t *testing.T) { shared(t, d) })
	t.Run("refusals", func(t *testing.T) { refusals(t, d) })
	t.Run("release", func(t *testing.T) { release(t, d) })
	if err := d.Err(); err != nil {
		t.Errorf("the device reports %v", err)
	}
}

func adapter(t *testing.T, d gpu.Device) {
	a := d.Adapter()
	if a.Name == "" || a.API == "" {
		t.Errorf("an adapter without a name: %+v", a)
	}
	if l := a.Limits; l.Binding < gpu.Least.Binding || l.Buffer < gpu.Least.Buffer || l.Shared < gpu.Least.Shared || l.Threads < gpu.Least.Threads || l.Groups < gpu.Least.Groups || l.Bindings < gpu.Least.Bindings {
		t.Errorf("limits %+v are below %+v", l, gpu.Least)
	}
}

func memory(t *testing.T, d gpu.Device) {
	a, b := buffer(t, d), buffer(t, d)
	if got := read(d, a); slices.ContainsFunc(got, func(v float32) bool { return v != 0 }) {
		t.Errorf("new memory holds %v", got)
	}
	d.Write(a, 4, bytes([]float32{1, 2}))
	d.Write(b, 12, bytes([]float32{1, 2}))
	d.Write(a, 8, bytes([]float32{3}))
	two := [2][]byte{make([]byte, 8), make([]byte, 8)}
	d.Read([]gpu.Reading{{From: a, At: 4, To: two[0]}, {From: b, At: 12, To: two[1]}})
	if x, y := floats(two[0]), floats(two[1]); !slices.Equal(x, []float32{1, 3}) || !slices.Equal(y, []float32{1, 2}) {
		t.Errorf("%v and %v were read", x, y)
	}
	host := bytes([]float32{5})
	d.Write(a, 0, host)
	copy(host, bytes([]float32{6})) // which the device has no hold of
	if got := read(d, a); got[0] != 5 {
		t.Errorf("%v was written, not 5", got[0])
	}
}

// order: writes and lists of dispatches take effect in turn, however often a list is played.
func order(t *testing.T, d gpu.Device) {
	p := program(t, d, add)
	x, y, z := buffer(t, d), buffer(t, d), buffer(t, d)
	// y += x; z += y; y += z, each on what the one before left
	l := record(t, d, []gpu.Dispatch{bound(p, x, y), bound(p, y, z), bound(p, z, y)})
	want := [2]float32{} // y, z
	for i := range 5 {
		v := float32(i + 1)
		d.Write(x, 0, bytes(slices.Repeat([]float32{v}, 64)))
		for range i {
			d.Play(l)
			want[0] += v
			want[1] += want[0]
			want[0] += want[1]
		}
		d.Write(z, 0, bytes(slices.Repeat([]float32{v}, 64)))
		want[1] = v
		if i%2 == 0 {
			d.Flush()
		}
	}
	if got := read(d, y); got[63] != want[0] {
		t.Errorf("y is %v, want %v", got[63], want[0])
	}
	if got := read(d, z); got[0] != want[1] {
		t.Errorf("z is %v, want %v", got[0], want[1])
	}
	l.Release()
}

// trays: what is put on one is as it was then, however much is computed and read until it is taken, and trays are used again.
func trays(t *testing.T, d gpu.Device) {
	p, x, y := program(t, d, add), buffer(t, d), buffer(t, d)
	l := record(t, d, []gpu.Dispatch{bound(p, x, y)})
	defer l.Release()
	d.Write(x, 0, bytes(slices.Repeat([]float32{1}, 64)))
	var all [3]gpu.Tray
	for i := range all {
		var err error
		if all[i], err = d.Tray(64); err != nil {
			t.Fatal(err)
		}
	}
	for round := range 3 {
		for _, tray := range all {
			for at := range 3 {
				d.Play(l)
				tray.Put(4*at, y, 4*at, 4)
			}
			tray.Send()
			d.Play(l)
		}
		read(d, y) // waits for the device, but takes no tray
		for i, tray := range all {
			if i == round {
				for !tray.Came() {
					time.Sleep(time.Millisecond)
				}
			}
			to := make([]byte, 12)
			tray.Take(to)
			first := float32(12*round + 4*i + 1)
			if got := floats(to); !slices.Equal(got, []float32{first, first + 1, first + 2}) {
				t.Errorf("tray %d of round %d has %v, want %v and the next two", i, round, got, first)
			}
		}
	}
	all[0].Put(0, y, 0, 4) // given back with something on it, and on its way
	all[1].Put(0, y, 0, 4)
	all[1].Send()
	for _, tray := range all {
		tray.Release()
		tray.Release()
	}
	if got := read(d, y); got[0] != 36 {
		t.Errorf("%v, want 36", got[0])
	}
}

// shared: threads of a workgroup see what the others put into its memory, and parts of buffers can be bound.
func shared(t *testing.T, d gpu.Device) {
	whole, err := d.Buffer(4 * size)
	if err != nil {
		t.Fatal(err)
	}
	defer whole.Release()
	v := make([]float32, 256)
	for i := range v {
		v[i] = float32(i)
	}
	d.Write(whole, 0, bytes(v))
	to := buffer(t, d)
	l := record(t, d, []gpu.Dispatch{{Program: program(t, d, turn), Groups: [3]int{1, 1, 1},
		Bindings: []gpu.Binding{{Buffer: whole, At: 2 * size, Bytes: size}, {Buffer: to, Bytes: size}}}})
	defer l.Release()
	d.Play(l)
	for i, got := range read(d, to) {
		if want := float32(128 + 63 - i); got != want {
			t.Fatalf("value %d is %v, want %v", i, got, want)
		}
	}
}

func refusals(t *testing.T, d gpu.Device) {
	_, err := d.Program(strings.Replace(add, "dst[id.x] +=", "nothing[id.x] +=", 1), []gpu.Access{gpu.ReadOnly, gpu.ReadWrite})
	if err == nil || !strings.Contains(err.Error(), "nothing") {
		t.Errorf("code that does not compile: %v", err)
	}
	if b, err := d.Buffer(d.Adapter().Limits.Buffer + 4); err == nil {
		b.Release()
		t.Error("a buffer beyond the limit was made")
	}
	if err := d.Err(); err != nil {
		t.Errorf("a refusal has failed the device: %v", err)
	}
}

// release: what is given back while lists that use it are still to be played is played all the same.
func release(t *testing.T, d gpu.Device) {
	p, y := program(t, d, add), buffer(t, d)
	for range 20 {
		x, err := d.Buffer(size)
		if err != nil {
			t.Fatal(err)
		}
		d.Write(x, 0, bytes(slices.Repeat([]float32{1}, 64)))
		l := record(t, d, []gpu.Dispatch{bound(p, x, y)})
		d.Play(l)
		for range 2 {
			l.Release()
			x.Release()
		}
	}
	if got := read(d, y); got[5] != 20 {
		t.Errorf("%v, want 20", got[5])
	}
}

func buffer(t *testing.T, d gpu.Device) gpu.Buffer {
	t.Helper()
	b, err := d.Buffer(size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(b.Release)
	return b
}

func program(t *testing.T, d gpu.Device, code string) gpu.Program {
	t.Helper()
	p, err := d.Program(code, []gpu.Access{gpu.ReadOnly, gpu.ReadWrite})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func record(t *testing.T, d gpu.Device, ds []gpu.Dispatch) gpu.List {
	t.Helper()
	l, err := d.Record(ds)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func bound(p gpu.Program, from, to gpu.Buffer) gpu.Dispatch {
	return gpu.Dispatch{Program: p, Bindings: []gpu.Binding{{Buffer: from, Bytes: size}, {Buffer: to, Bytes: size}}, Groups: [3]int{1, 1, 1}}
}

func read(d gpu.Device, b gpu.Buffer) []float32 {
	to := make([]byte, size)
	d.Read([]gpu.Reading{{From: b, To: to}})
	return floats(to)
}

func bytes(v []float32) (b []byte) {
	for _, x := range v {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(x))
	}
	return b
}

func floats(b []byte) (v []float32) {
	for ; len(b) > 0; b = b[4:] {
		v = append(v, math.Float32frombits(binary.LittleEndian.Uint32(b)))
	}
	return v
}
