package main

import (
	"bytes"
	"errors"
	"image"
	"image/draw"

	"ganvas/core/img/imgread"

	_ "golang.org/x/image/tiff" // decodes
)

// decoded is how large the pictures of a file are; they lie beside it one after the other, rows of red, green, blue and how opaque, a byte
// each, the colours not multiplied by that.
type decoded struct {
	Width  int `json:"width"`
	Height int `json:"height"`
	Count  int `json:"count"`
}

// mostDecoded is how many bytes the pictures of one file may take.
const mostDecoded = 512 << 20

// pictures are those that a file holds: the frames of an animated GIF, or the one of a TIFF file.
func pictures(file []byte) (any, []byte, error) {
	var d decoded
	var all []byte
	add := func(m image.Image) error {
		b := m.Bounds()
		d.Width, d.Height = b.Dx(), b.Dy()
		one := image.NewNRGBA(image.Rect(0, 0, d.Width, d.Height))
		draw.Draw(one, one.Bounds(), m, b.Min, draw.Src)
		if len(all)+len(one.Pix) > mostDecoded {
			return imgread.ErrFrames
		}
		d.Count++
		all = append(all, one.Pix...)
		return nil
	}
	r := bytes.NewReader(file)
	if imgread.CountFrames(bytes.NewReader(file)) > 0 {
		err := imgread.Frames(r, func(_ int, shown *image.RGBA) error { return add(shown) })
		return d, all, err
	}
	m, format, err := imgread.Decode(r)
	if err == nil && format != "tiff" {
		err = errors.New("it is neither a TIFF file nor a GIF animation")
	}
	if err == nil {
		err = add(m)
	}
	return d, all, err
}
