package data_test

import (
	"bytes"
	"encoding/binary"
	"io"
	"runtime"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/sample"
)

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Headers of a few bytes that announce gigabytes are refused for what is there, and a set whose samples never come takes no
// memory for them.
func TestClaimsCostNothing(t *testing.T) {
	head := []byte{0, 0, 8, 3}
	for _, d := range []uint32{4000, 512, 512} {
		head = binary.BigEndian.AppendUint32(head, d)
	}
	npy := "\x93NUMPY\x01\x00\x46\x00" + strings.Repeat(" ", 0x46-len("{'descr': '|u1', 'fortran_order': False, 'shape': (4000, 512, 512), }")) + "{'descr': '|u1', 'fortran_order': False, 'shape': (4000, 512, 512), }"
	for what, read := range map[string]func() error{
		"IDX": func() error {
			_, err := data.Files{Images: bytes.NewReader(head), Unpack: func(r io.Reader) (io.Reader, error) { return r, nil }}.Read("x")
			return err
		},
		"NumPy": func() error { _, err := data.ReadNPY("x", strings.NewReader(npy), nil, nil); return err },
	} {
		var err error
		if n := allocated(func() { err = read() }); err == nil || !strings.Contains(err.Error(), "cut short") || n > 1<<20 {
			t.Errorf("%s: %v after %d bytes", what, err, n)
		}
	}
	if n := allocated(func() { data.NewSet("never", 10_000_000, sample.Gray(512, 512), 0) }); n > 1<<20 {
		t.Errorf("samples that never come take %d MB", n>>20)
	}
}
