// Package img draws samples: as bytes, in grids, as points of the plane, and as films; imgfile writes them as files.
package img

import "math"

// ToBytes appends each value v in [−1, 1] as the nearest of 0 (−1, black) to 255 (1, white); values beyond are clamped
// and NaN is black.
func ToBytes(dst []byte, v []float32) []byte {
	for _, x := range v {
		dst = append(dst, toByte(x))
	}
	return dst
}

func toByte(x float32) byte {
	y := math.Round((float64(x) + 1) * 127.5)
	if !(y > 0) {
		return 0
	}
	return byte(min(y, 255))
}

// Value is what a byte stands for.
func Value(b byte) float32 { return float32(b)/127.5 - 1 }

// Rounded gives each value that of the byte it is shown with.
func Rounded(v []float32) {
	for i, x := range v {
		v[i] = Value(toByte(x))
	}
}
