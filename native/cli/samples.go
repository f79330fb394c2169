package cli

import (
	"bytes"
	"fmt"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"

	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/wire"
)

// sample writes the fixed noise's images at the end of an epoch.
func (r *run) sample(epoch int) error {
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
	path := filepath.Join(r.Out, samplesFolder, fmt.Sprintf("epoch-%04d.png", epoch))
	if err := writeFile(path, b); err != nil {
		return err
	}
	r.emit(wire.Event{Type: wire.Sampled, Sheet: sheet, Path: path})
	return nil
}

func grid(h, w int) img.Grid { return img.Grid{Height: h, Width: w, Columns: 8, Gap: 2, Scale: 2} }

// drawer draws pictures of that size in a grid, and points over others.
func drawer(h, w int, under []byte) img.Drawer {
	if h == 1 && w == 2 {
		return img.Scatter{Side: 400, Under: under}
	}
	return grid(h, w)
}

// animate makes one GIF of all epochs' pictures, those of an earlier part of the run too.
func animate(folder, to string) error {
	names, err := filepath.Glob(filepath.Join(folder, "epoch-*.png"))
	if err != nil {
		return err
	}
	slices.Sort(names)
	var frames []*image.Paletted
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			return fmt.Errorf("reading a sample back: %w", err)
		}
		m, err := png.Decode(bytes.NewReader(b))
		if err != nil {
			return fmt.Errorf("reading %s back: %w", name, err)
		}
		if p, ok := m.(*image.Paletted); ok {
			frames = append(frames, p)
		}
	}
	b, err := imgfile.Animate(frames, 20)
	if err != nil {
		return err
	}
	return writeFile(to, b)
}
