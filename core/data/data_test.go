package data

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"ganvas/core/sample"
)

// file is a gzipped IDX file.
func file(values []byte, dims ...int) []byte {
	b := []byte{0, 0, 8, byte(len(dims))}
	for _, d := range dims {
		b = binary.BigEndian.AppendUint32(b, uint32(d))
	}
	return packed(append(b, values...))
}

func packed(b []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	w.Write(b)
	w.Close()
	return out.Bytes()
}

func unpack(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }

// read reads a pair of files; labels may be nil.
func read(name string, images, labels []byte) (*Set, error) {
	files := Files{Images: bytes.NewReader(images), Unpack: unpack}
	if labels != nil {
		files.Labels = bytes.NewReader(labels)
	}
	return files.Read(name)
}

// pair is n images of 3 × 4 with labels.
func pair(n int) (images, labels []byte, pixels []byte) {
	pixels, tags := make([]byte, n*12), make([]byte, n)
	for i := range pixels {
		pixels[i] = byte(i * 7)
	}
	for i := range tags {
		tags[i] = byte(i % 10)
	}
	return file(pixels, n, 3, 4), file(tags, n), pixels
}

func TestReadsWhatIsThere(t *testing.T) {
	images, labels, pixels := pair(1203)
	s, err := read("some", images, labels)
	if err != nil {
		t.Fatal(err)
	}
	if s.Len() != 1203 || s.Arrived() != 1203 || s.Shape() != sample.Gray(3, 4) || s.Classes() != 10 || s.Name() != "some" || s.Size() != 12 {
		t.Fatalf("%d of %d samples of %v, %d classes", s.Arrived(), s.Len(), s.Shape(), s.Classes())
	}
	for i := range 1203 {
		if !bytes.Equal(s.Pixels(i), pixels[i*12:][:12]) || s.Label(i) != i%10 {
			t.Fatalf("sample %d differs", i)
		}
	}
}

// Every byte becomes the very float32 that PyTorch makes of it; testdata/scaled.py wrote what that is.
func TestGatherScalesAsPyTorch(t *testing.T) {
	want, err := os.ReadFile("testdata/scaled.f32")
	if err != nil {
		t.Fatal(err)
	}
	s := NewSet("bytes", 256, sample.Gray(1, 1), 0)
	for b := range 256 {
		if err := s.Append([]byte{byte(b)}, nil); err != nil {
			t.Fatal(err)
		}
	}
	rows, got := make([]int32, 256), make([]float32, 256)
	for i := range rows {
		rows[i] = int32(255 - i)
	}
	s.Gather(got, rows)
	for i, row := range rows {
		if bits := binary.LittleEndian.Uint32(want[4*row:]); math.Float32bits(got[i]) != bits {
			t.Errorf("%d becomes %v, PyTorch makes it %v", row, got[i], math.Float32frombits(bits))
		}
	}
}

func TestSetsOfValues(t *testing.T) {
	s := FromValues("points", sample.Plane, []float32{1, 2, 3, 4})
	got := make([]float32, 2)
	s.Gather(got, []int32{1})
	if s.Len() != 2 || s.Arrived() != 2 || !slices.Equal(got, []float32{3, 4}) || s.Label(0) != -1 || s.Pixels(0) != nil {
		t.Errorf("%d samples, %v", s.Len(), got)
	}
}

