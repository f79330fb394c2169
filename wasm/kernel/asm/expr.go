package asm

import (
	"encoding/binary"
	"math"
)

// I32, F32 and V128 are expressions: code that leaves one value of that type on the stack. An expression may be used
// any number of times; each use evaluates it again.
type (
	I32  []byte
	F32  []byte
	V128 []byte
)

// Arg is an argument of a call: an expression of any type.
type Arg interface{ expr() []byte }

func (x I32) expr() []byte  { return x }
func (x F32) expr() []byte  { return x }
func (x V128) expr() []byte { return x }

// cat never shares storage with its parts: expressions are values.
func cat(parts ...[]byte) []byte {
	n := 0
	for _, p := range parts {
		n += len(p)
	}
	out := make([]byte, 0, n)
	for _, p := range parts {
		out = append(out, p...)
	}
	return out
}

// Int is a constant.
func Int(v int32) I32 { return appendS([]byte{0x41}, v) }

// Float is a constant.
func Float(v float32) F32 { return binary.LittleEndian.AppendUint32([]byte{0x43}, math.Float32bits(v)) }

// Floats is a vector of four times v.
func Floats(v float32) V128 {
	b := math.Float32bits(v)
	return Words(b, b, b, b)
}

// Words is a constant vector of four 32-bit words.
func Words(a, b, c, d uint32) V128 {
	out := []byte{0xfd, 12}
	for _, w := range [4]uint32{a, b, c, d} {
		out = binary.LittleEndian.AppendUint32(out, w)
	}
	return out
}

func (x I32) op(code byte, y I32) I32 { return cat(x, y, []byte{code}) }

func (x I32) Eqz() I32        { return cat(x, []byte{0x45}) }
func (x I32) Eq(y I32) I32    { return x.op(0x46, y) }
func (x I32) Ne(y I32) I32    { return x.op(0x47, y) }
func (x I32) Less(y I32) I32  { return x.op(0x48, y) } // signed
func (x I32) LessU(y I32) I32 { return x.op(0x49, y) }
func (x I32) Add(y I32) I32   { return x.op(0x6a, y) }
func (x I32) Sub(y I32) I32   { return x.op(0x6b, y) }
func (x I32) Mul(y I32) I32   { return x.op(0x6c, y) }
func (x I32) DivU(y I32) I32  { return x.op(0x6e, y) }
func (x I32) RemU(y I32) I32  { return x.op(0x70, y) }
func (x I32) And(y I32) I32   { return x.op(0x71, y) }
func (x I32) Or(y I32) I32    { return x.op(0x72, y) }
func (x I32) Xor(y I32) I32   { return x.op(0x73, y) }
func (x I32) Shl(n int32) I32 { return x.op(0x74, Int(n)) }
func (x I32) Shr(n int32) I32 { return x.op(0x76, Int(n)) } // unsigned

// Choose is x where cond isn't zero, else y; both are evaluated.
func Choose(cond, x, y I32) I32 { return cat(x, y, cond, []byte{0x1b}) }

// Min is the smaller of two signed numbers.
func Min(x, y I32) I32 { return Choose(x.Less(y), x, y) }

func (x F32) Eq(y F32) I32 { return cat(x, y, []byte{0x5b}) }
func (x F32) Ne(y F32) I32 { return cat(x, y, []byte{0x5c}) }

// Splat fills the four lanes.
func (x F32) Splat() V128 { return cat(x, []byte{0xfd, 19}) }
func (x I32) Splat() V128 { return cat(x, []byte{0xfd, 17}) }

// simd appends a SIMD operation's number.
func simd(n uint32, parts ...[]byte) V128 { return appendU(append(cat(parts...), 0xfd), n) }

// Shuffle picks four of the eight words of x (0–3) and y (4–7).
func (x V128) Shuffle(y V128, a, b, c, d byte) V128 {
	out := append(cat(x, y), 0xfd, 13)
	for _, w := range [4]byte{a, b, c, d} {
		out = append(out, 4*w, 4*w+1, 4*w+2, 4*w+3)
	}
	return out
}

// On four floats. PMin(y) is y where y < x, else x; PMax(y) is y where x < y, else x: a NaN in x comes out.
func (x V128) Greater(y V128) V128        { return simd(0x44, x, y) }
func (x V128) Less(y V128) V128           { return simd(0x43, x, y) }
func (x V128) Nearest() V128              { return simd(0x6a, x) }
func (x V128) Abs() V128                  { return simd(0xe0, x) }
func (x V128) Neg() V128                  { return simd(0xe1, x) }
func (x V128) Sqrt() V128                 { return simd(0xe3, x) }
func (x V128) Add(y V128) V128            { return simd(0xe4, x, y) }
func (x V128) Sub(y V128) V128            { return simd(0xe5, x, y) }
func (x V128) Mul(y V128) V128            { return simd(0xe6, x, y) }
func (x V128) Div(y V128) V128            { return simd(0xe7, x, y) }
func (x V128) PMin(y V128) V128           { return simd(0xea, x, y) }
func (x V128) PMax(y V128) V128           { return simd(0xeb, x, y) }
func (x V128) ToInts() V128               { return simd(0xf8, x) }        // saturating; NaN gives 0
func (x V128) RelaxedMadd(y, z V128) V128 { return simd(0x105, x, y, z) } // x·y + z, rounded once or twice

// On bits and on four 32-bit integers.
func (x V128) And(y V128) V128           { return simd(78, x, y) }
func (x V128) Or(y V128) V128            { return simd(80, x, y) }
func (x V128) Xor(y V128) V128           { return simd(81, x, y) }
func (x V128) Select(yes, no V128) V128  { return simd(82, yes, no, x) } // bits of yes where x has ones, else of no
func (x V128) IntAdd(y V128) V128        { return simd(0xae, x, y) }
func (x V128) IntMul(y V128) V128        { return simd(0xb5, x, y) }
func (x V128) IntShl(n int32) V128       { return simd(0xab, x, Int(n)) }
func (x V128) IntShr(n int32) V128       { return simd(0xad, x, Int(n)) } // unsigned
func (x V128) IntGreaterEqU(y V128) V128 { return simd(0x40, x, y) }

// Place is somewhere in a memory: an address and a constant offset.
type Place struct {
	memory Memory
	addr   I32
	offset uint32
}

// At is the place at addr + offset.
func (m Memory) At(addr I32, offset int) Place { return Place{m, addr, uint32(offset)} }

// arg encodes the memory argument of a load or store; align is log2 of the alignment promised, which is always 4 bytes.
func (p Place) arg() []byte {
	const align = 2
	if p.memory == 0 {
		return appendU([]byte{align}, p.offset)
	}
	return appendU(appendU([]byte{align | 0x40}, uint32(p.memory)), p.offset)
}

func (p Place) Int() I32     { return cat(p.addr, []byte{0x28}, p.arg()) }
func (p Place) Float() F32   { return cat(p.addr, []byte{0x2a}, p.arg()) }
func (p Place) Vector() V128 { return cat(p.addr, []byte{0xfd, 0}, p.arg()) }

// Splat loads one word into all four lanes, Word one into the first and zero into the others.
func (p Place) Splat() V128 { return cat(p.addr, []byte{0xfd, 9}, p.arg()) }
func (p Place) Word() V128  { return cat(p.addr, []byte{0xfd, 0x5c}, p.arg()) }

// Words2 loads two words into the first lanes and zero into the others.
func (p Place) Words2() V128 { return cat(p.addr, []byte{0xfd, 0x5d}, p.arg()) }
