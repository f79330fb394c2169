// Package pictures makes data sets of picture files: in folders, in archives, or as tiles of one sheet.
package pictures

import (
	"archive/zip"
	"context"
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/data"
)

// Reader reads pictures.
type Reader struct {
	Form
	Ground Ground                // behind transparent pictures, where transparency is not kept
	Frames bool                  // each frame of an animated GIF is a picture, not only the first
	Bad    Limit                 // how many that cannot be decoded are left out
	Tell   func(done, total int) // after each picture; may be nil
}

const (
	least    = 2       // pictures that are still a data set
	maxBytes = 1 << 30 // of all samples
)

// Folder reads the pictures in a folder and in those below it, where a folder of several is a class each; which pictures
// count where they lie otherwise is said by [choose]. Where there are none, but Parquet tables, it reads those. The report says what
// was found and what was left out.
func (r Reader) Folder(ctx context.Context, dir string) (*data.Set, *Report, error) {
	rep := new(Report)
	top, tables, err := rep.walk(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	if len(tables) > 0 && top.total == 0 {
		return r.tables(ctx, dir, tables, rep)
	}
	for _, path := range tables {
		rep.Skipped.add("tables beside the pictures", filepath.Base(path))
	}
	return r.tree(ctx, onDisk{}, dir, top, rep)
}

// Zip reads the pictures in a ZIP archive as if it were unpacked.
func (r Reader) Zip(ctx context.Context, path string) (*data.Set, *Report, error) {
	z, err := zip.OpenReader(path)
	if err != nil {
		return nil, nil, fmt.Errorf("%s cannot be read as a ZIP archive: %w", path, err)
	}
	defer z.Close()
	rep, in := new(Report), inZip{&z.Reader}
	top, err := rep.list(in, strings.TrimSuffix(filepath.Base(path), filepath.Ext(path)))
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", path, err)
	}
	return r.tree(ctx, in, path, top, rep)
}

// tree reads the pictures that are to be taken of all below a node.
func (r Reader) tree(ctx context.Context, in source, path string, top *node, rep *Report) (*data.Set, *Report, error) {
	c := rep.choose(top)
	if r.Frames {
		a := &animations{source: in}
		in = a
		var err error
		if c.files, err = a.apart(ctx, c.files); err != nil {
			return nil, nil, err
		}
	}
	n := len(c.files)
	if len(c.classes) > 256 {
		return nil, nil, fmt.Errorf("%s has %d subfolders with pictures, and there can be at most 256 classes", path, len(c.classes))
	}
	if n < least {
		return nil, nil, fmt.Errorf("%s holds no IDX files that can be read and only %d %s pictures: there must be at least %d, in it or in a subfolder for each class%s", path, n, formats("or"), least, rep.Skipped.since("; left out: "))
	}
	if err := r.Form.survey(ctx, in, c.files); err != nil {
		return nil, nil, err
	}
	if size := int64(n) * int64(r.Shape().Size()); size > maxBytes {
		return nil, nil, fmt.Errorf("%d pictures of %v take %d MiB, more than the %d MiB that are read: take a smaller --data-side or fewer of them", n, r.Shape(), size>>20, maxBytes>>20)
	}
	b := r.bench(rep)
	var labels []uint8
	var broken Skipped
	var why error // of the first
	bad, most := 0, r.Bad.of(n)
	for i, file := range c.files {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		p, err := decode(in, file.path, r.Channels != Gray)
		if err != nil {
			broken.add(reason(err), name(file.path))
			rep.Skipped.add(reason(err), name(file.path))
			if why == nil {
				why = err
			}
			if bad++; bad > most {
				return nil, nil, fmt.Errorf("more than %d of %d pictures in %s cannot be decoded: %s; %w; --skip-bad leaves out any number of them, --max-bad sets another limit", most, n, path, &broken, why)
			}
			continue
		}
		rep.count(p)
		b.add(p.plane, image.Rect(0, 0, p.w, p.h))
		if len(c.classes) > 0 {
			labels = append(labels, file.class)
		}
		if r.Tell != nil {
			r.Tell(i+1, n)
		}
	}
	if b.n < least {
		return nil, nil, fmt.Errorf("only %d of the %d pictures in %s can be decoded, and there must be at least %d: %w", b.n, n, path, least, why)
	}
	rep.Classes = c.classes
	title := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(abs(path)), ".zip"), ".parquet")
	set, err := data.FromBytes(title, b.n, r.Shape(), len(c.classes), append(b.settle(), labels...))
	if err != nil {
		return nil, nil, err
	}
	set.NameClasses(c.classes)
	return set, rep, nil
}

// name is what a picture is called in words: the last part of its path, and a frame's number.
func name(path string) string {
	return strings.Replace(filepath.Base(path), frameMark, ", frame ", 1)
}

func abs(path string) string {
	if whole, err := filepath.Abs(path); err == nil {
		return whole
	}
	return path
}

// Sheet cuts one picture into tiles of w × h pixels, row by row; what does not fill a tile at the right and at the bottom is
// left out, and so are tiles at the end that are all of one shade.
func (r Reader) Sheet(name string, w, h int) (*data.Set, *Report, error) {
	rep := new(Report)
	p, err := decode(onDisk{}, name, r.Channels != Gray)
	if err != nil {
		return nil, nil, err
	}
	if w < 1 || h < 1 || w > p.w || h > p.h {
		return nil, nil, fmt.Errorf("%s is %d×%d pixels, and its tiles would be %d×%d: they must be smaller", name, p.w, p.h, w, h)
	}
	if r.Channels == Any && !p.colour {
		if p, err = decode(onDisk{}, name, false); err != nil {
			return nil, nil, err
		}
	}
	r.choose(p.colour, []size{{w, h}})
	if size := int64(p.w/w) * int64(p.h/h) * int64(r.Shape().Size()); size > maxBytes {
		return nil, nil, fmt.Errorf("the tiles of %s take %d MiB at %v, more than the %d MiB that are read: take a smaller --data-side", name, size>>20, r.Shape(), maxBytes>>20)
	}
	rep.count(p)
	rep.sides = sides{min(w, h), max(w, h)}
	b := r.bench(rep)
	for y := 0; y+h <= p.h; y += h {
		for x := 0; x+w <= p.w; x += w {
			b.add(p.plane, image.Rect(x, y, x+w, y+h))
		}
	}
	pixels, shape := b.settle(), r.Shape()
	filled := b.n
	for filled > 0 && flat(pixels[(filled-1)*shape.Size():filled*shape.Size()], shape.Area()) {
		filled--
	}
	if filled < least {
		return nil, nil, fmt.Errorf("%s has %d tiles of %d×%d that show anything: there must be at least %d", name, filled, w, h, least)
	}
	if n := b.n - filled; n > 0 {
		rep.Skipped.addN("empty tiles at the end", n)
	}
	if right, below := p.w%w, p.h%h; right+below > 0 {
		rep.Margin = fmt.Sprintf("%d pixels at the right and %d at the bottom fill no tile", right, below)
	}
	set, err := data.FromBytes(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), filled, shape, 0, pixels[:filled*shape.Size()])
	return set, rep, err
}

// flat reports whether a sample is of one colour all over.
func flat(sample []byte, area int) bool {
	for channel := range slices.Chunk(sample, area) {
		if slices.Min(channel) != slices.Max(channel) {
			return false
		}
	}
	return true
}
