package pictures

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"ganvas/core/data"

	"github.com/parquet-go/parquet-go"
)

// asHub is a row as model hubs keep image data sets.
type asHub struct {
	Image struct {
		Bytes []byte `parquet:"bytes,optional"`
		Path  string `parquet:"path,optional"`
	} `parquet:"image,optional"`
	Label int64 `parquet:"label"`
}

// flatRow is a row whose pictures are a column by themselves, without labels.
type flatRow struct {
	ID  int32  `parquet:"id"`
	Img []byte `parquet:"img,dict"`
}

// wordy is a row without pictures.
type wordy struct {
	Text string   `parquet:"text"`
	Bits [][]byte `parquet:"image"`
}

// columns is a table of rows, a group of rows for each three of them.
func columns[T any](t *testing.T, rows []T, options ...parquet.WriterOption) []byte {
	t.Helper()
	var b bytes.Buffer
	w := parquet.NewGenericWriter[T](&b, options...)
	for three := range slices.Chunk(rows, 3) {
		if _, err := w.Write(three); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// hub is a table of eight pictures of three classes, of which one has none.
func hub(t *testing.T, options ...parquet.WriterOption) []byte {
	t.Helper()
	var rows []asHub
	for i := range 8 {
		var r asHub
		r.Image.Bytes, r.Image.Path, r.Label = file(t, striped(12, 12+4*(i%2))), fmt.Sprintf("%d.png", i), int64(2-i%3)
		if i == 5 {
			r.Image.Bytes = nil
		}
		rows = append(rows, r)
	}
	about := `{"info": {"features": {"image": {"_type": "Image"}, "label": {"names": ["zebra", "ant", "cat/dog"], "_type": "ClassLabel"}}}}`
	return columns(t, rows, append(options, parquet.KeyValueMetadata("huggingface", about))...)
}

func fromTable(t *testing.T, b []byte) (*data.Set, *Report, error) {
	return Reader{Form: auto}.Parquet(t.Context(), "hub.parquet", bytes.NewReader(b), int64(len(b)))
}

// A table of encoded pictures is read with its labels, whose names and order are those of its metadata, however it is packed.
func TestParquet(t *testing.T) {
	for name, options := range map[string][]parquet.WriterOption{
		"plain": nil, "snappy": {parquet.Compression(&parquet.Snappy)}, "zstd": {parquet.Compression(&parquet.Zstd)}, "gzip": {parquet.Compression(&parquet.Gzip)},
		"older pages": {parquet.DataPageVersion(1)},
	} {
		set, rep, err := fromTable(t, hub(t, options...))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if set.Len() != 7 || !slices.Equal(rep.Classes, []string{"zebra", "ant", "cat dog"}) || set.Name() != "hub" {
			t.Errorf("%s: %s has %d pictures in %v", name, set.Name(), set.Len(), rep.Classes)
		}
		if counts := set.Look().Counts; !slices.Equal(counts, []int{1, 3, 3}) || rep.Skipped.String() != "1 without a picture (row 00000006)" {
			t.Errorf("%s: classes have %v; left out: %s", name, counts, &rep.Skipped)
		}
	}
	var rows []flatRow
	for i := range 5 {
		rows = append(rows, flatRow{int32(i), file(t, striped(8, 8))})
	}
	if set, rep, err := fromTable(t, columns(t, rows)); err != nil || set.Len() != 5 || set.Classes() != 0 || rep.Classes != nil {
		t.Errorf("a column by itself: %v", err)
	}
}

// Whatever is wrong with a table is said in one sentence that names it, and nothing of it ends the program.
func TestBadParquet(t *testing.T) {
	whole := hub(t)
	for says, b := range map[string][]byte{
		"cannot be read as a Parquet table":               whole[:len(whole)/2],
		"no column of encoded pictures":                   columns(t, []wordy{{Text: "a"}, {Text: "b"}}),
		"only 0 PNG, JPEG, GIF, WebP, BMP or TIFF":        columns(t, []flatRow{{1, nil}, {2, nil}}),
		"2 that are no pictures (row 00000001, row 00000": columns(t, []flatRow{{1, []byte("words")}, {2, []byte("more words")}}),
	} {
		_, _, err := fromTable(t, b)
		if err == nil || !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "hub.parquet") || strings.Contains(err.Error(), "\n") {
			t.Errorf("want an error that says %q: %v", says, err)
		}
	}
	refused := 0
	for at := 0; at < len(whole); at += 3 {
		b := slices.Clone(whole)
		b[at] ^= 0x41
		if _, _, err := fromTable(t, b); errors.Is(err, errDamaged) || err != nil {
			refused++
		}
	}
	if refused == 0 {
		t.Error("no damage is noticed")
	}
}

// Tables that pyarrow wrote, as hubs do, are read alike however they are packed; a folder of them is one set, of which a half to test
// on is counted and left out, and tables beside pictures are.
func TestShards(t *testing.T) {
	set, rep, err := Reader{Form: auto}.Folder(t.Context(), "testdata/hub")
	if err != nil {
		t.Fatal(err)
	}
	if counts := set.Look().Counts; !slices.Equal(counts, []int{3, 9, 9}) || !slices.Equal(rep.Classes, []string{"zebra", "ant", "cat dog"}) || set.Name() != "hub" {
		t.Errorf("%s has %v pictures in %v", set.Name(), counts, rep.Classes)
	}
	for _, want := range []string{"4 kept for testing (test-00000-of-00001.parquet)", "3 without a picture (hub-gzip row 00000006", "1 that are no pictures (hub.py)"} {
		if !strings.Contains(rep.Skipped.String(), want) {
			t.Errorf("left out: %s; want %q", &rep.Skipped, want)
		}
	}
	beside := put(t, together(some(t, 3, ""), map[string][]byte{"a.parquet": hub(t)}))
	if set, rep := readIn(t, beside, Reader{}); set.Len() != 3 || rep.Skipped.String() != "1 tables beside the pictures (a.parquet)" {
		t.Errorf("%d pictures; left out: %s", set.Len(), &rep.Skipped)
	}
	if _, _, err := (Reader{Form: auto}).Folder(t.Context(), put(t, map[string][]byte{"a.parquet": hub(t), "b.parquet": []byte("PAR1")})); err == nil || !strings.Contains(err.Error(), "b.parquet: it cannot be read as a Parquet table") {
		t.Errorf("a shard that is damaged: %v", err)
	}
}
