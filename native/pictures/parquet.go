package pictures

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/data"
	"ganvas/core/disk"

	"github.com/parquet-go/parquet-go"
)

// mostEncoded is how many bytes of encoded pictures one table may have.
const mostEncoded = 2 << 30

// IsParquet reports whether a file that begins so is a Parquet table.
func IsParquet(head []byte) bool { return bytes.HasPrefix(head, []byte("PAR1")) }

// Parquet reads the pictures in a table as model hubs keep image data sets: a column of encoded pictures, by itself or as
// bytes beside a path, and perhaps a column of labels, whose names stand in the table's metadata.
func (r Reader) Parquet(ctx context.Context, path string, f io.ReaderAt, size int64) (*data.Set, *Report, error) {
	t, err := openTable(f, size)
	rep, s := new(Report), newShelf()
	if err == nil {
		err = s.add(ctx, rep, t, "")
	}
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return r.tree(ctx, s, path, s.settle(), rep)
}

// tables reads the tables of a folder as one: a data set in shards. Where some are named as a half to train on, those that are named
// as one to test on are only counted.
func (r Reader) tables(ctx context.Context, dir string, paths []string, rep *Report) (*data.Set, *Report, error) {
	half := func(path string) string {
		name := strings.ToLower(filepath.Base(path))
		return name[:strings.IndexAny(name, "-_.")] // its ending has a dot
	}
	train := slices.ContainsFunc(paths, func(path string) bool { return slices.Contains(toTrain, half(path)) })
	s := newShelf()
	for _, path := range paths {
		err := func() error {
			f, size, err := disk.Open(path)
			if err != nil {
				return err
			}
			defer f.Close()
			t, err := openTable(f, size)
			if err != nil {
				return err
			}
			if train && slices.Contains(toTest, half(path)) {
				rep.Skipped.addN("kept for testing", int(t.NumRows()), filepath.Base(path))
				return nil
			}
			return s.add(ctx, rep, t, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path))+" ")
		}()
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", path, err)
		}
	}
	return r.tree(ctx, s, dir, s.settle(), rep)
}

// shelf is the pictures of one table or several, as they are encoded, in folders of their labels.
type shelf struct {
	top     *node
	encoded map[string][]byte // by their places
	size    int64             // bytes of all
	named   bool              // labels have names, which stand behind their numbers
}

func newShelf() *shelf { return &shelf{top: &node{}, encoded: map[string][]byte{}} }

// settle is the folders in their order, by the names of their labels where those have any.
func (s *shelf) settle() *node {
	s.top.sort()
	if s.named {
		for _, f := range s.top.folders {
			if _, name, numbered := strings.Cut(f.name, " "); numbered {
				f.name = name
			}
		}
	}
	return s.top
}

// open is a picture by its place.
func (s *shelf) open(name string) (io.ReadSeekCloser, int64, error) {
	b, there := s.encoded[name]
	if !there {
		return nil, 0, fmt.Errorf("%s is not in the table", name)
	}
	return inMemory{bytes.NewReader(b)}, int64(len(b)), nil
}

// table is a Parquet file, and which columns are looked at.
type table struct {
	*parquet.File
	pictures, labels int   // columns; −1 for no labels
	size             int64 // bytes of its pictures
	names            []string
}

// pictureColumns and labelColumns are names under which tables have them, the likeliest first.
var (
	pictureColumns = []string{"image.bytes", "img.bytes", "image", "img", "picture", "bytes", "png", "jpg", "jpeg"}
	labelColumns   = []string{"label", "labels", "class", "target", "fine_label", "category"}
)

var errDamaged = errors.New("the Parquet table is damaged")

// unharmed is f's error, or that the table is damaged where the reader of tables ends in a panic.
func unharmed(f func() error) (err error) {
	defer func() {
		if recover() != nil {
			err = errDamaged
		}
	}()
	return f()
}

func openTable(f io.ReaderAt, size int64) (*table, error) {
	t := &table{pictures: -1, labels: -1}
	err := unharmed(func() (err error) {
		if t.File, err = parquet.OpenFile(f, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true)); err != nil {
			return fmt.Errorf("it cannot be read as a Parquet table: %w", err)
		}
		leaves := map[string]int{}
		var others []string
		for i, path := range t.Schema().Columns() {
			leaf, _ := t.Schema().Lookup(path...)
			name := strings.Join(path, ".")
			others = append(others, name)
			if leaf.MaxRepetitionLevel == 0 {
				leaves[name] = i
			}
		}
		kind := func(i int) parquet.Kind { return t.column(i).Type().Kind() }
		for _, name := range pictureColumns {
			if i, there := leaves[name]; there && t.pictures < 0 && kind(i) == parquet.ByteArray {
				t.pictures = i
			}
		}
		for _, name := range labelColumns {
			if i, there := leaves[name]; there && t.labels < 0 && (kind(i) == parquet.Int64 || kind(i) == parquet.Int32 || kind(i) == parquet.ByteArray) {
				t.labels = i
				t.names = t.classNames(name)
			}
		}
		if t.pictures < 0 {
			return fmt.Errorf("the table has no column of encoded pictures under a name such as image or img: it has %s", strings.Join(others, ", "))
		}
		for _, g := range t.Metadata().RowGroups {
			t.size += g.Columns[t.pictures].MetaData.TotalUncompressedSize
		}
		return nil
	})
	return t, err
}

