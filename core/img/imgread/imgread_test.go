package imgread_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"ganvas/core/img/imgread"
)

// claims is a small PNG file whose header announces w × h pixels of RGB.
func claims(w, h uint32) []byte {
	head := binary.BigEndian.AppendUint32([]byte("IHDR"), w)
	head = append(binary.BigEndian.AppendUint32(head, h), 8, 2, 0, 0, 0)
	b := append([]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\x0d"), head...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(head))
	return append(b, "\x00\x00\x00\x00IDAT\x35\xaf\x06\x1e\x00\x00\x00\x00IEND\xae\x42\x60\x82"...)
}

func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// A header of a few bytes that announces more pixels than any machine has room for costs nothing.
func TestClaimsAreRefusedByTheHeader(t *testing.T) {
	for _, size := range [][2]uint32{{65_535, 65_535}, {12_000, 12_000}, {1 << 30, 1}, {0x7fffffff, 0x7fffffff}} {
		b := claims(size[0], size[1])
		var err error
		if n := allocated(func() { _, _, err = imgread.Decode(bytes.NewReader(b)) }); n > 1<<20 {
			t.Errorf("%v: refusing took %d bytes", size, n)
		}
		if err == nil {
			t.Errorf("%v: decoded", size)
		}
	}
}

// Large pictures within the limit are decoded in about as much memory as their pixels take.
func TestLargePicturesInBoundedMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.png")
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3000, 3000))); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		t.Fatal(err)
	}
	n := allocated(func() {
		if m, format, err := imgread.File(path); err != nil || format != "png" || m.Bounds().Dx() != 3000 {
			t.Errorf("%v, %s", err, format)
		}
	})
	if n > 2*9_000_000 {
		t.Errorf("decoding 9 million gray pixels took %d MB", n>>20)
	}
}

func TestWhatIsNoPicture(t *testing.T) {
	if _, _, err := imgread.Decode(strings.NewReader("%PDF-1.4")); !errors.Is(err, imgread.ErrFormat) {
		t.Errorf("a document gives %v", err)
	}
	path := filepath.Join(t.TempDir(), "a.png")
	if err := os.WriteFile(path, []byte("%PDF-1.4"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, _, err := imgread.File(path); err == nil || !strings.Contains(err.Error(), path) {
		t.Errorf("%v", err)
	}
}

// Whatever bytes come, decoding takes no more memory than the limit on pixels allows.
func FuzzDecode(f *testing.F) {
	small := image.NewNRGBA(image.Rect(0, 0, 5, 7))
	var b bytes.Buffer
	if err := png.Encode(&b, small); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	var j bytes.Buffer
	if err := jpeg.Encode(&j, small, nil); err != nil {
		f.Fatal(err)
	}
	f.Add(j.Bytes())
	f.Add(claims(12_000, 12_000))
	f.Fuzz(func(t *testing.T, b []byte) {
		var m image.Image
		var err error
		n := allocated(func() { m, _, err = imgread.Decode(bytes.NewReader(b)) })
		if n > 1<<20 && err == nil && n > 64*uint64(m.Bounds().Dx()*m.Bounds().Dy()) {
			t.Errorf("decoding %v took %d MB", m.Bounds(), n>>20)
		}
	})
}
