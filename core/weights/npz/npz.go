// Package npz writes tensors as NumPy's files: one as .npy, several by name as .npz.
package npz

import (
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"

	"ganvas/core/weights"
	"ganvas/core/zipstore"
)

// types are NumPy's names of number types. bfloat16 has none.
var types = map[weights.DType]string{
	weights.F64: "<f8", weights.F32: "<f4", weights.F16: "<f2", weights.I64: "<i8", weights.I32: "<i4", weights.I16: "<i2", weights.I8: "|i1", weights.U8: "|u1", weights.Bool: "|b1",
}

// Array is a tensor as a .npy file of format 1.0.
func Array(t weights.Tensor) ([]byte, error) {
	descr, ok := types[t.DType]
	if !ok {
		return nil, fmt.Errorf("tensor %q holds %s, which NumPy has no type for", t.Name, t.DType)
	}
	var shape strings.Builder
	for _, d := range t.Shape {
		fmt.Fprintf(&shape, "%d, ", d)
	}
	head := "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + shape.String() + "), }"
	const before = 10 // magic, version, the header's length
	pad := 64 - (before+len(head)+1)%64
	b := make([]byte, 0, before+len(head)+pad+1+len(t.Data))
	b = append(b, "\x93NUMPY\x01\x00"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(head)+pad+1))
	b = append(b, head...)
	b = append(b, strings.Repeat(" ", pad)...)
	b = append(b, '\n')
	return append(b, t.Data...), nil
}

// Encode is tensors as a .npz file, each under its name, and texts as arrays of their bytes.
func Encode(ts []weights.Tensor, texts map[string]string) ([]byte, error) {
	parts := make([]zipstore.Part, 0, len(ts)+len(texts))
	for _, t := range ts {
		b, err := Array(t)
		if err != nil {
			return nil, err
		}
		parts = append(parts, zipstore.Part{Name: t.Name + ".npy", Data: b})
	}
	for _, name := range slices.Sorted(maps.Keys(texts)) {
		b, err := Array(weights.Tensor{Name: name, DType: weights.U8, Shape: []int{len(texts[name])}, Data: []byte(texts[name])})
		if err != nil {
			return nil, err
		}
		parts = append(parts, zipstore.Part{Name: name + ".npy", Data: b})
	}
	return zipstore.Write(parts, 1)
}
