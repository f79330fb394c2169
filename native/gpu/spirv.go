package gpu

import (
	"encoding/binary"
	"errors"

	"github.com/gogpu/naga"
)

// Instructions of SPIR-V (its specification, section 3.49) and the storage class that a workgroup shares.
const (
	opConstantNull = 46
	opVariable     = 59
	opStore        = 62
	workgroup      = 4
	header         = 5 // words
)

// compiled is WGSL as SPIR-V. It leaves out what naga puts in front of every kernel with shared memory: one thread that fills all of it
// with zeros, value after value, which takes longer than the kernel, and drivers seconds to compile. The engine's kernels read nothing
// there that they have not written.
func compiled(code string) ([]uint32, error) {
	b, err := naga.Compile(code)
	if err != nil {
		return nil, err
	}
	words := make([]uint32, len(b)/4)
	for i := range words {
		words[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	if len(words) < header {
		return nil, errors.New("naga gives no SPIR-V")
	}
	return unfilled(words), nil
}

// unfilled is SPIR-V without stores of zeros over whole variables that a workgroup shares.
func unfilled(words []uint32) []uint32 {
	kept := append([]uint32{}, words[:header]...)
	null, shared := map[uint32]bool{}, map[uint32]bool{}
	for at := header; at < len(words); {
		length := int(words[at] >> 16)
		if length == 0 || at+length > len(words) {
			return words // not as the specification has it: the driver will say so
		}
		ins := words[at : at+length]
		at += length
		switch op := ins[0] & 0xFFFF; {
		case op == opConstantNull:
			null[ins[2]] = true
		case op == opVariable && ins[3] == workgroup:
			shared[ins[2]] = true
		case op == opStore && shared[ins[1]] && null[ins[2]]:
			continue
		}
		kept = append(kept, ins...)
	}
	return kept
}
