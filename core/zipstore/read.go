// Package zipstore reads and writes ZIP files whose parts are stored as they are, without compression: what NumPy's .npz files
// and those of torch.save are.
package zipstore

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
)

var errZip = errors.New("the file is damaged or cut short: its list of contents, which a ZIP file ends with, cannot be read")

const (
	zipLocal, zipEntry, zipEnd = 0x04034b50, 0x02014b50, 0x06054b50
	zip64End, zip64Locator     = 0x06064b50, 0x07064b50
	maxEntries                 = 200_000
)

// Read is the parts of a ZIP file by name, each a piece of b: all of them stored, apart from one another, and with the
// checksums that they should have. Anything else is an error in one sentence.
func Read(b []byte) (map[string][]byte, error) {
	count, at, err := zipDirectory(b)
	if err != nil {
		return nil, err
	}
	if count > maxEntries {
		return nil, fmt.Errorf("the file lists %d parts, more than the %d that are read", count, maxEntries)
	}
	all, total := map[string][]byte{}, 0
	for range count {
		e, next, err := zipRead(b, at)
		if err != nil {
			return nil, err
		}
		at = next
		if _, twice := all[e.name]; twice {
			return nil, fmt.Errorf("the file has two parts of the name %q", e.name)
		}
		if total += len(e.data); total > len(b) {
			return nil, errors.New("the file's parts overlap each other")
		}
		all[e.name] = e.data
	}
	return all, nil
}

// zipDirectory is how many entries there are and where their list begins.
func zipDirectory(b []byte) (count, at int, err error) {
	least := max(0, len(b)-22-1<<16)
	i := bytes.LastIndex(b[least:], []byte("PK\x05\x06"))
	if i < 0 || least+i+22 > len(b) {
		return 0, 0, errZip
	}
	end := least + i
	le := binary.LittleEndian
	n, where := uint64(le.Uint16(b[end+10:])), uint64(le.Uint32(b[end+16:]))
	if locator := end - 20; locator >= 0 && le.Uint32(b[locator:]) == zip64Locator { // the larger form
		from := le.Uint64(b[locator+8:])
		if from > uint64(len(b)) || uint64(len(b))-from < 56 || le.Uint32(b[from:]) != zip64End {
			return 0, 0, errZip
		}
		n, where = le.Uint64(b[from+32:]), le.Uint64(b[from+48:])
	}
	if where > uint64(len(b)) || n > uint64(len(b)) {
		return 0, 0, errZip
	}
	return int(n), int(where), nil
}

type zipPart struct {
	name string
	data []byte
}

// zipRead is the entry whose line in the list begins at at, and where the next line does.
func zipRead(b []byte, at int) (e zipPart, next int, err error) {
	if len(b)-at < 46 || binary.LittleEndian.Uint32(b[at:]) != zipEntry {
		return e, 0, errZip
	}
	le, head := binary.LittleEndian, b[at:]
	flags, method, sum := le.Uint16(head[8:]), le.Uint16(head[10:]), le.Uint32(head[16:])
	packed, size, from := uint64(le.Uint32(head[20:])), uint64(le.Uint32(head[24:])), uint64(le.Uint32(head[42:]))
	names, extra, comment := int(le.Uint16(head[28:])), int(le.Uint16(head[30:])), int(le.Uint16(head[32:]))
	if len(head) < 46+names+extra+comment {
		return e, 0, errZip
	}
	e.name = string(head[46:][:names])
	if err := zip64(head[46+names:][:extra], &size, &packed, &from); err != nil {
		return e, 0, err
	}
	switch {
	case flags&1 != 0:
		return e, 0, fmt.Errorf("the file's part %q is encrypted", e.name)
	case method != 0:
		return e, 0, fmt.Errorf("the file's part %q is compressed: unpack the file and pack it without compression, or save it anew", e.name)
	case packed != size || from > uint64(len(b)) || uint64(len(b))-from < 30 || le.Uint32(b[from:]) != zipLocal:
		return e, 0, errZip
	}
	local := b[from:]
	begin := from + 30 + uint64(le.Uint16(local[26:])) + uint64(le.Uint16(local[28:]))
	if begin > uint64(len(b)) || size > uint64(len(b))-begin {
		return e, 0, errZip
	}
	e.data = b[begin:][:size:size]
	if crc32.ChecksumIEEE(e.data) != sum {
		return e, 0, fmt.Errorf("the file is damaged: its part %q is not what was saved", e.name)
	}
	return e, at + 46 + names + extra + comment, nil
}

// zip64 reads an entry's sizes and place where they are too large for the line itself.
func zip64(extra []byte, size, packed, from *uint64) error {
	le := binary.LittleEndian
	for len(extra) >= 4 {
		id, n := le.Uint16(extra), int(le.Uint16(extra[2:]))
		if len(extra)-4 < n {
			return errZip
		}
		body := extra[4:][:n]
		extra = extra[4+n:]
		if id != 1 {
			continue
		}
		for _, v := range []*uint64{size, packed, from} {
			if *v != 0xffffffff {
				continue
			}
			if len(body) < 8 {
				return errZip
			}
			*v, body = le.Uint64(body), body[8:]
		}
	}
	return nil
}
