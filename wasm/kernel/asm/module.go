// Package asm writes WebAssembly modules. Expressions are typed Go values ([I32], [F32], [V128]), so that a kernel
// whose types don't fit fails to compile as Go; statements are methods of [Func].
//
// It covers what arithmetic kernels need: structured control, loads and stores on one or
// more imported memories, 128-bit SIMD and relaxed madd.
package asm

import "fmt"

// Value types of the binary format.
const (
	typeI32  byte = 0x7f
	typeF32  byte = 0x7d
	typeV128 byte = 0x7b
)

// Module is one module being written. Its functions are exported under their names.
type Module struct {
	memories []memoryImport
	funcs    []*Func
	exported []byte // the export of an own memory, for tests and hosts without one
	ownPages uint32
}

// Memory is the index of a memory in its module.
type Memory uint32

type memoryImport struct {
	module, name string
	min, max     uint32 // pages of 64 KiB
	shared       bool
}

// ImportMemory imports a memory of at least min pages (64 KiB each).
func (m *Module) ImportMemory(module, name string, min uint32) Memory {
	m.memories = append(m.memories, memoryImport{module: module, name: name, min: min})
	return Memory(len(m.memories) - 1)
}

// ImportSharedMemory imports a memory that threads share; max pages is part of its type, the importer's max must be at
// least the memory's own.
func (m *Module) ImportSharedMemory(module, name string, min, max uint32) Memory {
	m.memories = append(m.memories, memoryImport{module: module, name: name, min: min, max: max, shared: true})
	return Memory(len(m.memories) - 1)
}

// ExportOwnMemory gives the module a memory of its own and exports it as name. Import all other memories before.
func (m *Module) ExportOwnMemory(name string, pages uint32) Memory {
	m.exported = append(appendName(nil, name), 2)
	m.exported = appendU(m.exported, uint32(len(m.memories)))
	m.ownPages = pages
	return Memory(len(m.memories))
}

// Func starts a function; name is what it's exported as.
func (m *Module) Func(name string) *Func {
	f := &Func{name: name, index: uint32(len(m.funcs))}
	m.funcs = append(m.funcs, f)
	return f
}

// Bytes returns the module in the binary format.
func (m *Module) Bytes() []byte {
	out := []byte("\x00asm\x01\x00\x00\x00")
	var types, imports, funcs, memories, exports, code, names []byte
	for _, im := range m.memories {
		imports = appendName(appendName(imports, im.module), im.name)
		imports = append(imports, 2)
		if im.shared {
			imports = appendU(appendU(append(imports, 3), im.min), im.max)
		} else {
			imports = appendU(append(imports, 0), im.min)
		}
	}
	nTypes, typeOf := uint32(0), map[string]uint32{}
	nExports := uint32(0)
	if m.exported != nil {
		memories = appendU([]byte{1, 0}, m.ownPages)
		exports = append(exports, m.exported...)
		nExports++
	}
	for _, f := range m.funcs {
		t := appendU([]byte{0x60}, uint32(len(f.params)))
		t = appendSized(append(t, f.params...), f.results)
		if _, seen := typeOf[string(t)]; !seen {
			typeOf[string(t)] = nTypes
			types = append(types, t...)
			nTypes++
		}
		funcs = appendU(funcs, typeOf[string(t)])
		exports = appendU(append(appendName(exports, f.name), 0), f.index)
		nExports++
		code = appendSized(code, f.body())
		names = appendName(appendU(names, f.index), f.name)
	}
	n := uint32(len(m.funcs))
	out = appendSection(out, 1, nTypes, types)
	out = appendSection(out, 2, uint32(len(m.memories)), imports)
	out = appendSection(out, 3, n, funcs)
	if memories != nil {
		out = appendSized(append(out, 5), memories)
	}
	out = appendSection(out, 7, nExports, exports)
	out = appendSection(out, 10, n, code)
	// The name section lets a profiler say which kernel runs.
	nameSec := appendSized(append(appendName(nil, "name"), 1), append(appendU(nil, n), names...))
	return appendSized(append(out, 0), nameSec)
}

func appendSection(out []byte, id byte, count uint32, items []byte) []byte {
	return appendSized(append(out, id), append(appendU(nil, count), items...))
}

func appendSized(out, b []byte) []byte { return append(appendU(out, uint32(len(b))), b...) }

func appendName(out []byte, s string) []byte { return append(appendU(out, uint32(len(s))), s...) }

// appendU appends v as unsigned LEB128.
func appendU(out []byte, v uint32) []byte {
	for v >= 0x80 {
		out = append(out, byte(v)|0x80)
		v >>= 7
	}
	return append(out, byte(v))
}

// appendS appends v as signed LEB128.
func appendS(out []byte, v int32) []byte {
	for {
		b := byte(v & 0x7f)
		v >>= 7
		if v == 0 && b&0x40 == 0 || v == -1 && b&0x40 != 0 {
			return append(out, b)
		}
		out = append(out, b|0x80)
	}
}

// String summarises the module for test failures.
func (m *Module) String() string {
	return fmt.Sprintf("module of %d functions, %d imported memories", len(m.funcs), len(m.memories))
}
