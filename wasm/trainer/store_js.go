package main

import (
	"unsafe"

	"ganvas/core/data"
	"ganvas/core/sample"
)

// The functions that www/js/data/store.js provides: the memory for digits that all Workers of the page share.

//go:wasmimport store exists
func storeExists() uint32

// storeClaim is 1 where this Worker fills the memory from now on.
//
//go:wasmimport store claim
func storeClaim() uint32

//go:wasmimport store release
func storeRelease()

// storeCount is how many samples there will be, 0 while nobody knows.
//
//go:wasmimport store count
func storeCount() uint32

//go:wasmimport store height
func storeHeight() uint32

//go:wasmimport store width
func storeWidth() uint32

// storeLabels is how many labels there are: one for each sample, or none.
//
//go:wasmimport store labels
func storeLabels() uint32

//go:wasmimport store readLabels
//go:noescape
func storeReadLabels(to unsafe.Pointer)

// storeOpen is 0 where there is no room for such samples.
//
//go:wasmimport store open
//go:noescape
func storeOpen(n, height, width uint32, labels unsafe.Pointer, count uint32) uint32

//go:wasmimport store arrived
func storeArrived() uint32

//go:wasmimport store put
//go:noescape
func storePut(at uint32, pixels unsafe.Pointer, n uint32)

//go:wasmimport store gather
//go:noescape
func storeGather(to, rows unsafe.Pointer, n uint32)

// shared is that memory as a set's store.
type shared struct{}

func (shared) Arrived() int { return int(storeArrived()) }

func (shared) Put(at int, pixels []byte) {
	storePut(uint32(at), unsafe.Pointer(unsafe.SliceData(pixels)), uint32(len(pixels)))
}

func (shared) Gather(dst []byte, rows []int32) {
	storeGather(unsafe.Pointer(unsafe.SliceData(dst)), unsafe.Pointer(unsafe.SliceData(rows)), uint32(len(rows)))
}

// makeShared announces samples to the shared memory; nil where they have no room there.
func makeShared(n int, shape sample.Shape, labels []uint8) data.Store {
	if shape.Channels != 1 || storeOpen(uint32(n), uint32(shape.Height), uint32(shape.Width), unsafe.Pointer(unsafe.SliceData(labels)), uint32(len(labels))) == 0 {
		return nil
	}
	return shared{}
}

// openShared is the set that the shared memory holds, or will hold.
func openShared(name string) (*data.Set, error) {
	var labels []uint8
	if n := storeLabels(); n > 0 {
		labels = make([]uint8, n)
		storeReadLabels(unsafe.Pointer(&labels[0]))
	}
	return data.NewStored(name, int(storeCount()), sample.Gray(int(storeHeight()), int(storeWidth())), labels, shared{})
}
