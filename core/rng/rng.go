// Package rng gives a run its random numbers: any number of independent streams from one seed, each known by its name,
// so that drawing more from one leaves the others as they were.
package rng

import (
	"encoding/binary"
	"hash/fnv"
	"math/rand/v2"
)

// Stream is one source of random numbers. Its whole state is the generator's 128 bits: no method keeps half a result
// for later, so a stream that was saved and restored goes on exactly.
type Stream struct {
	pcg  *rand.PCG
	rand *rand.Rand
}

// New is the stream of that name under seed. The PCG generator starts from two 64-bit FNV-1a hashes of both.
func New(seed uint64, name string) *Stream {
	pcg := rand.NewPCG(hash(seed, name, 0), hash(seed, name, 1))
	return &Stream{pcg: pcg, rand: rand.New(pcg)}
}

func hash(seed uint64, name string, half byte) uint64 {
	h := fnv.New64a()
	var b [9]byte
	binary.LittleEndian.PutUint64(b[:], seed)
	b[8] = half
	h.Write(b[:])
	h.Write([]byte(name))
	return h.Sum64()
}

// Uint64 is uniform over all 64-bit values.
func (s *Stream) Uint64() uint64 { return s.rand.Uint64() }

// Float32 is uniform in [0, 1), in steps of 2⁻²⁴.
func (s *Stream) Float32() float32 { return float32(s.rand.Uint64()>>40) * (1.0 / (1 << 24)) }

// IntN is uniform in [0, n). It panics unless n > 0.
func (s *Stream) IntN(n int) int { return s.rand.IntN(n) }

// Normal fills dst with standard normal values.
func (s *Stream) Normal(dst []float32) {
	for i := range dst {
		dst[i] = float32(s.rand.NormFloat64())
	}
}

// Uniform fills dst with values uniform in [lo, hi).
func (s *Stream) Uniform(dst []float32, lo, hi float32) {
	for i := range dst {
		// The conversion keeps the product from being fused with the sum, which would round differently on some machines.
		dst[i] = lo + float32((hi-lo)*s.Float32())
	}
}

// Shuffle puts p into a uniformly random order.
func (s *Stream) Shuffle(p []int32) {
	s.rand.Shuffle(len(p), func(i, j int) { p[i], p[j] = p[j], p[i] })
}

// MarshalBinary is the stream's exact state.
func (s *Stream) MarshalBinary() ([]byte, error) { return s.pcg.MarshalBinary() }

// AppendBinary appends the stream's exact state to b.
func (s *Stream) AppendBinary(b []byte) ([]byte, error) { return s.pcg.AppendBinary(b) }

// UnmarshalBinary puts the stream where MarshalBinary left it.
func (s *Stream) UnmarshalBinary(b []byte) error { return s.pcg.UnmarshalBinary(b) }
