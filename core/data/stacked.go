package data

import (
	"ganvas/core/rng"
	"ganvas/core/sample"
)

const (
	stackChannels = 3
	// stackBlock is how many digits those of one picture lie among, so that training can begin before all have arrived.
	stackBlock = 6000
)

// stack is pictures whose channels are digits drawn at random, put together from the set of digits whenever they are asked
// for: only which digits they are is kept. (Metz et al. 2017; Srivastava et al. 2017.)
type stack struct {
	digits *Set
	rows   []int32 // (n, stackChannels)
	named  []int32 // the digits of a Gather
}

// stacked is a set of pictures as many as there are digits, each of three digits from the same block of 6,000 as its number.
func stacked(known *Known, digits *Set, split Split) *Set {
	n := digits.Len()
	s := &stack{digits: digits, rows: make([]int32, stackChannels*n)}
	random := rng.New(1, string(split)+" "+known.Name)
	for i := range s.rows {
		first := i / stackChannels / stackBlock * stackBlock
		s.rows[i] = int32(first + random.IntN(min(stackBlock, n-first)))
	}
	shape := sample.Shape{Channels: stackChannels, Height: digits.Shape().Height, Width: digits.Shape().Width}
	set, err := NewStored(known.Name, n, shape, 0, nil, s)
	if err != nil {
		panic("data: stacked pictures have no labels that could be wrong")
	}
	return set
}

// Arrived is how many pictures have all their digits.
func (s *stack) Arrived() int {
	n := s.digits.Arrived()
	if n < s.digits.Len() {
		n -= n % stackBlock
	}
	return n
}

func (*stack) Put(int, []byte) { panic("data: stacked pictures are made, not put") }

func (s *stack) Gather(dst []byte, rows []int32) {
	s.named = s.named[:0]
	for _, row := range rows {
		s.named = append(s.named, s.rows[stackChannels*int(row):][:stackChannels]...)
	}
	s.digits.bytes(dst, s.named)
}

// Digits is the set whose samples are this one's channels, nil for a set that is not made of another.
func (s *Set) Digits() *Set {
	if made, ok := s.store.(*stack); ok {
		return made.digits
	}
	return nil
}

// bytes writes the bytes of the named rows, which must have arrived.
func (s *Set) bytes(dst []byte, rows []int32) {
	if s.store != nil {
		s.store.Gather(dst, rows)
		return
	}
	size := s.Size()
	for i, row := range rows {
		copy(dst[i*size:][:size], s.pixels[int(row)*size:])
	}
}
