package imgfile

import (
	"encoding/binary"
	"fmt"
)

// NPY is images (n, h, w) of bytes as a NumPy file, format 1.0: what numpy.load reads as uint8 of shape (n, h, w).
func NPY(images []byte, h, w int) []byte {
	head := fmt.Sprintf("{'descr': '|u1', 'fortran_order': False, 'shape': (%d, %d, %d), }", len(images)/(h*w), h, w)
	const before = 10 // magic, version, the header's length
	pad := 64 - (before+len(head)+1)%64
	b := make([]byte, 0, before+len(head)+pad+1+len(images))
	b = append(b, "\x93NUMPY\x01\x00"...)
	b = binary.LittleEndian.AppendUint16(b, uint16(len(head)+pad+1))
	b = append(b, head...)
	for range pad {
		b = append(b, ' ')
	}
	return append(append(b, '\n'), images...)
}
