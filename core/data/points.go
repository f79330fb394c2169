package data

import (
	"math"

	"ganvas/core/rng"
)

// Modes is where a set of points of the plane has its probability: normal clumps of one size around some centres.
type Modes struct {
	Centres [][2]float64 // within [−1, 1]²
	Spread  float64      // standard deviation of a clump in each direction
	Near    float64      // a point this near to a centre or nearer belongs to it
}

const (
	pointCount = 50_000
	spread     = 0.02
	parts      = 60 // of the spiral, which are told apart as its modes
	moonParts  = 20 // of each moon
)

// points are a set of points of the plane, always the same ones, and others for the half to test on.
func points(known *Known, split Split) *Set {
	m := known.modes()
	random := rng.New(1, string(split)+" points of the "+known.Name)
	values, noise := make([]float32, 2*pointCount), make([]float32, 2)
	for i := range pointCount {
		c := m.Centres[random.IntN(len(m.Centres))]
		random.Normal(noise)
		values[2*i], values[2*i+1] = float32(c[0]+m.Spread*float64(noise[0])), float32(c[1]+m.Spread*float64(noise[1]))
	}
	s := FromValues(known.Name, known.Sample, values)
	s.modes = &m
	return s
}

// Modes is where a set of points has its probability, nil for any other set.
func (s *Set) Modes() *Modes { return s.modes }

// clumps are modes of one size.
func clumps(spread float64) Modes { return Modes{Spread: spread, Near: 3 * spread} }

// ringOf8 is eight clumps on a circle.
func ringOf8() Modes { return ringOf(clumps(spread)) }

// sharpRing is the ring with clumps of a hundredth of its radius. (PacGAN, Lin et al. 2018: radius 1, deviation 0.01.)
func sharpRing() Modes { return ringOf(clumps(0.007)) }

func ringOf(m Modes) Modes {
	for k := range 8 {
		sin, cos := math.Sincos(2 * math.Pi * float64(k) / 8)
		m.Centres = append(m.Centres, [2]float64{0.7 * cos, 0.7 * sin})
	}
	return m
}

// gridOf25 is five rows of five clumps.
func gridOf25() Modes { return gridOf(clumps(spread)) }

// sharpGrid is the grid with clumps of a fortieth of the space between them. (PacGAN: spacing 2, deviation 0.05.)
func sharpGrid() Modes { return gridOf(clumps(0.00875)) }

func gridOf(m Modes) Modes {
	for k := range 25 {
		m.Centres = append(m.Centres, [2]float64{0.35 * float64(k%5-2), 0.35 * float64(k/5-2)})
	}
	return m
}

// spiralOf60 is a band that winds outwards twice, as clumps so near to each other that no gaps are seen: equal steps along
// the curve with radius r = 0.15 + 0.7·t after the share t of both turns.
func spiralOf60() Modes {
	const fine = 6000
	at := func(t float64) (x, y float64) {
		sin, cos := math.Sincos(4 * math.Pi * t)
		r := 0.15 + 0.7*t
		return r * cos, r * sin
	}
	length := make([]float64, fine+1) // along the curve up to each of its fine pieces
	x, y := at(0)
	for i := 1; i <= fine; i++ {
		u, v := at(float64(i) / fine)
		length[i] = length[i-1] + math.Hypot(u-x, v-y)
		x, y = u, v
	}
	step := length[fine] / (parts - 1)
	m := Modes{Spread: spread, Near: 3*spread + step/2}
	for i, k := 0, 0; i <= fine; i++ {
		if length[i] >= float64(k)*step-1e-9 {
			x, y := at(float64(i) / fine)
			m.Centres, k = append(m.Centres, [2]float64{x, y}), k+1
		}
	}
	return m
}

// moonsOf40 is two half circles of radius 0.5, open towards each other and each reaching to the other's middle, as clumps so near
// to each other that no gaps are seen.
func moonsOf40() Modes {
	const r, aside, apart = 0.5, 0.25, 0.12
	m := Modes{Spread: spread, Near: 3*spread + math.Pi*r/(moonParts-1)/2}
	for side := 1.0; side >= -1; side -= 2 {
		for k := range moonParts {
			sin, cos := math.Sincos(math.Pi * float64(k) / (moonParts - 1))
			m.Centres = append(m.Centres, [2]float64{r*cos - side*aside, side * (r*sin - apart)})
		}
	}
	return m
}
