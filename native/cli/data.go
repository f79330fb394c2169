package cli

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"ganvas/core/data"
	"ganvas/core/data/folder"
	"ganvas/core/data/mnist"
	"ganvas/core/data/npz"
	"ganvas/core/disk"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/native/pictures"
)

// dataFlags say what the real samples are, where they are not those that the recipe's dataset names.
type dataFlags struct {
	Data    string `group:"data" first:"" help:"Your own data: a folder with IDX files, a folder with pictures (PNG, JPEG, GIF, WebP, BMP or TIFF; subfolders are classes) or a ZIP archive of one, one sheet of pictures (with --tile), a NumPy file (.npy or .npz), a table of pixels (.csv, as Kaggle has MNIST), or tables of encoded pictures (.parquet as model hubs have image data sets, one file or a folder of shards)." placeholder:"PATH"`
	Tile    string `group:"data" help:"Size of the pictures on a sheet, such as 28 or 32x40." placeholder:"N|WxH"`
	Channel string `group:"data" name:"data-channels" help:"What of the pictures' colours is kept: brightness (gray), red, green and blue (colour), or transparency as well (alpha); auto keeps colour where at least a tenth of the pictures have some." enum:"auto,gray,colour,alpha" default:"auto"`
	Side    string `group:"data" name:"data-side" help:"Size in pixels that pictures are scaled to: a square's side, or width and height such as 48x32; auto keeps the size that all have where that is at most 64, and goes by their sides up to 32 otherwise." default:"auto" placeholder:"N|WxH"`
	Fit     string `group:"data" name:"data-fit" help:"What happens to pictures of another shape: the middle is cut out, all of it is shown with black beside it, or it is stretched (crop, whole, stretch)." enum:"crop,whole,stretch" default:"crop"`
	Invert  bool   `group:"data" name:"data-invert" help:"Turn dark on bright into bright on dark."`
	Ground  string `group:"data" name:"data-background" help:"What lies behind transparent pictures: white, black, a colour such as #f0f0f0, or the one of white and black that what they show differs from (auto)." default:"auto" placeholder:"COLOUR"`
	Frames  bool   `group:"data" name:"data-frames" help:"Take every frame of animated GIFs, not only the first."`
	SkipBad bool   `group:"data" name:"skip-bad" help:"Leave out any number of pictures that cannot be decoded."`
	MaxBad  string `group:"data" name:"max-bad" help:"How many pictures that cannot be decoded are left out, named and counted, before it stops: a number, or a share of all (and one at least)." default:"10%" placeholder:"N|N%"`
}

// samples is one half of the named data set, or of the data that the flags name. Pictures have no held-out half. like is the
// shape of what a run has learned from, which pictures take where no flag says otherwise; zeros for none.
func (d dataFlags) samples(w *world, name string, split data.Split, like sample.Shape) (*data.Set, error) {
	known := data.Find(name)
	made := known != nil && known.IsMade()
	if made && d.Data != "" {
		return nil, fmt.Errorf("dataset %s has samples of its own: take dataset own with --data", name)
	}
	if d.Data != "" {
		return d.own(w, split, like)
	}
	if d.Tile != "" {
		return nil, errors.New("--tile is the size of the pictures on a sheet, which --data must name")
	}
	if name == run.Own {
		return nil, errors.New("dataset own means your own pictures: name their folder or sheet with --data")
	}
	return data.Open(name, split, func(string) (*data.Set, error) {
		b := w.busy("reading MNIST's digits, which are fetched once (11 MB)")
		defer b.end()
		return mnist.Open(w.ctx, split)
	})
}

// own reads what --data names; what it found is to be said where that is to train on.
func (d dataFlags) own(w *world, split data.Split, like sample.Shape) (*data.Set, error) {
	about, err := os.Stat(d.Data)
	if err != nil && strings.Contains(d.Data, "://") {
		return nil, fmt.Errorf("--data %s is an address: fetch it first, and name the folder or file", d.Data)
	}
	if err != nil {
		return nil, fmt.Errorf("--data %s cannot be read: %w", d.Data, plainly(err))
	}
	reader, err := d.reader(w)
	if err != nil {
		return nil, err
	}
	if like.Size() > 0 {
		reader.Form = reader.Like(like)
	}
	var set *data.Set
	rep := new(pictures.Report)
	switch {
	case about.IsDir() && d.Tile != "":
		return nil, fmt.Errorf("--tile is for one sheet of pictures, and --data %s is a folder", d.Data)
	case about.IsDir():
		set, err = folder.Open(folder.Name(d.Data), d.Data, split)
		if err == nil && split != data.TrainSplit {
			return set, nil
		}
		if err == nil {
			rep.Skipped.Add("beside the IDX files", folder.Others(d.Data)...)
		} else if errors.Is(err, fs.ErrNotExist) {
			set, rep, err = reader.Folder(w.ctx, d.Data)
		}
	default:
		if set, rep, err = d.file(w, reader, split); err == nil && rep == nil {
			return set, nil
		}
	}
	if err != nil {
		return nil, err
	}
	if split != data.TrainSplit { // all of them are to train on
		return data.NewSet(set.Name(), 0, set.Shape(), set.Classes()), nil
	}
	if err := run.Learnable(set); err != nil {
		return nil, err
	}
	w.found = describeData(d.Data, set, rep)
	return set, nil
}

