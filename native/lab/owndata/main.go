// Owndata makes small pictures to try one's own data with: discs, squares and triangles in colour on white paper, as PNG files
// in a folder for each, and black ones on one sheet of 28×28 pixels each.
//
//	go run ./native/lab/owndata runs/shapes
package main

import (
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
)

const (
	each    = 120 // pictures in a folder
	side    = 40  // of a picture
	tile    = 28  // side of a picture on the sheet
	columns = 20  // of the sheet
	rows    = 15
	fine    = 4 // looks at each pixel, each way
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "owndata: name a folder to put the pictures in, such as runs/shapes")
		os.Exit(2)
	}
	if err := draw(os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "owndata:", err)
		os.Exit(1)
	}
}

// shape is a figure: whether it has the place (x, y), from its middle, 1 being its radius.
type shape struct {
	name string
	has  func(x, y float64) bool
}

var shapes = []shape{
	{"discs", func(x, y float64) bool { return x*x+y*y <= 1 }},
	{"squares", func(x, y float64) bool { return math.Max(math.Abs(x), math.Abs(y)) <= 0.8 }},
	{"triangles", func(x, y float64) bool { return y <= 0.7 && math.Abs(x) <= 0.55*(y+1) }},
}

// draw fills a folder: pictures/ with a folder for each shape, and sheet.png.
func draw(dir string) error {
	random := rand.New(rand.NewPCG(1, 2))
	for _, s := range shapes {
		folder := filepath.Join(dir, "pictures", s.name)
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return err
		}
		for i := range each {
			m := image.NewRGBA(image.Rect(0, 0, side, side))
			paint(m, s, random, color.RGBA{uint8(random.IntN(180)), uint8(random.IntN(180)), uint8(random.IntN(180)), 255})
			if err := write(filepath.Join(folder, fmt.Sprintf("%03d.png", i)), m); err != nil {
				return err
			}
		}
	}
	sheet := image.NewRGBA(image.Rect(0, 0, columns*tile, rows*tile))
	for i := range columns * rows {
		at := image.Pt(i%columns*tile, i/columns*tile)
		part := sheet.SubImage(image.Rectangle{at, at.Add(image.Pt(tile, tile))}).(*image.RGBA)
		paint(part, shapes[i%len(shapes)], random, color.RGBA{A: 255})
	}
	if err := write(filepath.Join(dir, "sheet.png"), sheet); err != nil {
		return err
	}
	fmt.Printf("%s: %d pictures of %d×%d in %d folders, and a sheet of %d\n", dir, each*len(shapes), side, side, len(shapes), columns*rows)
	return nil
}

// paint draws a shape somewhere on white, turned and sized by chance, with smooth edges.
func paint(m *image.RGBA, s shape, random *rand.Rand, ink color.RGBA) {
	b := m.Bounds()
	wide := float64(b.Dx())
	radius := wide * (0.22 + 0.16*random.Float64())
	x0, y0 := wide/2+wide*0.1*(random.Float64()-0.5), wide/2+wide*0.1*(random.Float64()-0.5)
	sin, cos := math.Sincos(0.5 * (random.Float64() - 0.5))
	for y := range b.Dy() {
		for x := range b.Dx() {
			in := 0
			for k := range fine * fine {
				dx := (float64(x) + (float64(k%fine)+0.5)/fine - x0) / radius
				dy := (float64(y) + (float64(k/fine)+0.5)/fine - y0) / radius
				if s.has(cos*dx+sin*dy, cos*dy-sin*dx) {
					in++
				}
			}
			mix := func(v uint8) uint8 { return uint8((int(v)*in + 255*(fine*fine-in)) / (fine * fine)) }
			m.SetRGBA(b.Min.X+x, b.Min.Y+y, color.RGBA{mix(ink.R), mix(ink.G), mix(ink.B), 255})
		}
	}
}

func write(path string, m image.Image) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	if err := png.Encode(f, m); err != nil {
		f.Close()
		return fmt.Errorf("%s: %w", path, err)
	}
	return f.Close()
}
