// Package weights reads and writes named tensors in the safetensors format, and converts their number types.
package weights

import (
	"encoding/binary"
	"fmt"
	"math"
)

// DType is a tensor's number type, as safetensors spells it.
type DType string

const (
	F64  DType = "F64"
	F32  DType = "F32"
	F16  DType = "F16"
	BF16 DType = "BF16"
	I64  DType = "I64"
	I32  DType = "I32"
	I16  DType = "I16"
	I8   DType = "I8"
	U8   DType = "U8"
	Bool DType = "BOOL"
)

// sizes is the bytes of one value of each type that is understood.
var sizes = map[DType]int{F64: 8, F32: 4, F16: 2, BF16: 2, I64: 8, I32: 4, I16: 2, I8: 1, U8: 1, Bool: 1}

// Tensor is a named array of numbers. Data holds them row-major and little-endian.
type Tensor struct {
	Name  string
	DType DType
	Shape []int
	Data  []byte
}

// FromF32 copies values into a tensor.
func FromF32(name string, shape []int, values []float32) Tensor {
	b := make([]byte, 4*len(values))
	for i, v := range values {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(v))
	}
	return Tensor{name, F32, shape, b}
}

// FromF64 copies values into a tensor.
func FromF64(name string, shape []int, values []float64) Tensor {
	b := make([]byte, 8*len(values))
	for i, v := range values {
		binary.LittleEndian.PutUint64(b[8*i:], math.Float64bits(v))
	}
	return Tensor{name, F64, shape, b}
}

// FromI64 copies values into a tensor.
func FromI64(name string, shape []int, values []int64) Tensor {
	b := make([]byte, 8*len(values))
	for i, v := range values {
		binary.LittleEndian.PutUint64(b[8*i:], uint64(v))
	}
	return Tensor{name, I64, shape, b}
}

// Len is how many values the tensor has.
func (t Tensor) Len() int {
	n := 1
	for _, d := range t.Shape {
		n *= d
	}
	return n
}

// Count is how many values tensors have, all together.
func Count(ts []Tensor) int {
	n := 0
	for _, t := range ts {
		n += t.Len()
	}
	return n
}

// F64 is the tensor's values, whatever floating-point or whole-number type they are stored in.
func (t Tensor) F64() ([]float64, error) {
	get, err := t.reader()
	if err != nil {
		return nil, err
	}
	v := make([]float64, t.Len())
	for i := range v {
		v[i] = get(i)
	}
	return v, nil
}

// F32 is the tensor's values as float32; float64 values are rounded.
func (t Tensor) F32() ([]float32, error) {
	if t.DType == F32 && len(t.Data) == 4*t.Len() {
		v := make([]float32, t.Len())
		for i := range v {
			v[i] = math.Float32frombits(binary.LittleEndian.Uint32(t.Data[4*i:]))
		}
		return v, nil
	}
	wide, err := t.F64()
	if err != nil {
		return nil, err
	}
	v := make([]float32, len(wide))
	for i, x := range wide {
		v[i] = float32(x)
	}
	return v, nil
}

// I64 is the values of a tensor of whole numbers.
func (t Tensor) I64() ([]int64, error) {
	switch t.DType {
	case I64:
		if len(t.Data) != 8*t.Len() {
			return nil, t.size()
		}
		v := make([]int64, t.Len())
		for i := range v {
			v[i] = int64(binary.LittleEndian.Uint64(t.Data[8*i:]))
		}
		return v, nil
	case I32, I16, I8, U8, Bool:
		wide, err := t.F64()
		v := make([]int64, len(wide))
		for i, x := range wide {
			v[i] = int64(x)
		}
		return v, err
	}
	return nil, fmt.Errorf("tensor %q holds %s where whole numbers were expected", t.Name, t.DType)
}

func (t Tensor) size() error {
	return fmt.Errorf("tensor %q of shape %v needs %d bytes of %s and has %d", t.Name, t.Shape, t.Len()*sizes[t.DType], t.DType, len(t.Data))
}

// reader reads one value of the tensor's type.
func (t Tensor) reader() (func(i int) float64, error) {
	size, known := sizes[t.DType]
	if !known {
		return nil, fmt.Errorf("tensor %q holds numbers of the type %q, which is not read here", t.Name, t.DType)
	}
	if len(t.Data) != size*t.Len() {
		return nil, t.size()
	}
	b, le := t.Data, binary.LittleEndian
	switch t.DType {
	case F64:
		return func(i int) float64 { return math.Float64frombits(le.Uint64(b[8*i:])) }, nil
	case F32:
		return func(i int) float64 { return float64(math.Float32frombits(le.Uint32(b[4*i:]))) }, nil
	case F16:
		return func(i int) float64 { return float64(fromHalf(le.Uint16(b[2*i:]))) }, nil
	case BF16:
		return func(i int) float64 { return float64(math.Float32frombits(uint32(le.Uint16(b[2*i:])) << 16)) }, nil
	case I64:
		return func(i int) float64 { return float64(int64(le.Uint64(b[8*i:]))) }, nil
	case I32:
		return func(i int) float64 { return float64(int32(le.Uint32(b[4*i:]))) }, nil
	case I16:
		return func(i int) float64 { return float64(int16(le.Uint16(b[2*i:]))) }, nil
	case I8:
		return func(i int) float64 { return float64(int8(b[i])) }, nil
	default:
		return func(i int) float64 { return float64(b[i]) }, nil
	}
}

// Width is the bytes of one number of a type, 0 for a type that is not known.
func Width(d DType) int { return sizes[d] }
