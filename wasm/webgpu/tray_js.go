package webgpu

import (
	"unsafe"

	"ganvas/core/engine/gpu"
	"ganvas/wasm/bridge"
)

type tray struct{ number }

func (d *Device) Tray(bytes int) (gpu.Tray, error) {
	return &tray{number{d, makeTray(uint32(bytes))}}, nil
}

func (t *tray) Release() { t.give(removeTray) }

func (t *tray) Put(at int, of gpu.Buffer, from, bytes int) {
	put(t.n, uint32(at), of.(*buffer).n, uint32(from), uint32(bytes))
}

func (t *tray) Send()      { send(t.n) }
func (t *tray) Came() bool { return came(t.n) != 0 }

func (t *tray) Take(to []byte) {
	if !t.Came() {
		_, _ = bridge.Await(t.d.player.Call("arrival", t.n)) // Err tells what went wrong
	}
	if t.d.Err() == nil {
		takeTray(t.n, unsafe.Pointer(unsafe.SliceData(to)), uint32(len(to)))
	}
}
