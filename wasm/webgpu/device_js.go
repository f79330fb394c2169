package webgpu

import (
	"encoding/json"
	"errors"
	"fmt"
	"syscall/js"
	"unsafe"

	"ganvas/core/engine/gpu"
	"ganvas/wasm/bridge"
)

// Device is the GPU that the Worker's player has opened: one at a time.
type Device struct {
	player js.Value
	is     gpu.Adapter
	words  []int32 // of the list that is being recorded
	closed bool
	err    error
}

// Open opens the visitor's fastest GPU. With real, one that a processor computes in the place of is refused.
func Open(real bool) (*Device, error) {
	d := &Device{player: js.Global().Get("ganvasGPU")}
	if d.player.IsUndefined() {
		return nil, errors.New("this page brings no WebGPU to its Workers")
	}
	about, err := bridge.Await(d.player.Call("open"))
	if err != nil {
		return nil, err
	}
	if err := json.Unmarshal([]byte(about.String()), &d.is); err != nil {
		return nil, fmt.Errorf("the GPU says nothing readable of itself: %w", err)
	}
	l := &d.is.Limits
	l.Binding, l.Buffer = min(l.Binding, 1<<31-256), min(l.Buffer, 1<<31-256)
	err = l.Check(d.is.Name)
	if real && d.is.Software {
		err = fmt.Errorf("%s is no GPU: a processor computes in its place", d.is.Name)
	}
	if err != nil {
		closeDevice()
		return nil, err
	}
	return d, nil
}

func (d *Device) Adapter() gpu.Adapter { return d.is }

func (d *Device) Err() error {
	if d.err == nil && failed() != 0 {
		d.err = errors.New(d.player.Get("failure").String())
	}
	return d.err
}

// buffer, list, tray and program are numbers of the player's.
type (
	buffer  struct{ number }
	list    struct{ number }
	program uint32
	number  struct {
		d *Device
		n uint32 // 0 once it was given back
	}
)

func (b *buffer) Release() { b.give(release) }
func (l *list) Release()   { l.give(forget) }

// give gives it back, unless that is done already: what a device had ends with it, and the next one has the same numbers.
func (x *number) give(back func(n uint32)) {
	if x.n != 0 && !x.d.closed {
		back(x.n)
	}
	x.n = 0
}

// Buffer: a GPU that has no more memory says so later, by Err.
func (d *Device) Buffer(bytes int) (gpu.Buffer, error) {
	if most := d.is.Limits.Buffer; bytes > most {
		return nil, fmt.Errorf("%d bytes in one piece are more than the %d that %s gives: take a smaller batch or smaller networks", bytes, most, d.is.Name)
	}
	return &buffer{number{d, makeBuffer(uint32(bytes))}}, nil
}

// types are what WebGPU calls each access.
var types = map[gpu.Access]any{gpu.ReadOnly: "read-only-storage", gpu.ReadWrite: "storage"}

func (d *Device) Program(code string, access []gpu.Access) (gpu.Program, error) {
	of := make([]any, len(access))
	for i, a := range access {
		of[i] = types[a]
	}
	n, err := bridge.Await(d.player.Call("program", code, of))
	if err != nil {
		return nil, fmt.Errorf("a kernel does not compile on %s: %w", d.is.Name, err)
	}
	return program(n.Int()), nil
}

func (d *Device) Record(ds []gpu.Dispatch) (gpu.List, error) {
	w := d.words[:0]
	for _, each := range ds {
		w = append(w, int32(each.Program.(program)), int32(each.Groups[0]), int32(each.Groups[1]), int32(each.Groups[2]), int32(len(each.Bindings)))
		for _, b := range each.Bindings {
			of := b.Buffer.(*buffer)
			if of.n == 0 {
				panic("webgpu: a dispatch with memory that was given back")
			}
			w = append(w, int32(of.n), int32(b.At), int32(b.Bytes))
		}
	}
	d.words = w
	return &list{number{d, record(unsafe.Pointer(unsafe.SliceData(w)), uint32(len(w)))}}, nil
}

func (d *Device) Play(l gpu.List) { play(l.(*list).n) }

func (d *Device) Write(to gpu.Buffer, at int, data []byte) {
	if len(data) > 0 {
		write(to.(*buffer).n, uint32(at), unsafe.Pointer(unsafe.SliceData(data)), uint32(len(data)))
	}
}

func (d *Device) Flush() { flush() }

// aligned is where the next reading can begin in memory that is mapped.
func aligned(n int) int { return (n + 7) / 8 * 8 }

func (d *Device) Read(all []gpu.Reading) {
	total := 0
	for _, r := range all {
		total += aligned(len(r.To))
	}
	if total == 0 || d.Err() != nil {
		return
	}
	d.player.Call("stage", total)
	at := 0
	for _, r := range all {
		copyOut(r.From.(*buffer).n, uint32(r.At), uint32(at), uint32(len(r.To)))
		at += aligned(len(r.To))
	}
	if _, err := bridge.Await(d.player.Call("map", total)); err != nil {
		return // which Err tells
	}
	at = 0
	for _, r := range all {
		if len(r.To) > 0 {
			take(uint32(at), unsafe.Pointer(unsafe.SliceData(r.To)), uint32(len(r.To)))
		}
		at += aligned(len(r.To))
	}
	unmap()
}

func (d *Device) Close() error {
	if !d.closed {
		closeDevice()
	}
	d.closed = true
	return nil
}
