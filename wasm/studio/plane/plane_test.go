package plane

import (
	"encoding/binary"
	"math"
	"testing"

	"ganvas/core/wire"
	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/palette"
)

// example is a game with a point of each kind, a sheet of four, a field that rises from left to right, and a layer of one unit.
func example() (wire.Plane, []byte) {
	w := wire.Plane{Fakes: 1, Reals: 1, Sheet: 2, Field: 2, Units: []int{1}, Widths: []int{9}}
	var b []byte
	for _, v := range []float32{0.5, 0.25, 3, 4, -0.5, 0, 0, 0, 1, 0, 0, 1, 1, 1, -2, 6, -2, 6} {
		b = binary.LittleEndian.AppendUint32(b, math.Float32bits(v))
	}
	return w, append(b, 1, 2, 3, 4)
}

func TestAGameIsItsBytes(t *testing.T) {
	w, b := example()
	g, err := read(w, b)
	if err != nil {
		t.Fatal(err)
	}
	if g.fakes()[1] != 0.25 || g.slopes()[1] != 4 || g.reals()[0] != -0.5 || g.sheet()[6] != 1 || g.field()[1] != 6 || g.of(unit{0, 0})[3] != 4 || g.of(none) != nil || g.of(unit{0, 1}) != nil {
		t.Errorf("the game is %+v", g)
	}
	if g.verdict(0.9, -0.9) != 6 || g.verdict(-7, 7) != -2 {
		t.Error("verdicts at places are not the field's")
	}
	for name, change := range map[string]func(*wire.Plane){
		"more fakes": func(w *wire.Plane) { w.Fakes++ }, "no field": func(w *wire.Plane) { w.Field = 0 }, "too many": func(w *wire.Plane) { w.Reals = 1 << 40 },
		"a unit without a width": func(w *wire.Plane) { w.Widths = nil }, "no units": func(w *wire.Plane) { w.Units = []int{-1} },
	} {
		bad := w
		change(&bad)
		if _, err := read(bad, b); err == nil {
			t.Errorf("%s: taken", name)
		}
	}
}

// However sharp D is, the field tells places apart, keeps their order and its sign; a young D is pale.
func TestShadesStayReadable(t *testing.T) {
	sharp := shades(nil, []float32{-900, -90, -9, 0, 9, 90, 900}, false)
	for i := 1; i < len(sharp); i++ {
		if sharp[i]-sharp[i-1] < 0.2 {
			t.Errorf("sharp logits become %v", sharp)
		}
	}
	if sharp[3] != 0 || sharp[6] != 1 {
		t.Errorf("sharp logits become %v", sharp)
	}
	if young := shades(nil, []float32{-0.02, 0.02}, false); young[1] > 0.05 {
		t.Errorf("a D that knows nothing is shown as %v", young)
	}
	if scores := shades(nil, []float32{-0.02, 0.01}, true); scores[0] != -1 {
		t.Errorf("scores have no unit, and become %v", scores)
	}
	for _, theme := range []string{"light", "dark"} {
		p := palette.Of(theme)
		colours := ramp(p)
		for _, end := range []byte{0, 255} {
			if c := palette.Contrast(p.Ink, colours[end]); c < 3 {
				t.Errorf("%s: lines on a field of %v have a contrast of %.1f", theme, colours[end], c)
			}
		}
	}
}

func TestContour(t *testing.T) {
	// Where a field is x + y, less 0.5 it is zero on a straight line.
	const n = 5
	var field []float32
	for i := range n * n {
		field = append(field, float32(i%n+i/n)/n)
	}
	pieces := contour(field, n, 0.5)
	if len(pieces) == 0 {
		t.Fatal("no line")
	}
	for _, p := range pieces {
		for _, end := range p {
			if sum := end.X + end.Y - 1.0/n; math.Abs(sum-0.5) > 1e-6 {
				t.Errorf("the line passes %v", end)
			}
		}
	}
	if len(contour(field, n, 9)) > 0 {
		t.Error("there is a line where no value is")
	}
}

func TestArrows(t *testing.T) {
	same := func(x, y float32) mesh.Point { return mesh.Point{X: float64(x), Y: float64(y)} }
	all := arrows(same, []float32{0, 0, 5, 5, 7, 7}, []float32{0, 4, 1, 0, 0, 0}, 100, 1)
	if len(all) != 2 || all[0][1].Y != -100*longest || all[1][1].X != 5+100*longest/2 {
		t.Errorf("arrows are %v", all)
	}
	if len(arrows(same, []float32{0, 0}, []float32{0, 0}, 100, 1)) > 0 {
		t.Error("where gradients have died there are arrows")
	}
}

// Parts never overlap or leave the window, at every width.
func TestLayout(t *testing.T) {
	w := &wire.Plane{Units: []int{8, 8, 8, 8}}
	for _, width := range []float64{340, 639, 640, 900, 1370, 2400} {
		for _, high := range []float64{0, 340, 520, 900} {
			p := layout(width, 1, high, w)
			if p.chart.Right() > width+1 || p.square.Right() > width || p.plot().W < 60 || p.plot().H < 40 {
				t.Errorf("%v × %v: %+v", width, high, p)
			}
			bottom := 0.0
			for _, row := range p.maps {
				if row[0].Y < bottom+head || row[7].Right() > width+1 {
					t.Errorf("%v × %v: a row at %v", width, high, row[0])
				}
				bottom = row[0].Bottom()
			}
			if p.chart.Y < bottom || width >= beside && p.maps[0][0].X < p.square.Right() || width < beside && p.maps[0][0].Y < p.square.Bottom() {
				t.Errorf("%v × %v: parts overlap: %+v", width, high, p)
			}
			if p.unitAt(p.maps[2][5].X+1, p.maps[2][5].Y+1) != (unit{2, 5}) || p.unitAt(-5, 0) != none {
				t.Error("units are not found")
			}
		}
	}
	p := layout(900, 2, 500, nil)
	at := p.at(0.5, -0.25)
	if x, y := p.point(at.X, at.Y); math.Abs(x-0.5) > 1e-6 || math.Abs(y+0.25) > 1e-6 {
		t.Errorf("there and back comes to %v, %v", x, y)
	}
}

func TestInk(t *testing.T) {
	var k ink
	k.move(-0.5, 0, true)
	k.move(0.5, 0, true)
	if n := len(k.points) / 2; n != 41 {
		t.Errorf("a stroke of length 1 has %d points", n)
	}
	k.move(3, 0, false)
	k.move(0, -3, true)
	if n := len(k.points); n != 84 || k.points[n-1] != -1 {
		t.Errorf("after a lifted pen there are %d values, the last %v", n, k.points[n-1])
	}
}
