package latent

import (
	"math"
	"slices"
	"testing"

	"ganvas/wasm/studio/mesh"
	"ganvas/wasm/studio/scene"
)

// seen is a view of a field, with the whole triangle in it.
func seen(aspect float64) View {
	var v View
	v.Place(scene.Rect{X: 10, Y: 30, W: 800, H: 460}, 56, aspect)
	return v
}

func near(a, b float64) bool { return math.Abs(a-b) < 1e-6 }

func TestScreenAndPlaneAgree(t *testing.T) {
	for _, aspect := range []float64{1, 4} {
		v := seen(aspect)
		for range 3 {
			x, y := v.Screen(0.25, -1.5)
			if u, w := v.Plane(x, y); !near(u, 0.25) || !near(w, -1.5) {
				t.Errorf("(0.25, −1.5) is drawn at a point that is (%g, %g)", u, w)
			}
			v.Zoom(100, 100, 1.3)
		}
	}
	v := seen(1)
	ax, ay := v.Screen(0, 0)
	bx, by := v.Screen(1, 0)
	cx, cy := v.Screen(0, 1)
	if !(bx > ax) || !(cy < ay) || !near(ay, by) || !near(ax, cx) {
		t.Error("b is not right of a, or c not above it")
	}
	for _, p := range [][2]float64{{ax, ay}, {bx, by}, {cx, cy}} {
		if !v.Field.Contains(p[0], p[1]) {
			t.Errorf("an anchor is at %v, outside the field", p)
		}
	}
}

// What is dragged stays under the pointer, and so does what is zoomed at; neither leaves for good.
func TestPanAndZoom(t *testing.T) {
	v := seen(4)
	u, w := v.Plane(300, 200)
	v.Pan(35, -20)
	if gotU, gotW := v.Plane(335, 180); !near(gotU, u) || !near(gotW, w) {
		t.Errorf("what was dragged from (%g, %g) is (%g, %g)", u, w, gotU, gotW)
	}
	u, w = v.Plane(500, 100)
	v.Zoom(500, 100, 2.5)
	if gotU, gotW := v.Plane(500, 100); !near(gotU, u) || !near(gotW, w) {
		t.Errorf("what was zoomed at, (%g, %g), is (%g, %g)", u, w, gotU, gotW)
	}
	for range 200 {
		v.Pan(500, 500)
		v.Zoom(0, 0, 3)
	}
	if v.U < -farthest || v.V > farthest || v.Level() > finest {
		t.Errorf("one can go to (%g, %g), level %d", v.U, v.V, v.Level())
	}
	for range 400 {
		v.Zoom(0, 0, 0.5)
	}
	if v.Level() < coarsest {
		t.Errorf("one can go to level %d", v.Level())
	}
}

// Pictures are at least as high as they have to be, and less than twice that.
func TestLevels(t *testing.T) {
	v := seen(1)
	for scale := 60.0; scale < 4000; scale *= 1.1 {
		v.Scale = scale
		if _, h := v.Cell(v.Level()); h < v.Least-1e-9 || h >= 2*v.Least {
			t.Errorf("at %g pixels from anchor to anchor pictures are %g high", scale, h)
		}
	}
}

// A window of another width keeps what is in the middle; another aspect begins anew.
func TestPlacingAgain(t *testing.T) {
	v := seen(1)
	v.Pan(100, 50)
	v.Zoom(50, 50, 2)
	u, w, scale := v.U, v.V, v.Scale
	v.Place(scene.Rect{X: 0, Y: 0, W: 600, H: 600}, 112, 1)
	if v.U != u || v.V != w || !near(v.Scale, 2*scale) {
		t.Errorf("the middle has moved from (%g, %g) to (%g, %g), the scale is %g, was %g", u, w, v.U, v.V, v.Scale, scale)
	}
	v.Place(scene.Rect{X: 0, Y: 0, W: 600, H: 600}, 112, 3)
	if v.U != 0.5 || v.V != 0.5 {
		t.Errorf("with wider pictures the middle is (%g, %g)", v.U, v.V)
	}
}

// A place has one name on all levels.
func TestTilesHaveOneName(t *testing.T) {
	if Tile(4, -8, 3) != Tile(2, -4, 2) || Tile(2, -4, 2) != Tile(1, -2, 1) || Tile(0, 0, 5) != Tile(0, 0, -2) {
		t.Error("a place has two names")
	}
	names := map[Key]bool{}
	for i := range 8 {
		for j := range 8 {
			k := Tile(i, j, 3)
			names[k] = true
			if u, v := k.UV(); u != float64(i)/8 || v != float64(j)/8 {
				t.Errorf("(%d, %d)/8 is at (%g, %g)", i, j, u, v)
			}
		}
	}
	if len(names) != 64 {
		t.Errorf("64 places have %d names", len(names))
	}
}

