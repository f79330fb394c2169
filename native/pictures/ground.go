package pictures

import (
	"fmt"
	"image"
	"strconv"
)

// Ground is what lies behind transparent pictures: a shade, or the one of black and white that their ink differs from.
type Ground struct {
	Auto  bool
	Shade uint8 // 0 black to 255 white
}

// ParseGround reads white, black, #rrggbb or auto; colours become their brightness.
func ParseGround(s string) (Ground, error) {
	switch s {
	case "auto":
		return Ground{Auto: true}, nil
	case "black":
		return Ground{}, nil
	case "white":
		return Ground{Shade: 255}, nil
	}
	if len(s) == 7 && s[0] == '#' {
		if v, err := strconv.ParseUint(s[1:], 16, 32); err == nil {
			return Ground{Shade: brightness(uint32(v>>16)*0x101, uint32(v>>8&255)*0x101, uint32(v&255)*0x101)}, nil
		}
	}
	return Ground{}, fmt.Errorf("data-background is %q: it must be auto, white, black or a colour such as #f0f0f0", s)
}

// brightness of a colour of 16 bits a channel, as package color has it.
func brightness(r, g, b uint32) uint8 { return uint8((19595*r + 38470*g + 7471*b + 1<<15) >> 24) }

// bench makes samples. Which ground is right can be told once all ink was seen, so until then transparent pictures have a
// sample on black and one on white.
type bench struct {
	Reader
	rep     *Report
	n       int
	pixels  []byte         // (n, Side·Side)
	onWhite map[int][]byte // by sample
	ink     ink
}

func (r Reader) bench(rep *Report) *bench {
	return &bench{Reader: r, rep: rep, onWhite: map[int][]byte{}}
}

// add makes a sample of a part of a picture.
func (b *bench) add(p plane, part image.Rectangle) {
	first := b.Ground.Shade
	if p.alpha != nil && b.Ground.Auto {
		first = 0
		b.ink.see(p, part)
		b.onWhite[b.n] = b.sample(p.on(255, b.Invert), p.w, part)
	}
	b.pixels = append(b.pixels, b.sample(p.on(first, b.Invert), p.w, part)...)
	b.n++
}

// settle chooses the ground and gives all samples.
func (b *bench) settle() []byte {
	if b.rep.Clear == 0 {
		return b.pixels
	}
	b.rep.Ground = fmt.Sprintf("shade %d", b.Ground.Shade)
	if shade := b.Ground.Shade; shade == 0 || shade == 255 {
		b.rep.Ground = map[uint8]string{0: "black", 255: "white"}[shade]
	}
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
			k.light += float64(p.shade[y*p.w+x]) // multiplied by alpha already
			k.all += float64(p.alpha[y*p.w+x])
		}
	}
}

func (k *ink) bright() bool { return 2*k.light > k.all }
