package cli

import (
	"path/filepath"

	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/sample"
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
	s := r.t.GAN.Data.Sample
	size := s.Size()
	d := drawer(s, pixels[sheet.Fakes*size:][:sheet.Reals*size])
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

func grid(s sample.Shape) img.Grid { return img.Grid{Sample: s, Columns: 8, Gap: 2, Scale: 2} }

// drawer draws pictures of that shape in a grid, and points over others.
func drawer(s sample.Shape, under []byte) img.Drawer {
	if s.Kind() == sample.Point {
		return img.Scatter{Side: 400, Under: under}
	}
	return grid(s)
}
