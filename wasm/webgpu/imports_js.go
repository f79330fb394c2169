package webgpu

import "unsafe"

// The functions that www/js/webgpu/player.js provides. Nothing there keeps a pointer. Buffers, programs, lists and trays are numbers.

//go:wasmimport gpu failed
func failed() uint32

//go:wasmimport gpu buffer
func makeBuffer(bytes uint32) uint32

//go:wasmimport gpu release
func release(buffer uint32)

//go:wasmimport gpu record
//go:noescape
func record(words unsafe.Pointer, n uint32) uint32

//go:wasmimport gpu forget
func forget(list uint32)

//go:wasmimport gpu play
func play(list uint32)

//go:wasmimport gpu write
//go:noescape
func write(buffer, at uint32, from unsafe.Pointer, bytes uint32)

//go:wasmimport gpu flush
func flush()

//go:wasmimport gpu copy
func copyOut(buffer, at, to, bytes uint32)

//go:wasmimport gpu take
//go:noescape
func take(from uint32, to unsafe.Pointer, bytes uint32)

//go:wasmimport gpu unmap
func unmap()

//go:wasmimport gpu tray
func makeTray(bytes uint32) uint32

//go:wasmimport gpu removeTray
func removeTray(tray uint32)

//go:wasmimport gpu put
func put(tray, at, buffer, from, bytes uint32)

//go:wasmimport gpu send
func send(tray uint32)

//go:wasmimport gpu came
func came(tray uint32) uint32

//go:wasmimport gpu takeTray
//go:noescape
func takeTray(tray uint32, to unsafe.Pointer, bytes uint32)

//go:wasmimport gpu close
func closeDevice()
