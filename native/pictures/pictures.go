// Package pictures makes data sets of picture files: PNG and JPEG, in folders or as tiles of one sheet.
package pictures

import (
	"context"
	"fmt"
	"image"
	_ "image/jpeg" // decodes
	_ "image/png"  // decodes
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/data"
)

// Shape says how a picture becomes a sample.
type Shape struct {
	Side   int  // of the square sample
	Fit    Fit  // what happens to a picture that is no square
	Invert bool // dark on bright becomes bright on dark
}

// Fit says how a picture that is no square is made one.
type Fit string

const (
	Crop    Fit = "crop"    // the largest square in its middle
	Whole   Fit = "whole"   // all of it, black beside it
	Stretch Fit = "stretch" // all of it, squeezed into the square
)

// Reader reads pictures.
type Reader struct {
	Shape
	Ground  Ground                // behind transparent pictures
	SkipBad bool                  // what cannot be decoded is left out, not an error
	Tell    func(done, total int) // after each picture; may be nil
}

const (
	least    = 2       // pictures that are still a data set
	maxBytes = 1 << 30 // of all samples
)

// Folder reads the pictures in a folder and in those below it, where a folder of several is a class each; which pictures
// count where they lie otherwise is said by [choose]. The report says what was found and what was left out.
func (r Reader) Folder(ctx context.Context, dir string) (*data.Set, *Report, error) {
	rep := new(Report)
	top, err := rep.walk(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	c := rep.choose(top)
	if len(c.classes) > 256 {
		return nil, nil, fmt.Errorf("%s has %d subfolders with pictures, and there can be at most 256 classes", dir, len(c.classes))
	}
	if n := len(c.files); n < least {
		return nil, nil, fmt.Errorf("%s holds no IDX files that can be read and only %d PNG or JPEG pictures: there must be at least %d, in it or in a subfolder for each class%s", dir, n, least, rep.Skipped.since("; left out: "))
	} else if size := int64(n) * int64(r.Side*r.Side); size > maxBytes {
		return nil, nil, fmt.Errorf("%d pictures of %d×%d take %d MiB, more than the %d MiB that are read: take a smaller --data-side or fewer of them", n, r.Side, r.Side, size>>20, maxBytes>>20)
	}
	b := r.bench(rep)
	var labels []uint8
	for i, file := range c.files {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		p, err := rep.decode(file.path)
		switch {
		case err != nil && !r.SkipBad:
			return nil, nil, fmt.Errorf("%w; --skip-bad leaves out what cannot be read", err)
		case err != nil:
			rep.Skipped.add(reason(err), filepath.Base(file.path))
			continue
		}
		b.add(p, image.Rect(0, 0, p.w, p.h))
		if len(c.classes) > 0 {
			labels = append(labels, file.class)
		}
		if r.Tell != nil {
			r.Tell(i+1, len(c.files))
		}
	}
	if b.n < least {
		return nil, nil, fmt.Errorf("only %d of the %d pictures in %s can be decoded: there must be at least %d", b.n, len(c.files), dir, least)
	}
	rep.Classes = c.classes
	set, err := data.FromGray(filepath.Base(abs(dir)), b.n, r.Side, r.Side, len(c.classes), append(b.settle(), labels...))
	return set, rep, err
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
	p, err := rep.decode(name)
	if err != nil {
		return nil, nil, err
	}
	if w < 1 || h < 1 || w > p.w || h > p.h {
		return nil, nil, fmt.Errorf("%s is %d×%d pixels, and its tiles would be %d×%d: they must be smaller", name, p.w, p.h, w, h)
	}
	if size := int64(p.w/w) * int64(p.h/h) * int64(r.Side*r.Side); size > maxBytes {
		return nil, nil, fmt.Errorf("the tiles of %s take %d MiB at %d×%d, more than the %d MiB that are read: take a smaller --data-side", name, size>>20, r.Side, r.Side, maxBytes>>20)
	}
	b := r.bench(rep)
	for y := 0; y+h <= p.h; y += h {
		for x := 0; x+w <= p.w; x += w {
			b.add(p, image.Rect(x, y, x+w, y+h))
		}
	}
	pixels, size := b.settle(), r.Side*r.Side
	filled := b.n
	for filled > 0 && flat(pixels[(filled-1)*size:filled*size]) {
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
	set, err := data.FromGray(strings.TrimSuffix(filepath.Base(name), filepath.Ext(name)), filled, r.Side, r.Side, 0, pixels[:filled*size])
	return set, rep, err
}

func flat(b []byte) bool { return slices.Min(b) == slices.Max(b) }
