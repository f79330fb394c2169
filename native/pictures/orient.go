package pictures

import (
	"bytes"
	"encoding/binary"
	"io"
)

// orientation is how a JPEG file's picture must be turned to stand upright, 1 to 8 as EXIF 2.3 has them in tag 0x0112; 1
// where the file does not say or is no JPEG.
func orientation(r io.Reader) int {
	var head [2]byte
	if _, err := io.ReadFull(r, head[:]); err != nil || head != [2]byte{0xff, 0xd8} {
		return 1
	}
	for { // segments: FF, kind, length with itself, content
		var s [4]byte
		if _, err := io.ReadFull(r, s[:]); err != nil || s[0] != 0xff || s[1] == 0xda || s[1] == 0xd9 {
			return 1 // the picture itself begins, and what comes before it has not said
		}
		content := make([]byte, max(0, int(binary.BigEndian.Uint16(s[2:]))-2))
		if _, err := io.ReadFull(r, content); err != nil {
			return 1
		}
		if tiff, ok := bytes.CutPrefix(content, []byte("Exif\x00\x00")); ok && s[1] == 0xe1 {
			return orientationIn(tiff)
		}
	}
}

// orientationIn looks into the first directory of EXIF's TIFF structure.
func orientationIn(tiff []byte) int {
	if len(tiff) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := uint64(order.Uint32(tiff[4:]))
	if at+2 > uint64(len(tiff)) {
		return 1
	}
	entries := tiff[at+2:] // of 12 bytes: tag, type, count, value
	for range order.Uint16(tiff[at:]) {
		if len(entries) < 12 {
			return 1
		}
		if v := order.Uint16(entries[8:]); order.Uint16(entries) == 0x0112 && v >= 1 && v <= 8 {
			return int(v)
		}
		entries = entries[12:]
	}
	return 1
}
