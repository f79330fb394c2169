package inspect

import "math"

const (
	counted   = 1 << 13 // values of an array that a histogram looks at, spread evenly over it
	bins      = 64      // of weights
	octaves   = 48      // of gradients: one bin for each power of two from lowestOctave on
	lowest    = -40
	whole     = math.MaxUint16 // a bin that holds all values
	deviation = 3              // root mean squares that the bins of weights reach at least
)

// histogram is how an array's values are spread. Shares are of whole.
type histogram struct {
	reach   float64         // weights: bins are equal between −reach and reach, a power of two; what is beyond is in the outer ones
	weights [bins]uint16    // shares
	sizes   [octaves]uint16 // gradients: shares of |g| in [2^k, 2^(k+1)), k from lowest on; zeros are in none
}

// stride is the distance of n values' looked-at ones: without a divisor in common with n, so that going round and round
// meets all columns of a matrix alike.
func stride(n int) (step, count int) {
	if n <= counted {
		return 1, n
	}
	step = n/counted + 1
	for gcd(step, n) > 1 {
		step++
	}
	return step, counted
}

// around is i < 2n modulo n.
func around(i, n int) int {
	if i >= n {
		return i - n
	}
	return i
}

func gcd(a, b int) int {
	for b > 0 {
		a, b = b, a%b
	}
	return a
}

// count fills the histogram from a layer's weights and gradients.
func (h *histogram) count(w, g []float32) {
	step, n := stride(len(w))
	sum := 0.0
	for i, at := 0, 0; i < n; i++ {
		sum += float64(w[at]) * float64(w[at])
		at = around(at+step, len(w))
	}
	h.reach = math.Exp2(math.Ceil(math.Log2(max(deviation*math.Sqrt(sum/float64(n)), math.SmallestNonzeroFloat32))))
	var weights [bins]int
	var sizes [octaves]int
	k := float32(bins / 2 / h.reach)
	for i, at := 0, 0; i < n; i++ {
		b := int(math.Floor(float64(w[at]*k))) + bins/2
		weights[max(0, min(bins-1, b))]++
		if v := g[at]; v != 0 {
			sizes[max(0, min(octaves-1, octave(v)-lowest))]++
		}
		at = around(at+step, len(w))
	}
	for b, c := range weights {
		h.weights[b] = uint16(c * whole / n)
	}
	for b, c := range sizes {
		h.sizes[b] = uint16(c * whole / n)
	}
}

// octave is k with |v| in [2^k, 2^(k+1)), read from a float32's exponent.
func octave(v float32) int { return int(math.Float32bits(v)>>23&0xff) - 127 }

// widened is the histogram of weights with bins up to a larger power of two: bins join, and nothing is lost.
func (h *histogram) widened(reach float64) (wide [bins]int) {
	join := int(reach / h.reach)
	for b, v := range h.weights {
		off := b - bins/2 // from the middle
		to := off / join
		if off < 0 {
			to = (off - join + 1) / join
		}
		wide[to+bins/2] += int(v)
	}
	return wide
}
