package gpu

import (
	"math"
	"unsafe"
)

// span is a part of a buffer: count values of 4 bytes from value at on.
type span struct {
	in        Buffer // nil for nothing
	at, count int
}

// apart is the distance, in values, that parts of a buffer begin at multiples of, so that they can be bound alone.
const apart = 64

// padded is the next such beginning.
func padded(n int) int { return (n + apart - 1) / apart * apart }

func (s span) part(at, count int) span { return span{s.in, s.at + at, count} }

// whole is a span that can be bound alone and holds s, whose values begin skip values behind its beginning.
func (s span) whole() (all span, skip int) {
	skip = s.at % apart
	return span{s.in, s.at - skip, s.count + skip}, skip
}

func (s span) binding() Binding { return Binding{Buffer: s.in, At: 4 * s.at, Bytes: 4 * s.count} }

func (s span) reading(to []float32) Reading {
	return Reading{From: s.in, At: 4 * s.at, To: bytesOf(to[:s.count])}
}

// bytesOf is the memory of values of 4 bytes.
func bytesOf[T float32 | int32 | uint32](v []T) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(v))), 4*len(v))
}

// halves are the two words of a number, the lower first.
func halves(v uint64) (low, high uint32) { return uint32(v), uint32(v >> 32) }

func bitsOf(v float32) uint32 { return math.Float32bits(v) }
