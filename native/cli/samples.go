package cli

import (
	"path/filepath"

	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/wire"
)

// sample writes the fixed noise's images at the end of an epoch, if it is one that is shown.
func (r *training) sample(epoch int) error {
	if !r.shown(epoch) {
		return nil
	}
	sheet, pixels, err := r.t.Sheet()
	if err != nil {
		return err
	}
	size := sheet.Height * sheet.Width
	d := drawer(sheet.Height, sheet.Width, pixels[sheet.Fakes*size:][:sheet.Reals*size])
	b, err := imgfile.PNG(d, pixels[:sheet.Fakes*size])
	if err != nil {
		return err
	}
	name := filepath.Join(samplesFolder, pictureName(epoch))
	if err := r.put(name, b); err != nil {
		return err
	}
	r.emit(wire.Event{Type: wire.Sampled, Sheet: sheet, Path: r.folder.file(name)})
	return r.thinOut(epoch)
}

func grid(h, w int) img.Grid { return img.Grid{Height: h, Width: w, Columns: 8, Gap: 2, Scale: 2} }

// drawer draws pictures of that size in a grid, and points over others.
func drawer(h, w int, under []byte) img.Drawer {
	if h == 1 && w == 2 {
		return img.Scatter{Side: 400, Under: under}
	}
	return grid(h, w)
}
