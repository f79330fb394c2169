package imgfile

import (
	"encoding/binary"
	"fmt"

	"ganvas/core/sample"
)

// NPY is samples (n, Channels, Height, Width) of bytes as a NumPy file, format 1.0: what numpy.load reads as uint8 of shape
// (n, height, width) where they are gray, (n, height, width, channels) where they have more channels, and (n, 1, 2) where
// they are points.
func NPY(samples []byte, s sample.Shape) []byte {
	shape := fmt.Sprintf("%d, %d, %d", len(samples)/s.Size(), s.Height, s.Width)
	if s.Channels > 1 {
		shape += fmt.Sprintf(", %d", s.Channels)
	}
	if s.Kind() == sample.Point {
		shape = fmt.Sprintf("%d, 1, %d", len(samples)/s.Size(), s.Channels)
	}
	head := "{'descr': '|u1', 'fortran_order': False, 'shape': (" + shape + "), }"
	const before = 10 // magic, version, the header's length
	pad := 64 - (before+len(head)+1)%64
	b := make([]byte, 0, before+len(head)+pad+1+len(samples))
	b = append(b, "\x93NUMPY\x01\x00"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(head)+pad+1))
	b = append(b, head...)
	for range pad {
		b = append(b, ' ')
	}
	b = append(b, '\n')
	if s.Channels == 1 {
		return append(b, samples...)
	}
	return s.Interleave(b, samples)
}
