package pictures

import (
	"fmt"
	"image"
	"strconv"
)

// Ground is what lies behind transparent pictures: a colour, or the one of black and white that their ink differs from.
type Ground struct {
	Auto   bool
	Colour [3]uint8 // red, green, blue
}

var white = [3]uint8{255, 255, 255}

// ParseGround reads white, black, #rrggbb or auto.
func ParseGround(s string) (Ground, error) {
	switch s {
	case "auto":
		return Ground{Auto: true}, nil
	case "black":
		return Ground{}, nil
	case "white":
		return Ground{Colour: white}, nil
	}
	if len(s) == 7 && s[0] == '#' {
		if v, err := strconv.ParseUint(s[1:], 16, 32); err == nil {
			return Ground{Colour: [3]uint8{uint8(v >> 16), uint8(v >> 8), uint8(v)}}, nil
		}
	}
	return Ground{}, fmt.Errorf("data-background is %q: it must be auto, white, black or a colour such as #f0f0f0", s)
}

// String names the colour.
func (g Ground) String() string {
	switch g.Colour {
	case [3]uint8{}:
		return "black"
	case white:
		return "white"
	}
	return fmt.Sprintf("#%02x%02x%02x", g.Colour[0], g.Colour[1], g.Colour[2])
}

// brightness of a colour of 16 bits a channel, as package color has it.
func brightness(r, g, b uint32) uint8 { return uint8((19595*r + 38470*g + 7471*b + 1<<15) >> 24) }

// bench makes samples. Which ground is right can be told once all ink was seen, so until then transparent pictures have a
// sample on black and one on white.
type bench struct {
	Reader
	rep     *Report
	n       int
	pixels  []byte         // (n, Channels, Height, Width)
	onWhite map[int][]byte // by sample
	ink     ink
}

func (r Reader) bench(rep *Report) *bench {
	rep.Kept = r.Channels != Gray
	return &bench{Reader: r, rep: rep, onWhite: map[int][]byte{}}
}

// add makes a sample of a part of a picture.
func (b *bench) add(p plane, part image.Rectangle) {
	b.rep.scaled = b.rep.scaled || part.Dx() != b.Width || part.Dy() != b.Height
	first := b.Ground.Colour
	if p.alpha != nil && b.Ground.Auto && b.Channels != Alpha {
		first = [3]uint8{}
		b.ink.see(p, part)
		b.onWhite[b.n] = b.sample(p, part, white)
	}
	if b.Channels == Gray {
		shade := brightness(uint32(first[0])*0x101, uint32(first[1])*0x101, uint32(first[2])*0x101)
		first = [3]uint8{shade, shade, shade}
	}
	b.pixels = append(b.pixels, b.sample(p, part, first)...)
	b.n++
}

// settle chooses the ground and gives all samples.
func (b *bench) settle() []byte {
	if b.rep.Clear == 0 || b.Channels == Alpha {
		return b.pixels
	}
	b.rep.Ground = b.Ground.String()
	if !b.Ground.Auto {
		return b.pixels
	}
	if b.ink.bright() {
		b.rep.Ground = "black, since what they show is bright"
		return b.pixels
	}
	b.rep.Ground = "white, since what they show is dark"
	for i, s := range b.onWhite {
		copy(b.pixels[i*len(s):], s)
	}
	return b.pixels
}

// ink is what transparent pictures show: the brightness of each pixel counts by how opaque it is.
type ink struct{ light, all float64 }

func (k *ink) see(p plane, part image.Rectangle) {
	for y := part.Min.Y; y < part.Max.Y; y++ {
		for x := part.Min.X; x < part.Max.X; x++ {
			k.light += float64(p.shade(y*p.w + x)) // multiplied by alpha already
			k.all += float64(p.alpha[y*p.w+x])
		}
	}
}

func (k *ink) bright() bool { return 2*k.light > k.all }
