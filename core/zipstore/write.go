package zipstore

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
)

// Part is a file in a ZIP file.
type Part struct {
	Name string
	Data []byte
}

// ErrLarge says that a ZIP file of the plain form cannot hold so much.
var ErrLarge = errors.New("the file would have more than 4 GB, which a ZIP file of the plain form cannot have")

const (
	made    = 20     // the version that reads it
	first80 = 0x0021 // 1 January 1980, so that the same content is the same bytes
	padding = 0x4246 // the name of the padding that PyTorch puts into a part's header
)

// Write is a ZIP file of parts in turn. Each part's bytes begin at a multiple of align.
func Write(parts []Part, align int) ([]byte, error) {
	le := binary.LittleEndian
	var b, list []byte
	for _, p := range parts {
		at := len(b)
		pad := 0
		if align > 1 {
			pad = 4 + (align-(at+30+len(p.Name)+4)%align)%align
		}
		if int64(at)+int64(len(p.Data))+1<<20 > math.MaxUint32 || len(parts) > math.MaxUint16 {
			return nil, ErrLarge
		}
		common := le.AppendUint16(nil, made)
		common = le.AppendUint16(common, 0) // flags
		common = le.AppendUint16(common, 0) // stored
		common = le.AppendUint16(common, 0) // time
		common = le.AppendUint16(common, first80)
		common = le.AppendUint32(common, crc32.ChecksumIEEE(p.Data))
		common = le.AppendUint32(common, uint32(len(p.Data)))
		common = le.AppendUint32(common, uint32(len(p.Data)))
		common = le.AppendUint16(common, uint16(len(p.Name)))

		b = append(le.AppendUint32(b, zipLocal), common...)
		b = le.AppendUint16(b, uint16(pad))
		b = append(b, p.Name...)
		if pad > 0 {
			b = le.AppendUint16(le.AppendUint16(b, padding), uint16(pad-4))
			b = append(b, make([]byte, pad-4)...)
		}
		b = append(b, p.Data...)

		list = le.AppendUint16(le.AppendUint32(list, zipEntry), made)
		list = append(list, common...)
		list = append(list, make([]byte, 2+2+2+2+4)...) // no padding, no comment, first disk, no attributes
		list = le.AppendUint32(list, uint32(at))
		list = append(list, p.Name...)
	}
	end := le.AppendUint32(nil, zipEnd)
	end = append(end, 0, 0, 0, 0)
	end = le.AppendUint16(le.AppendUint16(end, uint16(len(parts))), uint16(len(parts)))
	end = le.AppendUint32(le.AppendUint32(end, uint32(len(list))), uint32(len(b)))
	return append(append(append(b, list...), end...), 0, 0), nil
}
