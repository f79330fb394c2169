package main

import (
	"errors"
	"io"
	"runtime"
	"unsafe"

	"ganvas/core/data"
	"ganvas/core/sample"
	"ganvas/core/session"
	"ganvas/core/wire"
	"ganvas/wasm/bridge"
)

// The functions that www/js/data/store.js provides: memory for samples that all Workers of the page share. Each has a number here:
// digits lie in the first, the visitor's own data in others.

const digitStore = 0

//go:wasmimport store exists
func storeExists() uint32

// storeClaim is 1 where this Worker fills the memory for digits from now on.
//
//go:wasmimport store claim
func storeClaim() uint32

//go:wasmimport store release
func storeRelease()

// storeCount is how many samples there will be, 0 while nobody knows.
//
//go:wasmimport store count
func storeCount(which uint32) uint32

//go:wasmimport store channels
func storeChannels(which uint32) uint32

//go:wasmimport store height
func storeHeight(which uint32) uint32

//go:wasmimport store width
func storeWidth(which uint32) uint32

// storeLabels is how many labels there are: one for each sample, or none.
//
//go:wasmimport store labels
func storeLabels(which uint32) uint32

//go:wasmimport store readLabels
//go:noescape
func storeReadLabels(which uint32, to unsafe.Pointer)

// storeOpen is 0 where there is no room for such digits.
//
//go:wasmimport store open
//go:noescape
func storeOpen(n, height, width uint32, labels unsafe.Pointer, count uint32) uint32

// storeMake is the number of new memory for the visitor's own data, 0 where there is none to share.
//
//go:wasmimport store make
//go:noescape
func storeMake(n, channels, height, width uint32, labels unsafe.Pointer, count uint32) uint32

// storeHeld is the number of the memory with the visitor's newest data, 0 where there is none.
//
//go:wasmimport store held
func storeHeld() uint32

// storeDrop says that this Worker has no more use for memory with own data.
//
//go:wasmimport store drop
func storeDrop(which uint32)

//go:wasmimport store arrived
func storeArrived(which uint32) uint32

//go:wasmimport store put
//go:noescape
func storePut(which, at uint32, pixels unsafe.Pointer, n uint32)

//go:wasmimport store gather
//go:noescape
func storeGather(which uint32, to, rows unsafe.Pointer, n uint32)

// fileSize is how many bytes the file of that number has that lies beside a command, −1 where there is none.
//
//go:wasmimport store fileSize
func fileSize(number uint32) float64

// fileRead reads n bytes of it, and is 0 where it can no longer be read.
//
//go:wasmimport store fileRead
//go:noescape
func fileRead(number uint32, at float64, to unsafe.Pointer, n uint32) uint32

// shared is such memory as a set's store.
type shared struct{ which uint32 }

func (s *shared) Arrived() int { return int(storeArrived(s.which)) }

func (s *shared) Put(at int, pixels []byte) {
	storePut(s.which, uint32(at), unsafe.Pointer(unsafe.SliceData(pixels)), uint32(len(pixels)))
}

func (s *shared) Gather(dst []byte, rows []int32) {
	storeGather(s.which, unsafe.Pointer(unsafe.SliceData(dst)), unsafe.Pointer(unsafe.SliceData(rows)), uint32(len(rows)))
}

// makeShared announces digits to the shared memory; nil where they have no room there.
func makeShared(n int, shape sample.Shape, labels []uint8) data.Store {
	if shape.Channels != 1 || storeOpen(uint32(n), uint32(shape.Height), uint32(shape.Width), unsafe.Pointer(unsafe.SliceData(labels)), uint32(len(labels))) == 0 {
		return nil
	}
	return &shared{digitStore}
}

// openShared is the set that the shared memory of that number holds, or will hold.
func openShared(which uint32, name string, classes int) (*data.Set, error) {
	var labels []uint8
	if n := storeLabels(which); n > 0 {
		labels = make([]uint8, n)
		storeReadLabels(which, unsafe.Pointer(&labels[0]))
	}
	s := &shared{which}
	if which != digitStore {
		runtime.AddCleanup(s, storeDrop, which)
	}
	shape := sample.Shape{Channels: int(storeChannels(which)), Height: int(storeHeight(which)), Width: int(storeWidth(which))}
	return data.NewStored(name, int(storeCount(which)), shape, classes, labels, s)
}

// ownData is where this program has the visitor's own data: files beside commands, and memory that Workers share.
var ownData = session.Memory{File: openFile, Room: makeOwn, Held: openOwn}

// arriving is the visitor's own data on their way into shared memory, which tells the page how many are there.
type arriving struct {
	*shared
	size, total int
}

func (a arriving) Put(at int, pixels []byte) {
	a.shared.Put(at, pixels)
	bridge.Emit(wire.Event{Type: wire.Loading, What: "own", Have: int64(at + len(pixels)/a.size), Total: int64(a.total)})
}

func makeOwn(n int, shape sample.Shape, labels []uint8) data.Store {
	which := storeMake(uint32(n), uint32(shape.Channels), uint32(shape.Height), uint32(shape.Width), unsafe.Pointer(unsafe.SliceData(labels)), uint32(len(labels)))
	if which == 0 {
		return nil
	}
	s := &shared{which}
	runtime.AddCleanup(s, storeDrop, which)
	return arriving{s, shape.Size(), n}
}

func openOwn(name string, classes int) (*data.Set, error) {
	which := storeHeld()
	if which == 0 {
		return nil, errors.New("the page shares no data of the visitor's own")
	}
	return openShared(which, name, classes)
}

// file is one that lies beside a command.
type file struct {
	number uint32
	size   int64
}

func openFile(number int) (*io.SectionReader, error) {
	n := fileSize(uint32(number))
	if n < 0 {
		return nil, errors.New("the file did not come with the command")
	}
	f := file{uint32(number), int64(n)}
	return io.NewSectionReader(f, 0, f.size), nil
}

func (f file) ReadAt(b []byte, at int64) (int, error) {
	n := min(int64(len(b)), f.size-at)
	if n <= 0 {
		return 0, io.EOF
	}
	if fileRead(f.number, float64(at), unsafe.Pointer(unsafe.SliceData(b)), uint32(n)) == 0 {
		return 0, errors.New("the browser cannot read the file any more: give it again")
	}
	if n < int64(len(b)) {
		return int(n), io.EOF
	}
	return int(n), nil
}
