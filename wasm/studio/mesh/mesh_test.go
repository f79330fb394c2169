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
		"round":     {func(m *Mesh) { m.Round(2, 3, 40, 30, 10, black) }, 1200 - (4-math.Pi)*100},
		"head":      {func(m *Mesh) { m.Head(Point{0, 0}, Point{30, 40}, 10, black) }, 60},
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
		for _, v := range m.Vertices {
			near := math.Inf(1)
			for _, p := range path {
				near = min(near, math.Hypot(float64(v.X)-p.X, float64(v.Y)-p.Y))
			}
			if !(near <= 2*2.5+1e-6) {
				t.Fatalf("a corner is %v pixels away from %v", near, path)
			}
		}
	}
}

// A noisy curve's steep segments are as wide as any others, however sharp its tips.
func TestSteepSegmentsKeepTheirWidth(t *testing.T) {
	for _, across := range []float64{0.5, 2, 7} {
		var path []Point
		length := 0.0
		for i := range 40 {
			path = append(path, Point{float64(i) * across, float64(i % 2 * 100)})
			if i > 0 {
				length += math.Hypot(across, 100)
			}
		}
		var m Mesh
		m.Line(path, 1.6, black)
		if got := area(&m); math.Abs(got-1.6*length) > 0.03*1.6*length {
			t.Errorf("tips %v apart: the line covers %.0f pixels, want %.0f", across, got, 1.6*length)
		}
		if got := covers(&m, across/2, 50); got < 0.99 { // half-way up the first
			t.Errorf("tips %v apart: the opacity between them is %.2f", across, got)
		}
	}
}

// covers is the mesh's opacity at a point, that of the most opaque triangle there.
func covers(m *Mesh, x, y float64) (most float64) {
	for i := 0; i < len(m.Indices); i += 3 {
		var v [3]Vertex
		for k := range v {
			v[k] = m.Vertices[m.Indices[i+k]]
		}
		part := func(a, b Vertex) float64 {
			return (float64(b.X)-float64(a.X))*(y-float64(a.Y)) - (float64(b.Y)-float64(a.Y))*(x-float64(a.X))
		}
		c, a, b := part(v[0], v[1]), part(v[1], v[2]), part(v[2], v[0])
		if sum := a + b + c; sum != 0 && a/sum >= 0 && b/sum >= 0 && c/sum >= 0 {
			most = max(most, (a*float64(v[0].A)+b*float64(v[1].A)+c*float64(v[2].A))/sum)
		}
	}
	return most
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