// The cells of each level cover the field, once, from the middle outwards; coarser levels' are among the finer ones'.
func TestCellsCoverTheField(t *testing.T) {
	for _, aspect := range []float64{1, 4} {
		v := seen(aspect)
		v.Pan(37, -81)
		layers := v.Layers()
		for n, layer := range layers {
			far, names := -1.0, map[Key]bool{}
			for _, c := range layer {
				names[c.Key] = true
				d := math.Hypot((c.X-v.Field.X-v.Field.W/2)/aspect, c.Y-v.Field.Y-v.Field.H/2)
				if d < far-1e-6 {
					t.Fatalf("level %d is not in order of distance", n)
				}
				far = d
			}
			if len(names) != len(layer) {
				t.Errorf("level %d has %d cells of %d places", n, len(layer), len(names))
			}
			for _, p := range [][2]float64{{10, 30}, {809, 489}, {400, 200}, {809, 30}} {
				covers := 0
				for _, c := range layer {
					if math.Abs(p[0]-c.X) <= c.W/2 && math.Abs(p[1]-c.Y) <= c.H/2 {
						covers++
					}
				}
				if covers < 1 {
					t.Errorf("no cell of level %d covers %v", n, p)
				}
			}
		}
		last := layers[len(layers)-1]
		for _, c := range layers[0] {
			if v.Field.Contains(c.X, c.Y) && !slices.ContainsFunc(last, func(f Cell) bool { return f.Key == c.Key }) {
				t.Errorf("the coarse cell %v is no fine one", c.Key)
			}
		}
	}
}

// A file of the field has whole lines, from the upper left corner on.
func TestRowsOfAFile(t *testing.T) {
	v := seen(4)
	keys, columns := v.Rows()
	if len(keys) == 0 || columns == 0 || len(keys)%columns != 0 {
		t.Fatalf("%d pictures in lines of %d", len(keys), columns)
	}
	for i, k := range keys[1:] {
		u0, v0 := keys[i].UV()
		u, v := k.UV()
		if (i+1)%columns == 0 {
			if !(v < v0) || !(u < u0) {
				t.Errorf("picture %d begins no line: (%g, %g) after (%g, %g)", i+1, u, v, u0, v0)
			}
		} else if !(u > u0) || v != v0 {
			t.Errorf("picture %d is not beside the last one", i+1)
		}
	}
}

// The lattice's lines cover the field, neither few nor too many for one question, and stay where they are in a pan.
func TestLattice(t *testing.T) {
	p := ArrangePoints(1360, 1)
	var v View
	v.Place(p.Field, 56, 1)
	for range 40 {
		l := v.Lattice()
		keys := l.Keys()
		if n := l.columns(); n < lines || n > 2*lines+3 || len(keys) != n*l.rows() {
			t.Fatalf("%d columns, %d crossings", n, len(keys))
		}
		first, last := keys[0], keys[len(keys)-1]
		x0, y0 := v.Screen(first.UV())
		x1, y1 := v.Screen(last.UV())
		if x0 > v.Field.X || y0 < v.Field.Bottom() || x1 < v.Field.Right() || y1 > v.Field.Y {
			t.Fatalf("the lattice goes from (%g, %g) to (%g, %g) in a field of %v", x0, y0, x1, y1, v.Field)
		}
		v.Pan(1, 1)
		if again := v.Lattice(); again.K != l.K {
			t.Fatal("a pan makes other lines")
		}
		v.Zoom(100, 100, 1.17)
	}
	l := Lattice{0, 2, 0, 1, 0}
	at := []mesh.Point{{X: 1}, {X: 2}, {X: 3}, {X: 4}, {X: 5}, {X: 6}}
	paths := l.Lines(at)
	if len(paths) != 5 || paths[1][0].X != 4 || len(paths[1]) != 3 || paths[4][0].X != 3 || paths[4][1].X != 6 {
		t.Errorf("the lines are %v", paths)
	}
	if q := p.Mapped(1, -1); !p.Points.Contains(q.X, q.Y) || q.X < p.Points.X+0.9*p.Points.W || q.Y < p.Points.Y+0.9*p.Points.H {
		t.Errorf("(1, −1) is drawn at %v in %v", q, p.Points)
	}
	for _, width := range []float64{320, 719, 720, 1360} {
		p := ArrangePoints(width, 1)
		if p.Field.Right() > width || p.Points.Right() > width || p.Points.Bottom() > p.Height || p.Field.W != p.Field.H ||
			p.Field.Right() > p.Points.X && p.Field.Bottom() > p.Points.Y {
			t.Errorf("at %g: %+v", width, p)
		}
	}
}
