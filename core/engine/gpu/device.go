// Package gpu is the engine that computes on a GPU: its kernels in WGSL, which the same text compiles in a browser and
// natively, and what to run of them and when. What a GPU is reached by is a [Device], of which each program brings its own.
package gpu

import (
	"fmt"

	"ganvas/core/engine"
)

// Device is a GPU as the engine uses it: memory, programs, and lists of dispatches that are recorded once and played any
// number of times. All calls come from one goroutine at a time, which they may block.
//
// Write and Play take effect in the order of the calls, but nobody sees when: a device may collect them and hand them over
// together, at the latest when it is asked to Flush or Read. What a call without an error runs into is told by Err.
type Device interface {
	Adapter() Adapter
	// Buffer is memory of that many bytes, a multiple of 4, all zero, to be bound as storage.
	Buffer(bytes int) (Buffer, error)
	// Program compiles WGSL whose entry point main takes storage buffers alone, those of group 0 from binding 0 on; access says of
	// each in turn what it is declared with. Code that does not compile is an error with the compiler's first message.
	Program(code string, access []Access) (Program, error)
	// Record keeps dispatches in that order, each of which sees what those before it wrote. Their buffers and programs must
	// outlive the list.
	Record(ds []Dispatch) (List, error)
	Play(l List)
	// Write puts data, of a length that is a multiple of 4, at that byte of a buffer, also a multiple of 4. It keeps no hold of data.
	Write(to Buffer, at int, data []byte)
	// Flush hands over what has been collected, and does not wait for it.
	Flush()
	// Read waits once for everything before it, and fills all.
	Read(all []Reading)
	// Tray is memory of that many bytes, a multiple of 8, in which results come while the device goes on.
	Tray(bytes int) (Tray, error)
	// Err is the first failure of any call, such as a lost device; after it results mean nothing.
	Err() error
	// Close gives all memory back; nothing may be called afterwards.
	Close() error
}

// Buffer is memory of a device. Release gives it back once what was called before has been computed.
type Buffer interface{ engine.Released }

// Tray brings results to the host. It is filled by Put, sent, and taken, and then it is empty again.
type Tray interface {
	engine.Released
	// Put has the tray hold that many bytes of a buffer, from byte from on, as they are at this place in the order of calls, from its own
	// byte at on. All are multiples of 4.
	Put(at int, of Buffer, from, bytes int)
	// Send hands over what was put and everything before it, and does not wait.
	Send()
	// Came reports whether what was sent has come, or will not since the device has failed; it does not wait.
	Came() bool
	// Take waits for what was sent, and fills to with its first bytes.
	Take(to []byte)
}

// Program is a compiled kernel. It lives as long as its device.
type Program interface{}

// List is dispatches that were recorded.
type List interface{ engine.Released }

// Access is how a kernel is bound to a buffer.
type Access int

const (
	ReadOnly  Access = iota // var<storage, read>
	ReadWrite               // var<storage, read_write>
)

// Dispatch is one call of a program with its buffers bound, over so many workgroups.
type Dispatch struct {
	Program  Program
	Bindings []Binding
	Groups   [3]int
}

// Binding is a part of a buffer: Bytes from byte At on, which is a multiple of 256.
type Binding struct {
	Buffer    Buffer
	At, Bytes int
}

// Reading is the bytes of a buffer from byte At on that are to be put into To; At and its length are multiples of 4.
type Reading struct {
	From Buffer
	At   int
	To   []byte
}

// Adapter is what a GPU is.
type Adapter struct {
	Name     string // as its driver calls it
	API      string // what it is reached by: vulkan, metal, d3d12, webgpu
	Software bool   // a processor computes in its place
	Limits   Limits
}

// Limits are what the device was opened with.
type Limits struct {
	Binding  int // bytes of a buffer that a kernel can be bound to
	Buffer   int // bytes of a buffer
	Shared   int // bytes that a workgroup shares
	Threads  int // of a workgroup
	Groups   int // workgroups in each dimension
	Bindings int // storage buffers of a kernel
}

// Least is what the engine's kernels need: what WebGPU promises of every adapter.
var Least = Limits{Binding: 128 << 20, Buffer: 256 << 20, Shared: 16 << 10, Threads: 256, Groups: 65535, Bindings: 8}

// Check says which limit of the adapter of that name is below what the kernels need.
func (l Limits) Check(name string) error {
	for _, c := range []struct {
		what        string
		has, needed int
	}{
		{"bytes to a kernel's buffer", l.Binding, Least.Binding}, {"bytes to a buffer", l.Buffer, Least.Buffer},
		{"bytes to a workgroup", l.Shared, Least.Shared}, {"threads to a workgroup", l.Threads, Least.Threads},
		{"workgroups", l.Groups, Least.Groups}, {"buffers to a kernel", l.Bindings, Least.Bindings},
	} {
		if c.has < c.needed {
			return fmt.Errorf("the GPU %s gives %d %s, and %d are needed", name, c.has, c.what, c.needed)
		}
	}
	return nil
}

// tooLarge says that a kernel cannot be bound to so many bytes.
func (l Limits) tooLarge(name string, bytes int) error {
	return fmt.Errorf("the network needs %d MB in one piece, and the GPU %s gives a kernel %d MB: take a smaller batch or smaller networks", bytes>>20, name, l.Binding>>20)
}