// isTable reports whether a file's name says that it is a table of text.
func isTable(name string) bool { return endsIn(name, ".csv", ".tsv") }

// isPacked reports whether a file's name says that others are packed in it, but by ZIP.
func isPacked(name string) bool {
	return endsIn(name, ".gz", ".tgz", ".tar", ".bz2", ".xz", ".7z", ".rar", ".zst")
}

func endsIn(name string, endings ...string) bool {
	return slices.Contains(endings, strings.ToLower(filepath.Ext(name)))
}

// file reads a sheet of pictures, an archive, a table or a NumPy file. Of a half to test on that the file itself has there is
// no report.
func (d dataFlags) file(w *world, reader pictures.Reader, split data.Split) (*data.Set, *pictures.Report, error) {
	f, size, err := disk.Open(d.Data)
	if err != nil {
		return nil, nil, fmt.Errorf("--data: %w", err)
	}
	defer f.Close()
	head := make([]byte, 4096)
	n, _ := f.ReadAt(head, 0)
	name := strings.TrimSuffix(filepath.Base(d.Data), filepath.Ext(d.Data))
	var set *data.Set
	switch head = head[:n]; {
	case d.Tile != "" && !pictures.Is(d.Data):
		return nil, nil, fmt.Errorf("--tile is for one sheet of pictures, and --data %s is none", d.Data)
	case bytes.HasPrefix(head, []byte("PK\x03\x04")):
		return d.zip(w, reader, f, size, split)
	case pictures.IsParquet(head):
		return reader.Parquet(w.ctx, d.Data, f, size)
	case data.IsNPY(head):
		set, err = data.ReadNPY(name, f, nil, nil)
	case data.IsCSV(head):
		set, err = data.ReadCSV(name, f, nil)
	case pictures.Is(d.Data):
		return d.sheet(reader)
	case isTable(d.Data):
		return nil, nil, fmt.Errorf("--data %s is no table of pixels: each row must be whole numbers from 0 to 255 with commas between them and no quotes, first the label where there is one", d.Data)
	case isPacked(d.Data):
		return nil, nil, fmt.Errorf("--data %s is packed in a way that is not read: unpack it and name the folder, or make a ZIP archive of it", d.Data)
	default:
		return nil, nil, fmt.Errorf("--data %s is neither a folder, nor a picture, nor a ZIP archive, nor a NumPy file, nor a table of pixels or pictures", d.Data)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("--data %s: %w", d.Data, err)
	}
	return set, new(pictures.Report), nil
}

// zip reads an archive of NumPy's arrays, or one of pictures.
func (d dataFlags) zip(w *world, reader pictures.Reader, f io.ReaderAt, size int64, split data.Split) (*data.Set, *pictures.Report, error) {
	z, err := zip.NewReader(f, size)
	if err != nil || !npz.Is(z) {
		return reader.Zip(w.ctx, d.Data)
	}
	name := strings.TrimSuffix(filepath.Base(d.Data), filepath.Ext(d.Data))
	if split != data.TrainSplit {
		if held, _, err := npz.Read(name, z, split); err != nil || held != nil {
			return held, nil, err
		}
	}
	set, others, err := npz.Read(name, z, data.TrainSplit)
	if err != nil {
		return nil, nil, fmt.Errorf("--data %s: %w", d.Data, err)
	}
	rep := new(pictures.Report)
	rep.Skipped.Add("beside the arrays of pictures and labels", others...)
	return set, rep, nil
}

// sheet cuts one picture into tiles.
func (d dataFlags) sheet(reader pictures.Reader) (*data.Set, *pictures.Report, error) {
	wide, high, err := d.tile()
	if err != nil {
		return nil, nil, err
	}
	return reader.Sheet(d.Data, wide, high)
}

// reader reads pictures as the flags say, and says how far it is when that takes a while.
func (d dataFlags) reader(w *world) (pictures.Reader, error) {
	wide, high, err := pictures.ParseSide(d.Side)
	if err != nil {
		return pictures.Reader{}, err
	}
	ground, err := pictures.ParseGround(d.Ground)
	if err != nil {
		return pictures.Reader{}, err
	}
	bad, err := pictures.ParseLimit(d.MaxBad)
	if d.SkipBad {
		bad = pictures.AnyNumber
	}
	next := time.Now().Add(2 * time.Second)
	return pictures.Reader{
		Form: pictures.Form{Channels: pictures.Channels(d.Channel), Width: wide, Height: high, Fit: pictures.Fit(d.Fit), Invert: d.Invert}, Ground: ground, Frames: d.Frames, Bad: bad,
		Tell: func(done, total int) {
			if now := time.Now(); now.After(next) {
				next = now.Add(5 * time.Second)
				fmt.Fprintf(w.err, "Reading pictures: %d of %d.\n", done, total)
			}
		},
	}, err
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
