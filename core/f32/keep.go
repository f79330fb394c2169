package f32

// Keep says whether dropout of rate p keeps value i under seed. It is a function of its arguments alone, so that any
// part of a batch can be masked anywhere: the value's number times the odd integer nearest 2³²/φ is mixed with the seed's two halves
// by multiplications and shifts of 32 bits, which every SIMD unit has, and the top 24 bits are compared with p.
//
// Masks of two seeds are independent where the seeds' lower halves differ; the upper half alone changes too few bits.
func Keep(seed uint64, i int, p float32) bool {
	return mix(uint32(i)*numberFactor^uint32(seed), uint32(seed>>32)) >= dropBelow(p)
}

// The odd integer nearest 2³²/φ, and two multipliers whose product with a number spreads its bits evenly.
const (
	numberFactor = 0x9E3779B1
	mixFirst     = 0x7FEB352D
	mixSecond    = 0x846CA68B
)

// dropBelow is the threshold under which a 24-bit number means "drop".
func dropBelow(p float32) uint32 { return uint32(float64(p) * (1 << 24)) }

// mix scrambles x with the key k to 24 bits.
func mix(x, k uint32) uint32 {
	x ^= x >> 16
	x *= mixFirst
	x ^= x>>15 ^ k
	x *= mixSecond
	x ^= x >> 16
	return x >> 8
}
