package data

import (
	"math"

	"ganvas/core/rng"
	"ganvas/core/sample"
)

const (
	flowerCount = 3000
	flowerSide  = 32 // of the square that they are drawn in; pictures may have more pixels
)

// flowerKinds are the classes of flowers, and how the head of each is drawn around a place.
var flowerKinds = []struct {
	name string
	draw func(c *canvas, random chance, x, y float64)
}{
	{"daisy", daisy}, {"tulip", tulip}, {"poppy", poppy}, {"sunflower", sunflower}, {"bluebell", bluebell},
}

func flowerNames() []string {
	var names []string
	for _, k := range flowerKinds {
		names = append(names, k.name)
	}
	return names
}

var (
	skies  = []colour{{176, 214, 244}, {250, 224, 190}, {198, 236, 214}, {230, 208, 240}, {34, 42, 84}}
	soils  = []colour{{120, 168, 84}, {92, 140, 72}, {146, 112, 80}, {70, 104, 60}}
	greens = []colour{{46, 120, 52}, {64, 142, 58}, {36, 96, 62}}
	whites = []colour{{255, 255, 250}, {252, 232, 244}, {236, 242, 255}}
	bright = []colour{{214, 40, 60}, {244, 150, 40}, {232, 96, 150}, {126, 58, 150}, {248, 214, 70}}
	reds   = []colour{{224, 52, 36}, {240, 104, 48}, {236, 120, 140}}
	golds  = []colour{{250, 190, 30}, {252, 206, 70}, {240, 160, 30}}
	blues  = []colour{{86, 104, 206}, {120, 90, 210}, {70, 140, 220}}
	yellow = colour{244, 190, 44}
	seeds  = colour{66, 40, 28}
)

// flowers are pictures of flowers in colour, each kind as often as the others: always the same ones, and others for the
// half to test on. They are drawn here, so that there is something in colour to learn without any file.
func flowers(known *Known, split Split) *Set {
	random := chance{rng.New(1, string(split)+" flowers")}
	s := NewSet(known.Name, known.Samples, known.Sample, known.Classes)
	for i := range known.Samples {
		kind := i % known.Classes
		if err := s.Append(flower(random, kind, known.Sample.Height), []uint8{uint8(kind)}); err != nil {
			panic("data: a flower that does not fit its set")
		}
	}
	return s
}

var (
	flowerShape    = sample.Shape{Channels: 3, Height: flowerSide, Width: flowerSide}
	flowers64Shape = sample.Shape{Channels: 3, Height: 64, Width: 64}
)

// flower is one picture of a kind (channels, side, side): the sky, the ground, a stem with leaves and the head.
func flower(random chance, kind, side int) []byte {
	c := newCanvas(flowerSide, side)
	sky := random.one(skies)
	c.shade(sky, sky.light(1.12))
	c.fill(random.one(soils), below(random.in(25, 29)))
	x, y := random.in(12.5, 19.5), random.in(10.5, 14)
	foot, green := x+random.in(-3, 3), random.one(greens)
	c.fill(green, line(x, y, foot, 31, random.in(1.5, 2.3)))
	for _, side := range []float64{-1, 1} {
		if random.in(0, 1) < 0.75 {
			at := random.in(20, 25)
			along := x + (foot-x)*(at-y)/(31-y)
			c.fill(green.light(1.08), ellipse(along+side*3.2, at-1.2, 3.8, 1.5, -side*random.in(0.4, 0.8)))
		}
	}
	flowerKinds[kind].draw(c, random, x, y)
	return c.sample()
}

// petals are n ellipses around a place.
func petals(c *canvas, with colour, n int, x, y, out, along, across, turn float64) {
	for i := range n {
		angle := turn + 2*math.Pi*float64(i)/float64(n)
		sin, cos := math.Sincos(angle)
		c.fill(with.light(1-0.06*float64(i%2)), ellipse(x+out*cos, y+out*sin, along, across, angle))
	}
}

func daisy(c *canvas, random chance, x, y float64) {
	n, size := 7+random.IntN(4), random.in(0.85, 1.1)
	petals(c, random.one(whites), n, x, y, 4.6*size, 3.4*size, 1.5*size, random.in(0, 1))
	c.fill(yellow, disc(x, y, 2.5*size))
}

func tulip(c *canvas, random chance, x, y float64) {
	with, size := random.one(bright), random.in(0.85, 1.1)
	for _, side := range []float64{-1, 1} {
		c.fill(with.light(0.86), ellipse(x+side*2.6*size, y-0.6, 5.6*size, 2.6*size, math.Pi/2+side*0.28))
	}
	c.fill(with, ellipse(x, y+0.4, 5.4*size, 2.9*size, math.Pi/2))
}

func poppy(c *canvas, random chance, x, y float64) {
	size := random.in(0.85, 1.1)
	petals(c, random.one(reds), 4+random.IntN(2), x, y, 3.6*size, 3.8*size, 3.6*size, random.in(0, 1.5))
	c.fill(seeds, disc(x, y, 2*size))
}

func sunflower(c *canvas, random chance, x, y float64) {
	with, size, turn := random.one(golds), random.in(0.9, 1.1), random.in(0, 1)
	petals(c, with.light(0.84), 12, x, y, 6*size, 3*size, 1.3*size, turn)
	petals(c, with, 12, x, y, 5.4*size, 3*size, 1.2*size, turn+math.Pi/12)
	c.fill(seeds, disc(x, y, 4*size))
	c.fill(seeds.light(1.8), without(disc(x, y, 2.6*size), disc(x, y, 1.6*size)))
}

func bluebell(c *canvas, random chance, x, y float64) {
	with := random.one(blues)
	for i := range 3 + random.IntN(2) {
		side := float64(1 - 2*(i%2))
		at, down := x+side*random.in(2.6, 4), y-5+3.6*float64(i)
		c.fill(with.light(1-0.07*float64(i%2)), ellipse(at, down, 3*1.05, 2.1, math.Pi/2+side*0.3))
		c.fill(with.light(1.25), ellipse(at+side*0.5, down+2.4, 1.9, 0.9, side*0.3))
	}
}

// light is a colour, brighter or darker by a factor.
func (c colour) light(by float64) colour { return colour{c[0] * by, c[1] * by, c[2] * by} }

// chance is a random stream that pictures are drawn by.
type chance struct{ *rng.Stream }

// in is a number in [a, b).
func (r chance) in(a, b float64) float64 { return a + (b-a)*float64(r.Float32()) }

// one of some colours, a little brighter or darker.
func (r chance) one(of []colour) colour { return of[r.IntN(len(of))].light(r.in(0.94, 1.06)) }