// column is the leaf of that number.
func (t *table) column(i int) *parquet.Column {
	var find func(c *parquet.Column) *parquet.Column
	find = func(c *parquet.Column) *parquet.Column {
		if c.Leaf() {
			if c.Index() == i {
				return c
			}
			return nil
		}
		for _, below := range c.Columns() {
			if found := find(below); found != nil {
				return found
			}
		}
		return nil
	}
	return find(t.Root())
}

// classNames are those that the table's metadata give to the numbers in a column of labels; none where they do not.
func (t *table) classNames(column string) []string {
	text, there := t.Lookup("huggingface")
	if !there {
		return nil
	}
	var about struct {
		Info struct {
			Features map[string]json.RawMessage `json:"features"`
		} `json:"info"`
	}
	var feature struct {
		Names []string `json:"names"`
	}
	if json.Unmarshal([]byte(text), &about) != nil || json.Unmarshal(about.Info.Features[column], &feature) != nil {
		return nil
	}
	return feature.Names
}

// add reads all pictures of a table, as they are encoded. prefix stands before the names of its rows.
func (s *shelf) add(ctx context.Context, rep *Report, t *table, prefix string) error {
	if s.size += t.size; s.size > mostEncoded {
		return fmt.Errorf("the pictures take %d MiB as they are encoded, more than the %d MiB that are read", s.size>>20, mostEncoded>>20)
	}
	s.named = s.named || t.names != nil
	return unharmed(func() error {
		row := 0
		for _, g := range t.RowGroups() {
			if err := ctx.Err(); err != nil {
				return err
			}
			pictures, err := values(g.ColumnChunks()[t.pictures])
			if err != nil {
				return err
			}
			labels := make([]parquet.Value, len(pictures))
			if t.labels >= 0 {
				if labels, err = values(g.ColumnChunks()[t.labels]); err != nil {
					return err
				}
			}
			if len(labels) != len(pictures) {
				return errDamaged
			}
			for i, p := range pictures {
				row++
				name := fmt.Sprintf("%srow %08d", prefix, row)
				if p.IsNull() || len(p.ByteArray()) == 0 {
					rep.Skipped.add("without a picture", name)
					continue
				}
				parts := []string{name}
				if t.labels >= 0 {
					parts = []string{t.class(labels[i]), name}
				}
				file := filepath.Join(parts...)
				s.encoded[file] = p.ByteArray()
				if what := kindOf(s, file); what != "" {
					rep.Skipped.add(what, name)
					delete(s.encoded, file)
					continue
				}
				s.top.put(file, parts)
			}
		}
		return nil
	})
}

// class is the folder of a label: its number before its name, where it has one, so that folders lie in the labels' order.
func (t *table) class(v parquet.Value) string {
	switch {
	case v.IsNull():
		return "none"
	case v.Kind() == parquet.ByteArray:
		return strings.ReplaceAll(string(v.ByteArray()), "/", " ")
	case t.names != nil:
		name := "?"
		if k := v.Int64(); k >= 0 && k < int64(len(t.names)) {
			name = strings.ReplaceAll(t.names[k], "/", " ")
		}
		return fmt.Sprintf("%05d %s", v.Int64(), name)
	}
	return fmt.Sprintf("%05d", v.Int64())
}

// values of a column in one group of rows, copied.
func values(c parquet.ColumnChunk) (all []parquet.Value, err error) {
	pages := c.Pages()
	defer pages.Close()
	for {
		page, err := pages.ReadPage()
		if errors.Is(err, io.EOF) {
			return all, nil
		}
		if err != nil {
			return nil, fmt.Errorf("%w: %w", errDamaged, err)
		}
		some := make([]parquet.Value, page.NumValues())
		n, err := page.Values().ReadValues(some)
		if err != nil && !errors.Is(err, io.EOF) || n != len(some) {
			parquet.Release(page)
			return nil, errDamaged
		}
		for _, v := range some {
			all = append(all, v.Clone())
		}
		parquet.Release(page)
	}
}
