package weights

import (
	"encoding/binary"
	"math"
)

// Half is the tensor with its values rounded to float16, to the nearest and ties to even. Values beyond ±65504 become
// infinite.
func (t Tensor) Half() (Tensor, error) {
	v, err := t.F32()
	if err != nil {
		return Tensor{}, err
	}
	b := make([]byte, 2*len(v))
	for i, x := range v {
		binary.LittleEndian.PutUint16(b[2*i:], toHalf(x))
	}
	return Tensor{t.Name, F16, t.Shape, b}, nil
}

// fromHalf widens IEEE 754 binary16, exactly.
func fromHalf(h uint16) float32 {
	sign, exp, frac := uint32(h&0x8000)<<16, uint32(h>>10&31), uint32(h&0x3ff)
	switch exp {
	case 0: // zero or subnormal: frac · 2⁻²⁴
		v := float32(frac) * (1.0 / (1 << 24))
		return math.Float32frombits(math.Float32bits(v) | sign)
	case 31:
		return math.Float32frombits(sign | 0x7f800000 | frac<<13)
	}
	return math.Float32frombits(sign | (exp+112)<<23 | frac<<13)
}

// toHalf rounds to IEEE 754 binary16.
func toHalf(v float32) uint16 {
	bits := math.Float32bits(v)
	sign := uint16(bits >> 16 & 0x8000)
	mag := bits &^ (1 << 31)
	switch {
	case mag > 0x7f800000: // NaN
		return sign | 0x7e00
	case mag >= 0x477ff000: // rounds to 65536 or more
		return sign | 0x7c00
	case mag >= 0x38800000: // normal: drop 13 bits
		mag += 0xfff + (mag >> 13 & 1)
		return sign | uint16((mag-0x38000000)>>13)
	}
	// Subnormal: a multiple of 2⁻²⁴, and RoundToEven is exact here.
	return sign | uint16(math.RoundToEven(float64(math.Float32frombits(mag))*(1<<24)))
}
