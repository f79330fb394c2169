package export

import (
	"encoding/binary"
	"math"

	"google.golang.org/protobuf/encoding/protowire"

	"ganvas/core/weights"
)

// What ONNX numbers its messages' fields and kinds. Opset 17 has all that is written here, and runtimes since 2022 have it.
const (
	onnxIR, onnxOpset       = 8, 17
	onnxFloat, onnxInt64    = 1, 7
	attrFloat, attrInt      = 1, 2
	attrText, attrInts      = 3, 7
	fieldModelGraph         = 7
	fieldModelMetadata      = 14
	fieldGraphInitializer   = 5
	fieldGraphInput         = 11
	fieldGraphOutput        = 12
	fieldNodeAttribute      = 5
	fieldTensorName         = 8
	fieldTensorRaw          = 9
	fieldAttributeKind      = 20
	fieldModelOpset         = 8
	fieldAttributeInts      = 8
	fieldAttributeText      = 4
	fieldAttributeFloat     = 2
	fieldAttributeInt       = 3
	fieldDimensionVariable  = 2
	fieldNodeOperator       = 4
	fieldModelProducer      = 2
	fieldTensorKind         = 2
	fieldTensorDims         = 1
	fieldEither, fieldOther = 1, 2 // of messages with two fields
)

// message is a protobuf message being written.
type message []byte

func (m *message) text(field protowire.Number, s string) {
	*m = protowire.AppendString(protowire.AppendTag(*m, field, protowire.BytesType), s)
}

func (m *message) in(field protowire.Number, inside message) {
	*m = protowire.AppendBytes(protowire.AppendTag(*m, field, protowire.BytesType), inside)
}

func (m *message) number(field protowire.Number, v int64) {
	*m = protowire.AppendVarint(protowire.AppendTag(*m, field, protowire.VarintType), uint64(v))
}

// attribute is a node's: an int, []int, float32 or string.
func attribute(name string, v any) (a message) {
	a.text(fieldEither, name)
	kind := int64(attrInt)
	switch v := v.(type) {
	case int:
		a.number(fieldAttributeInt, int64(v))
	case []int:
		kind = attrInts
		for _, x := range v {
			a.number(fieldAttributeInts, int64(x))
		}
	case float64:
		kind = attrFloat
		a = protowire.AppendFixed32(protowire.AppendTag(a, fieldAttributeFloat, protowire.Fixed32Type), math.Float32bits(float32(v)))
	case string:
		kind = attrText
		a.text(fieldAttributeText, v)
	}
	a.number(fieldAttributeKind, kind)
	return a
}

// tensor is an initializer.
func tensor(t weights.Tensor) (m message) {
	for _, d := range t.Shape {
		m.number(fieldTensorDims, int64(d))
	}
	kind := int64(onnxFloat)
	if t.DType == weights.I64 {
		kind = onnxInt64
	}
	m.number(fieldTensorKind, kind)
	m.text(fieldTensorName, t.Name)
	m.in(fieldTensorRaw, t.Data)
	return m
}

// value is an input or output (N, dims…) of any N.
func value(name string, kind int64, dims ...int) message {
	var shape message
	var n message
	n.text(fieldDimensionVariable, "N")
	shape.in(fieldEither, n)
	for _, d := range dims {
		var dim message
		dim.number(fieldEither, int64(d))
		shape.in(fieldEither, dim)
	}
	var of, whole, m message
	of.number(fieldEither, kind)
	of.in(fieldOther, shape)
	whole.in(fieldEither, of)
	m.text(fieldEither, name)
	m.in(fieldOther, whole)
	return m
}

func int64s(name string, v ...int) weights.Tensor {
	b := make([]byte, 0, 8*len(v))
	for _, x := range v {
		b = binary.LittleEndian.AppendUint64(b, uint64(x))
	}
	return weights.Tensor{Name: name, DType: weights.I64, Shape: []int{len(v)}, Data: b}
}
