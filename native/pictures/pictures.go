// Package pictures makes data sets of picture files: PNG and JPEG, in a folder or as tiles of one sheet.
package pictures

import (
	"fmt"
	"image"
	_ "image/jpeg" // decodes
	_ "image/png"  // decodes
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/data"
	"ganvas/core/img/imgread"
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

// least is how few pictures are still a data set.
const least = 2

// Folder reads all pictures in a folder. Where it has none but its subfolders do, each subfolder is a class, in the order
// of their names.
func Folder(dir string, s Shape) (*data.Set, error) {
	files, folders, err := list(dir)
	if err != nil {
		return nil, err
	}
	var labels []uint8
	classes := 0
	if len(files) == 0 {
		if files, labels, classes, err = byClass(dir, folders); err != nil {
			return nil, err
		}
	}
	if len(files) < least {
		return nil, fmt.Errorf("%s holds no IDX files that can be read and only %d PNG or JPEG pictures: there must be at least %d, in it or in a subfolder for each class", dir, len(files), least)
	}
	var pixels []byte
	for _, name := range files {
		m, err := decode(name)
		if err != nil {
			return nil, err
		}
		pixels = append(pixels, s.sample(m)...)
	}
	return data.FromGray(filepath.Base(dir), len(files), s.Side, s.Side, classes, append(pixels, labels...))
}

// byClass lists the pictures in subfolders, each its own class. Subfolders without pictures count for none.
func byClass(dir string, folders []string) (files []string, labels []uint8, classes int, err error) {
	for _, folder := range folders {
		inside, _, err := list(filepath.Join(dir, folder))
		if err != nil {
			return nil, nil, 0, err
		}
		if len(inside) == 0 {
			continue
		}
		if classes == 256 {
			return nil, nil, 0, fmt.Errorf("%s has more than 256 subfolders with pictures, and there can be at most 256 classes", dir)
		}
		files = append(files, inside...)
		labels = append(labels, slices.Repeat([]uint8{uint8(classes)}, len(inside))...)
		classes++
	}
	return files, labels, classes, nil
}

// list is a folder's pictures and its subfolders, in the order of their names.
func list(dir string) (files, folders []string, err error) {
	all, err := os.ReadDir(dir)
	if err != nil {
		return nil, nil, fmt.Errorf("the pictures' folder cannot be read: %w", err)
	}
	for _, e := range all {
		switch {
		case strings.HasPrefix(e.Name(), "."):
		case e.IsDir():
			folders = append(folders, e.Name())
		case Is(e.Name()):
			files = append(files, filepath.Join(dir, e.Name()))
		}
	}
	return files, folders, nil
}

// Is reports whether a file's name is that of a picture that can be read.
func Is(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg"}, strings.ToLower(filepath.Ext(name)))
}

// Sheet cuts one picture into tiles of w × h pixels, row by row; what does not fill a tile at the right and at the bottom is
// left out, and so are tiles at the end that are all of one shade.
func Sheet(name string, w, h int, s Shape) (*data.Set, error) {
	m, err := decode(name)
	if err != nil {
		return nil, err
	}
	b := m.Bounds()
	if w < 1 || h < 1 || w > b.Dx() || h > b.Dy() {
		return nil, fmt.Errorf("%s is %d×%d pixels, and its tiles would be %d×%d: they must be smaller", name, b.Dx(), b.Dy(), w, h)
	}
	var pixels []byte
	filled := 0 // tiles up to the last that shows something
	n := 0
	for y := b.Min.Y; y+h <= b.Max.Y; y += h {
		for x := b.Min.X; x+w <= b.Max.X; x += w {
			tile := s.sample(part{m, image.Rect(x, y, x+w, y+h)})
			pixels = append(pixels, tile...)
			n++
			if slices.Min(tile) != slices.Max(tile) {
				filled = n
			}
		}
	}
	if filled < least {
		return nil, fmt.Errorf("%s has %d tiles of %d×%d that show anything: there must be at least %d", name, filled, w, h, least)
	}
	base := strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))
	return data.FromGray(base, filled, s.Side, s.Side, 0, pixels[:filled*s.Side*s.Side])
}

// part is a piece of a picture.
type part struct {
	image.Image
	r image.Rectangle
}

func (p part) Bounds() image.Rectangle { return p.r }

func decode(name string) (image.Image, error) {
	m, _, err := imgread.File(name)
	return m, err
}
