package mesh

import (
	"image/color"
	"math"
	"math/rand/v2"
	"testing"
)

// area is the mesh's area weighted by opacity.
func area(m *Mesh) (sum float64) {
	for i := 0; i < len(m.Indices); i += 3 {
		a, b, c := m.Vertices[m.Indices[i]], m.Vertices[m.Indices[i+1]], m.Vertices[m.Indices[i+2]]
		cross := float64((b.X-a.X)*(c.Y-a.Y) - (b.Y-a.Y)*(c.X-a.X))
		sum += math.Abs(cross) / 2 * float64(a.A+b.A+c.A) / 3
	}
	return sum
}

var black = color.RGBA{A: 255}

// Soft edges cover as much as hard ones would.
func TestAreas(t *testing.T) {
	for name, c := range map[string]struct {
		draw func(*Mesh)
		want float64
	}{
		"rectangle": {func(m *Mesh) { m.Rect(2, 3, 10, 5, black) }, 50},
		"circle":    {func(m *Mesh) { m.Circle(0, 0, 20, black) }, math.Pi * 400},
		"diamond":   {func(m *Mesh) { m.Diamond(5, 5, 10, black) }, 200},
		"line":      {func(m *Mesh) { m.Line([]Point{{0, 0}, {30, 40}}, 3, black) }, 150},
		"band":      {func(m *Mesh) { m.Band([]Point{{0, 0}, {10, 0}}, []Point{{0, 4}, {10, 8}}, black) }, 60},
		"nothing":   {func(m *Mesh) { m.Line([]Point{{1, 1}}, 3, black); m.Rect(0, 0, 0, 9, black) }, 0},
	} {
		var m Mesh
		c.draw(&m)
		if got := area(&m); math.Abs(got-c.want) > 0.02*c.want {
			t.Errorf("%s covers %.1f pixels, want %.1f", name, got, c.want)
		}
	}
}

// Whatever the path, even one that turns back or stands still, a line's corners stay near it.
func TestLineStaysNear(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	for range 500 {
		path := make([]Point, 2+r.IntN(20))
		for i := range path {
			path[i] = Point{float64(r.IntN(5)), float64(r.IntN(5))}
		}
		var m Mesh
		m.Line(path, 4, black)
		for i, v := range m.Vertices {
			p := path[i/4]
			if d := math.Hypot(float64(v.X)-p.X, float64(v.Y)-p.Y); !(d <= 2*2.5+1e-6) {
				t.Fatalf("a corner is %v pixels away from %v in %v", d, p, path)
			}
		}
	}
}

func TestDashesCoverTheirShare(t *testing.T) {
	path := []Point{{0, 0}, {50, 0}, {50, 50}}
	total := 0.0
	for _, d := range Dash(path, 6, 4) {
		for i := 1; i < len(d); i++ {
			total += math.Hypot(d[i].X-d[i-1].X, d[i].Y-d[i-1].Y)
		}
	}
	if math.Abs(total-60) > 1e-9 {
		t.Errorf("dashes are %v long together, want 60 of 100", total)
	}
}
