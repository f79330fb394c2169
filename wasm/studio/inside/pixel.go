package inside

import "ganvas/core/wire"

// pixelOf is the activation at a spot of its pictures: of a vector, which is shown in rows, a unit.
func pixelOf(look *wire.Inspection, s spot) wire.Sum {
	t := look.Activations
	if !vector(look) {
		return wire.Sum{Unit: t.From + s.unit, Y: s.y, X: s.x}
	}
	return wire.Sum{Unit: s.y*t.W + s.x}
}

// spotOf is where the activation is shown that the inspection takes apart, if any is and that is on this page.
func spotOf(look *wire.Inspection) (s spot, ok bool) {
	if look.Sum == nil || look.Activations == nil {
		return s, false
	}
	t := look.Activations
	if s = (spot{unit: look.Sum.Unit - t.From, y: look.Sum.Y, x: look.Sum.X}); vector(look) {
		s = spot{y: look.Sum.Unit / t.W, x: look.Sum.Unit % t.W}
	}
	return s, s.unit >= 0 && s.unit < t.Units && s.y < t.H && s.x < t.W
}

// vector reports whether the layer's activations are one.
func vector(look *wire.Inspection) bool {
	layers := look.Discriminator
	if look.Network == "generator" {
		layers = look.Generator
	}
	for _, l := range layers {
		if l.Name == look.Layer {
			return l.Out[1] == 1 && l.Out[2] == 1
		}
	}
	return false
}
