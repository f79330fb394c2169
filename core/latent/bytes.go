package latent

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Bytes are noise values as little-endian float32, the form in which noise travels.
func Bytes(values []float32) []byte {
	b := make([]byte, 0, 4*len(values))
	for _, v := range values {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return b
}

// Values are rows of width noise values that travelled as [Bytes]; an error says what they are not.
func Values(b []byte, width int) ([]float32, error) {
	if len(b) == 0 || len(b)%(4*width) != 0 {
		return nil, fmt.Errorf("the noise has %d bytes: it must be whole rows of %d float32 values, %d bytes each", len(b), width, 4*width)
	}
	values := make([]float32, len(b)/4)
	for i := range values {
		v := math.Float32frombits(binary.LittleEndian.Uint32(b[4*i:]))
		if math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) {
			return nil, fmt.Errorf("noise value %d of row %d is %v: it must be a finite number", i%width+1, i/width+1, v)
		}
		values[i] = v
	}
	return values, nil
}