// Whatever is wrong with the files is said in one sentence.
func TestBrokenFiles(t *testing.T) {
	images, labels, _ := pair(20)
	flipped := slices.Clone(images)
	flipped[len(flipped)/2] ^= 0x10
	for says, files := range map[string][2][]byte{
		"plain or packed":        {[]byte("<html>no such file</html>"), labels},
		"no IDX file":            {packed([]byte("some text that is long enough to be a header")), labels},
		"do not belong together": {images, file(make([]byte, 19), 19)},
		"goes on after":          {images, packed(append([]byte{0, 0, 8, 1, 0, 0, 0, 20}, make([]byte, 21)...))},
		"each side":              {file(nil, 20, 0, 4), labels},
		"must be from 1":         {file(nil, 1<<31, 3, 4), labels},
		"dimensions":             {labels, labels},
		"announces 5000 MiB":     {file(nil, 20_000, 512, 512), file(make([]byte, 20_000), 20_000)},
	} {
		_, err := read("x", files[0], files[1])
		if err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
	if _, err := (Files{Images: bytes.NewReader(images), Unpack: func(io.Reader) (io.Reader, error) { return nil, errors.New("it is packed") }}).Read("x"); err == nil || !strings.Contains(err.Error(), "file of images: it is packed") {
		t.Errorf("a file that cannot be unpacked: %v", err)
	}
	if _, err := read("x", flipped, labels); err == nil {
		t.Error("a flipped bit passes")
	}
	for n := range images {
		if s, err := read("x", images[:n], labels); err == nil {
			t.Fatalf("the first %d of %d bytes pass, with %d samples", n, len(images), s.Arrived())
		}
	}
	for n := range labels {
		if _, err := read("x", images, labels[:n]); err == nil {
			t.Fatalf("the first %d of %d bytes of labels pass", n, len(labels))
		}
	}
}

// Samples can be used as they arrive; what breaks later leaves those that came.
func TestStreaming(t *testing.T) {
	images, labels, pixels := pair(1200)
	r, w := io.Pipe()
	var seen []int
	done := make(chan error, 1)
	go func() {
		w.Write(images[:len(images)/2])
		w.CloseWithError(errors.New("the line is dead"))
	}()
	s, err := Files{Images: r, Labels: bytes.NewReader(labels), Unpack: unpack}.Stream("x", func(have, total int, err error) {
		if total != 1200 {
			t.Errorf("%d samples are announced", total)
		}
		seen = append(seen, have)
		if err != nil || have == total {
			done <- err
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := <-done; err == nil || s.Err() == nil || !strings.Contains(s.Err().Error(), "dead") {
		t.Fatalf("the broken line is reported as %v, %v", err, s.Err())
	}
	if !slices.IsSorted(seen) || s.Arrived() >= 1200 {
		t.Errorf("progress %v, %d arrived", seen, s.Arrived())
	}
	for i := range s.Arrived() {
		if !bytes.Equal(s.Pixels(i), pixels[i*12:][:12]) {
			t.Fatalf("sample %d differs", i)
		}
	}
}

func TestAppendRefusesWhatDoesNotFit(t *testing.T) {
	s := NewSet("x", 2, sample.Gray(1, 2), 10)
	for what, c := range map[string]struct{ pixels, labels []byte }{
		"half a sample": {[]byte{1}, []byte{1}}, "no label": {[]byte{1, 2}, nil}, "label 10": {[]byte{1, 2}, []byte{10}},
		"three samples": {make([]byte, 6), make([]byte, 3)},
	} {
		if err := s.Append(c.pixels, c.labels); err == nil || s.Arrived() != 0 {
			t.Errorf("%s is taken: %v", what, err)
		}
	}
}

func TestOrder(t *testing.T) {
	const n, batch = 13_000, 100
	o := NewOrder(3, n, batch)
	rows := make([]int32, batch)
	epoch := func() []int32 {
		var all []int32
		for range n / batch {
			o.Next(rows)
			all = append(all, rows...)
		}
		return all
	}
	first, second := epoch(), epoch()
	for e, all := range [][]int32{first, second} {
		sorted := slices.Clone(all)
		slices.Sort(sorted)
		if len(slices.Compact(sorted)) != n || slices.IsSorted(all) {
			t.Errorf("epoch %d is no shuffled permutation", e)
		}
	}
	for i, row := range first {
		if int(row)/firstBlock != i/firstBlock {
			t.Fatalf("in the first epoch row %d comes at place %d, outside its block", row, i)
		}
	}
	moved := 0
	for i, row := range second {
		if int(row)/firstBlock != i/firstBlock {
			moved++
		}
	}
	if moved < n/4 {
		t.Errorf("in the second epoch only %d rows leave their block", moved)
	}
	if slices.Equal(second, epoch()) {
		t.Error("two epochs have the same order")
	}
}

func TestOrderLeavesOutWhatFillsNoBatch(t *testing.T) {
	o := NewOrder(1, 25, 10)
	rows, seen := make([]int32, 10), map[int32]bool{}
	for range 2 {
		o.Next(rows)
		for _, r := range rows {
			if seen[r] {
				t.Fatalf("row %d comes twice in an epoch", r)
			}
			seen[r] = true
		}
	}
}

func TestOrderGoesOnFromItsState(t *testing.T) {
	a := NewOrder(5, 95, 10)
	rows, other := make([]int32, 10), make([]int32, 10)
	for range 30 {
		a.Next(rows)
		b := NewOrder(5, 95, 10)
		if err := b.SetState(a.AppendState(nil)); err != nil {
			t.Fatal(err)
		}
		c := NewOrder(5, 95, 10)
		if err := c.SetState(a.AppendState(nil)); err != nil {
			t.Fatal(err)
		}
		for range 12 {
			b.Next(rows)
			c.Next(other)
			if !slices.Equal(rows, other) {
				t.Fatal("one state goes on in two ways")
			}
		}
		if !slices.Equal(a.AppendState(nil), a.AppendState(nil)) {
			t.Fatal("taking the state changes it")
		}
	}
	for _, bad := range [][]byte{nil, make([]byte, 10), bytes.Repeat([]byte{255}, 40), make([]byte, 16)} {
		if err := a.SetState(bad); err == nil {
			t.Errorf("% x is taken as a state", bad)
		}
	}
}

func FuzzRead(f *testing.F) {
	images, labels, _ := pair(3)
	f.Add(images, labels)
	f.Add(images[:30], labels)
	f.Add([]byte{}, labels)
	f.Fuzz(func(t *testing.T, images, labels []byte) {
		s, err := read("x", images, labels)
		if err != nil {
			return
		}
		got := make([]float32, s.Size())
		s.Gather(got, []int32{int32(s.Len() - 1)})
		for _, v := range got {
			if !(math.Abs(float64(v)) <= 1) {
				t.Fatalf("a pixel is %v", v)
			}
		}
	})
}
