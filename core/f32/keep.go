package f32

// Keep says whether dropout of rate p keeps value i under seed. It is a function of its arguments alone, so that any
// part of a batch can be masked anywhere: the value's number times the odd integer nearest 2³²/φ is mixed with the seed's two halves
// by multiplications and shifts of 32 bits, which every SIMD unit has, and the top 24 bits are compared with p.
func Keep(seed uint64, i int, p float32) bool {
	return mix(uint32(i)*0x9E3779B1^uint32(seed), uint32(seed>>32)) >= dropBelow(p)
}

// dropBelow is the threshold under which a 24-bit number means "drop".
func dropBelow(p float32) uint32 { return uint32(float64(p) * (1 << 24)) }

// mix scrambles x with the key k to 24 bits.
func mix(x, k uint32) uint32 {
	x ^= x >> 16
	x *= 0x7FEB352D
	x ^= x>>15 ^ k
	x *= 0x846CA68B
	x ^= x >> 16
	return x >> 8
}
