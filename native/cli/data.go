package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strconv"
	"strings"

	"ganvas/core/data"
	"ganvas/core/data/folder"
	"ganvas/core/data/mnist"
	"ganvas/core/train"
	"ganvas/native/pictures"
)

// dataFlags say what the real samples are, where they are not those that the recipe's dataset names.
type dataFlags struct {
	Data   string `help:"Your own data: a folder with IDX files, a folder with PNG or JPEG pictures (subfolders are classes), or one sheet of pictures (with --tile)." placeholder:"PATH"`
	Tile   string `help:"Size of the pictures on a sheet, such as 28 or 32x40." placeholder:"N|WxH"`
	Side   int    `name:"data-side" help:"Side of the square that pictures are scaled to." default:"28"`
	Fit    string `name:"data-fit" help:"What happens to pictures that are no squares: the middle is cut out, all of it is shown with black beside it, or it is stretched (crop, whole, stretch)." enum:"crop,whole,stretch" default:"crop"`
	Invert bool   `name:"data-invert" help:"Turn dark on bright into bright on dark."`
}

// samples is one half of the named data set, or of the data that the flags name. Pictures have no held-out half.
func (d dataFlags) samples(ctx context.Context, name string, split data.Split) (*data.Set, error) {
	set := data.Points(name, split)
	if set != nil && d.Data != "" {
		return nil, fmt.Errorf("dataset %s has points of its own: take dataset own with --data", name)
	}
	if d.Data != "" {
		return d.own(split)
	}
	if d.Tile != "" {
		return nil, errors.New("--tile is the size of the pictures on a sheet, which --data must name")
	}
	if set != nil {
		return set, nil
	}
	if name == train.Own {
		return nil, errors.New("dataset own means your own pictures: name their folder or sheet with --data")
	}
	return mnist.Open(ctx, split)
}

// again is the flags for another command with the same data, a space before each.
func (d dataFlags) again() string {
	var b strings.Builder
	for _, f := range []struct{ name, value, usual string }{
		{"data", d.Data, ""}, {"tile", d.Tile, ""}, {"data-side", strconv.Itoa(d.Side), "28"}, {"data-fit", d.Fit, string(pictures.Crop)},
	} {
		if f.value != f.usual {
			b.WriteString(" --" + f.name + " " + f.value)
		}
	}
	if d.Invert {
		b.WriteString(" --data-invert")
	}
	return b.String()
}

// own reads what --data names.
func (d dataFlags) own(split data.Split) (*data.Set, error) {
	about, err := os.Stat(d.Data)
	if err != nil {
		return nil, fmt.Errorf("--data %s cannot be read: %w", d.Data, plainly(err))
	}
	if d.Side < 4 || d.Side > 512 {
		return nil, fmt.Errorf("data-side is %d: it must be from 4 to 512", d.Side)
	}
	shape := pictures.Shape{Side: d.Side, Fit: pictures.Fit(d.Fit), Invert: d.Invert}
	if about.IsDir() {
		if d.Tile != "" {
			return nil, fmt.Errorf("--tile is for one sheet of pictures, and --data %s is a folder", d.Data)
		}
		set, err := folder.Open(folder.Name(d.Data), d.Data, split)
		if !errors.Is(err, fs.ErrNotExist) {
			return set, err
		}
		return d.held(split, func() (*data.Set, error) { return pictures.Folder(d.Data, shape) })
	}
	if !pictures.Is(d.Data) {
		return nil, fmt.Errorf("--data %s is neither a folder nor a PNG or JPEG picture", d.Data)
	}
	w, h, err := d.tile()
	if err != nil {
		return nil, err
	}
	return d.held(split, func() (*data.Set, error) { return pictures.Sheet(d.Data, w, h, shape) })
}

// held is the whole set to train on, and nothing of it to hold out.
func (d dataFlags) held(split data.Split, read func() (*data.Set, error)) (*data.Set, error) {
	set, err := read()
	if err != nil || split == data.TrainSplit {
		return set, err
	}
	return data.NewSet(set.Name(), 0, set.Shape(), set.Classes()), nil
}

// tile is the size of a sheet's pictures.
func (d dataFlags) tile() (w, h int, err error) {
	if d.Tile == "" {
		return 0, 0, fmt.Errorf("--data %s is one picture: say with --tile how large each of the pictures on it is, such as --tile 28", d.Data)
	}
	wide, high, two := strings.Cut(d.Tile, "x")
	if !two {
		high = wide
	}
	w, errW := strconv.Atoi(wide)
	h, errH := strconv.Atoi(high)
	if errW != nil || errH != nil || w < 1 || h < 1 {
		return 0, 0, fmt.Errorf("tile is %q: it must be a size in pixels, such as 28 or 32x40", d.Tile)
	}
	return w, h, nil
}
