package pictures

import (
	"image"

	"golang.org/x/image/draw"
)

// scale is a part of a plane (any height, w) as Height × Width values. It is scaled by a triangle over the neighbours that
// is widened where pixels become fewer, which is what PyTorch's Resize does to pictures as a rule; a part of just the
// sample's size stays as it is. Where nothing of the part lies, it is 0.
func (f Form) scale(values []uint8, w int, part image.Rectangle) []byte {
	from, to := f.place(part)
	picture := &image.Gray{Pix: values, Stride: w, Rect: image.Rect(0, 0, w, len(values)/w)}
	made := image.NewRGBA(image.Rect(0, 0, f.Width, f.Height)) // gray has no fast way; what nothing is drawn on is black
	draw.BiLinear.Scale(made, to, picture, from, draw.Src, nil)
	out := make([]byte, f.Width*f.Height)
	for i := range out {
		out[i] = made.Pix[4*i]
	}
	return out
}

// sample is a part of a picture on a ground as a sample (Channels, Height, Width).
func (f Form) sample(p plane, part image.Rectangle, ground [3]uint8) []byte {
	var out []byte
	if f.Channels != Alpha {
		for c := range p.colours {
			out = append(out, f.scale(p.on(c, ground[c], f.Invert), p.w, part)...)
		}
		return out
	}
	opaque := p.alpha
	if opaque == nil {
		opaque = make([]uint8, p.w*p.h)
		for i := range opaque {
			opaque[i] = 255
		}
	}
	alpha := f.scale(opaque, p.w, part)
	for c := range p.colours {
		values := f.scale(p.colours[c], p.w, part) // multiplied by alpha, so that what is not seen has no weight
		for i, a := range alpha {
			if a == 0 {
				values[i] = 0
				continue
			}
			values[i] = uint8(min(255, (int(values[i])*255+int(a)/2)/int(a)))
			if f.Invert {
				values[i] = 255 - values[i]
			}
		}
		out = append(out, values...)
	}
	return append(out, alpha...)
}
