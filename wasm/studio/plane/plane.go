// Package plane is the room that shows the whole game of a run on points of the plane: real points and fakes, what D says of
// every place, where its gradient sends the fakes, the sheet of noise that the generator bends, D's hidden units, both losses.
package plane

import (
	"encoding/binary"
	"errors"
	"math"

	"ganvas/core/wire"
)

// game is the run's game at one moment. All its points and gradients are x, y pairs.
type game struct {
	wire.Plane
	values []float32 // the floats of a wire.Plane's bytes, as they lie there
	maps   []byte    // of the units
}

// Bounds on what is drawn.
const (
	mostPoints = 4096
	mostLines  = 128
	mostField  = 256
	mostUnits  = 64
)

// read is a game of its bytes; an error where they do not agree.
func read(w wire.Plane, bytes []byte) (*game, error) {
	if w.Fakes < 0 || w.Reals < 0 || w.Fakes > mostPoints || w.Reals > mostPoints || w.Sheet < 2 || w.Sheet > mostLines || w.Field < 2 || w.Field > mostField ||
		len(w.Units) != len(w.Widths) || len(w.Units) > mostUnits {
		return nil, errors.New("the plane's numbers are impossible")
	}
	units := 0
	for _, n := range w.Units {
		if n < 1 || n > mostUnits {
			return nil, errors.New("the plane's units are impossible")
		}
		units += n
	}
	g := &game{Plane: w, values: make([]float32, 4*w.Fakes+2*w.Reals+2*w.Sheet*w.Sheet+w.Field*w.Field)}
	if len(bytes) != 4*len(g.values)+units*w.Field*w.Field {
		return nil, errors.New("the plane's bytes are not those of its points")
	}
	for i := range g.values {
		v := math.Float32frombits(binary.LittleEndian.Uint32(bytes[4*i:]))
		if v != v || v > 1e30 || v < -1e30 { // a run that diverges
			v = 0
		}
		g.values[i] = v
	}
	g.maps = bytes[4*len(g.values):]
	return g, nil
}

func (g *game) fakes() []float32  { return g.values[:2*g.Fakes] }
func (g *game) slopes() []float32 { return g.values[2*g.Fakes:][:2*g.Fakes] }
func (g *game) reals() []float32  { return g.values[4*g.Fakes:][:2*g.Reals] }
func (g *game) sheet() []float32  { return g.values[4*g.Fakes+2*g.Reals:][:2*g.Sheet*g.Sheet] }
func (g *game) field() []float32  { return g.values[len(g.values)-g.Field*g.Field:] }

// of is the map of a unit of a hidden layer, nil where there is none.
func (g *game) of(u unit) []byte {
	if u.layer < 0 || u.layer >= len(g.Units) || u.index < 0 || u.index >= g.Units[u.layer] {
		return nil
	}
	at := u.index
	for _, n := range g.Units[:u.layer] {
		at += n
	}
	return g.maps[at*g.Field*g.Field:][:g.Field*g.Field]
}

// unit is one of D's hidden units.
type unit struct{ layer, index int }

var none = unit{-1, -1}

// alike reports whether one game can move into another: the same numbers of everything.
func alike(a, b *game) bool {
	return a != nil && b != nil && a.Fakes == b.Fakes && a.Reals == b.Reals && a.Sheet == b.Sheet && a.Field == b.Field
}

// between writes what lies at a share t of the way from a to b, value by value, into dst.
func between(dst, a, b []float32, t float32) {
	for i := range dst {
		dst[i] = a[i] + t*(b[i]-a[i])
	}
}

// verdict is D's logit less the undecided one at a place of the square, from the nearest place that it was asked about.
func (g *game) verdict(x, y float64) float64 {
	at := func(v float64) int { return max(0, min(g.Field-1, int((v+1)/2*float64(g.Field)))) }
	return float64(g.field()[at(y)*g.Field+at(x)])
}
