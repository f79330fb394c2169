package inside

import (
	"image/color"
	"math"
	"slices"
	"testing"

	"ganvas/core/sample"
	"ganvas/core/wire"
	"ganvas/wasm/studio/scene"
)

// forms are layers' pictures as they come: kernels of one and of many channels, images, a matrix, a vector, one value.
var forms = []wire.Tiles{
	{Units: 32, Each: 1, H: 4, W: 4}, {Units: 64, Each: 32, H: 4, W: 4}, {Units: 64, Each: 1, H: 28, W: 28}, {Units: 16, Each: 64, H: 7, W: 7},
	{Units: 128, Each: 1, H: 1, W: 512}, {Units: 16, Each: 1, H: 1, W: 1024}, {Units: 1, Each: 1, H: 16, W: 16}, {Units: 1, Each: 1, H: 1, W: 1},
	{Units: 1, Each: 64, H: 7, W: 7}, {Units: 64, Each: 1, H: 14, W: 14}, {Units: 7, Each: 3, H: 2, W: 5}, {Units: 64, Each: 1, H: 1, W: 2},
}

// Whatever the form and the place: everything is inside, and each value is found where it is painted.
func TestMosaic(t *testing.T) {
	for _, in := range []scene.Rect{{X: 10, Y: 20, W: 640, H: 364}, {X: 0, Y: 28, W: 330, H: 300}, {X: 3, Y: 4, W: 1300, H: 720}} {
		for _, unit := range []float64{1, 2} {
			for _, form := range forms {
				form.Scale, form.At = 0.5, 3
				m := arrange(form, in, unit)
				if m.Right() > in.Right()+1e-6 || m.Bottom() > in.Bottom()+1e-6 {
					t.Fatalf("%+v in %+v ends at %v, %v", form, in, m.Right(), m.Bottom())
				}
				if m.scale < 0.2 {
					t.Errorf("%+v in %+v is drawn at %v", form, in, m.scale)
				}
				n := form.Units * form.Each * form.H * form.W
				b := make([]byte, 3+n)
				var colours [256]color.RGBA
				for i := range colours {
					colours[i] = color.RGBA{uint8(i), uint8(255 - i), 7, 255}
				}
				for i := range n {
					b[3+i] = byte(i*7 + i/256)
				}
				rgba := m.pixels(nil, b, &colours)
				painted := 0
				for i := 3; i < len(rgba); i += 4 {
					painted += int(rgba[i]) / 255
				}
				if painted != n {
					t.Fatalf("%+v: %d of %d values are painted", form, painted, n)
				}
				for k := 0; k < n; k += 1 + n/500 {
					s := spot{unit: k / (form.Each * form.H * form.W), each: k / (form.H * form.W) % form.Each, y: k / form.W % form.H, x: k % form.W}
					x0, y0 := m.corner(s.unit, s.each)
					got, ok := m.at(m.X+(float64(x0+s.x)+0.5)*m.scale, m.Y+(float64(y0+s.y)+0.5)*m.scale)
					if !ok || got != s {
						t.Fatalf("%+v: %+v is taken for %+v, %v", form, s, got, ok)
					}
					if v := m.values(b, s); len(v) != 1 || v[0] != float64(int8(b[3+k]))/127*0.5 {
						t.Fatalf("%+v: %+v has the value %v", form, s, v)
					}
					if at := 4 * ((y0+s.y)*m.texW + x0 + s.x); rgba[at] != b[3+k] {
						t.Fatalf("%+v: %+v is painted as %d", form, s, rgba[at])
					}
				}
				if _, ok := m.at(m.X-1, m.Y); ok {
					t.Error("something is left of the pictures")
				}
			}
		}
	}
}

// At every width and density the parts are inside and apart from each other, wishes included.
func TestLayout(t *testing.T) {
	for _, unit := range []float64{1, 1.5, 2, 3} {
		for css := 280.0; css <= 1900; css += 53 {
			for _, side := range []sample.Shape{sample.MNIST, sample.Plane, {Channels: 3, Height: 32, Width: 20}} {
				width := math.Floor(css * unit)
				p := layout(width, unit, 8, side)
				all := append([]scene.Rect{p.weights, p.activations, p.past[0], p.past[1]}, p.row...)
				if side == sample.Plane {
					all = append(all, p.plane)
				} else if all = append(all, p.big[0], p.big[1]); len(p.row) != 8 {
					t.Fatalf("%v px: %d wishes", css, len(p.row))
				}
				for i, a := range all {
					if a.X < 0 || a.Right() > width+1e-6 || a.Bottom() > p.height || a.W <= 0 || a.H <= 0 {
						t.Fatalf("%v px, unit %v, %v: part %d at %+v is outside of %v × %v", css, unit, side, i, a, width, p.height)
					}
					for k, b := range all[:i] {
						if a.X < b.Right() && b.X < a.Right() && a.Y < b.Bottom() && b.Y < a.Bottom() {
							t.Fatalf("%v px, unit %v, %v: parts %d and %d overlap: %+v, %+v", css, unit, side, i, k, a, b)
						}
					}
				}
			}
		}
	}
}

// A sign stands where ink is strong, and says whether it is more or less.
func TestCues(t *testing.T) {
	ink := make([]byte, 28*28)
	dab := func(x0, y0 int, v int8) {
		for y := range 4 {
			for x := range 4 {
				ink[(y0+y)*28+x0+x] = byte(v)
			}
		}
	}
	dab(4, 8, 100)
	dab(20, 24, -90)
	dab(0, 0, 20) // too weak for a sign
	got := cues(ink, 28, 28, plain)
	if len(got) != 2 || got[0] != (cue{1.5 / 7, 2.5 / 7, true}) || got[1] != (cue{5.5 / 7, 6.5 / 7, false}) {
		t.Errorf("the signs are %+v", got)
	}
	if n := len(cues(make([]byte, 4), 1, 4, plain)); n != 0 {
		t.Errorf("%d signs without ink", n)
	}
	if got := cues([]byte{127, 0x81}, 1, 2, plain); len(got) != 2 || !got[0].more || got[1].more {
		t.Errorf("two values have the signs %+v", got)
	}
}

// Ink colours a picture by its sign; without ink the picture is grey as it is.
func TestInked(t *testing.T) {
	more, less := inkColours()
	pictures, ink := []byte{0, 255, 128, 9}, []byte{127, 0x81, 0, 0}
	rgba := inked(nil, pictures, ink, 1, sample.Gray(2, 2), together)
	at := func(i int) color.RGBA { return color.RGBA{rgba[4*i], rgba[4*i+1], rgba[4*i+2], rgba[4*i+3]} }
	if at(0) != more || at(1) != less || at(2).R != at(2).B || at(2).R <= at(3).R {
		t.Errorf("ink is painted as %v %v %v %v", at(0), at(1), at(2), at(3))
	}
	rgba = inked(rgba, pictures, nil, 1, sample.Gray(2, 2), together)
	for i, v := range pictures {
		if at(i) != (color.RGBA{v, v, v, 255}) {
			t.Errorf("pixel %d of %d is painted as %v", i, v, at(i))
		}
	}
}

// Over colours ink says whether a pixel is wished brighter, all three together, and the picture under it is gray; without ink
// it is in colour.
func TestInkedColours(t *testing.T) {
	more, less := inkColours()
	shape := sample.Shape{Channels: 3, Height: 1, Width: 4}
	pictures := []byte{200, 0, 90, 9, 0, 200, 90, 9, 0, 0, 90, 9}
	ink := []byte{127, 0x81, 50, 0, 20, 0x90, 0xce, 0, 0, 0, 0, 0} // more, less, as much more red as less green, nothing
	rgba := inked(nil, pictures, ink, 1, shape, together)
	at := func(i int) color.RGBA { return color.RGBA{rgba[4*i], rgba[4*i+1], rgba[4*i+2], rgba[4*i+3]} }
	if at(0) != more || at(1) != less || at(2).R != at(2).B || at(3).R != at(3).B || at(2).R <= at(3).R {
		t.Errorf("ink is painted as %v %v %v %v", at(0), at(1), at(2), at(3))
	}
	rgba = inked(rgba, pictures, ink, 1, shape, 1) // green alone
	if at(0) == more || at(1) == less || at(2).R <= at(2).G || at(3).R != at(3).B {
		t.Errorf("of green ink is painted as %v %v %v", at(0), at(1), at(2))
	}
	rgba = inked(rgba, pictures, nil, 1, shape, together)
	if at(0) != (color.RGBA{200, 0, 0, 255}) || at(1) != (color.RGBA{0, 200, 0, 255}) || at(2) != (color.RGBA{90, 90, 90, 255}) {
		t.Errorf("without ink: %v %v %v", at(0), at(1), at(2))
	}
}

// An image's channels are one picture in colour, with a value of each.
func TestMosaicInColour(t *testing.T) {
	m := arrange(wire.Tiles{Units: 1, Total: 1, Each: 1, H: 1, W: 2, Image: true, Colours: 3, Scale: 1, At: 1}, scene.Rect{W: 100, H: 100}, 1)
	b := []byte{9, 127, 0x81, 0, 127, 0x81, 0x81}
	rgba := m.pixels(nil, b, greys())
	if want := []byte{255, 127, 0, 255, 0, 255, 0, 255}; !slices.Equal(rgba, want) {
		t.Errorf("two pixels are %v, want %v", rgba, want)
	}
	if v := m.values(b, spot{x: 1}); !slices.Equal(v, []float64{-1, 1, -1}) {
		t.Errorf("the second pixel is %v", v)
	}
}

func TestStrip(t *testing.T) {
	s := wire.Strip{Bins: 3, Low: -1, High: 1, At: 1}
	b := []byte{9, 0, 100, 255, 10, 20, 30} // two moments
	none, full := color.RGBA{0, 0, 0, 255}, color.RGBA{255, 255, 255, 255}
	rgba := stripPixels(nil, b, s, 2, none, full)
	for row, want := range [][2]byte{{255, 30}, {100, 20}, {0, 10}} { // the largest values on top
		if rgba[8*row] != want[0] || rgba[8*row+4] != want[1] {
			t.Errorf("row %d is %d and %d, want %v", row, rgba[8*row], rgba[8*row+4], want)
		}
	}
	steps := []int{1, 3, 5, 10}
	end := 0.0
	for k := range steps {
		from, to := span(steps, k)
		if from != end || !(to > from) {
			t.Errorf("moment %d takes %v to %v after %v", k, from, to, end)
		}
		end = to
	}
	if end != 1 {
		t.Errorf("the moments end at %v", end)
	}
	if from, to := span([]int{7}, 0); from != 0 || to != 1 {
		t.Errorf("a lone moment takes %v to %v", from, to)
	}
}

func TestTicks(t *testing.T) {
	got := ticks(wire.Strip{Low: -20, High: -5, Log: true})
	if len(got) < 3 || got[0].says != "1e-06" || math.Abs(got[0].at-(math.Log2(1e-6)+20)/15) > 1e-9 {
		t.Errorf("powers of ten at %+v", got)
	}
	got = ticks(wire.Strip{Low: -0.5, High: 0.5})
	if len(got) < 3 || got[0].says != "-0.4" && got[0].says != "-0.5" {
		t.Errorf("values at %+v", got)
	}
	for _, k := range got {
		if k.at < 0 || k.at > 1 {
			t.Errorf("%+v is outside", k)
		}
	}
}

func TestLabel(t *testing.T) {
	for want, got := range map[string]string{
		"w 65 [3, 2] = -0.125":  label("w", &wire.Tiles{From: 60, Total: 128, Each: 1, H: 28}, spot{4, 0, 2, 1}, []float64{-0.125}),
		"w 1 · 8 [1, 1] = 2":    label("w", &wire.Tiles{Total: 3, Each: 9, H: 4}, spot{0, 7, 0, 0}, []float64{2}),
		"w 2 [5] = 0.5":         label("w", &wire.Tiles{Total: 3, Each: 1, H: 1}, spot{1, 0, 0, 4}, []float64{0.5}),
		"a [1, 2] = 1, 0.5, -1": label("a", &wire.Tiles{Total: 1, Each: 1, H: 2, Colours: 3}, spot{0, 0, 0, 1}, []float64{1, 0.5, -1}),
		"a [2, 1] = 1":          label("a", &wire.Tiles{Total: 1, Each: 1, H: 16}, spot{0, 0, 1, 0}, []float64{1}),
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

// Messages that do not agree with their bytes are refused.
func TestCheck(t *testing.T) {
	good := func() *wire.Inspection {
		return &wire.Inspection{Weights: &wire.Tiles{Units: 2, Each: 1, H: 2, W: 3}, Activations: &wire.Tiles{Units: 1, Each: 1, H: 1, W: 4, At: 12},
			Past: &wire.Past{Steps: []int{1, 2}, Weights: wire.Strip{Bins: 2, High: 1, At: 16}, Gradients: wire.Strip{Bins: 1, High: 1, At: 20}}}
	}
	if err := check(good(), 22); err != nil {
		t.Errorf("a good one: %v", err)
	}
	for name, spoil := range map[string]func(*wire.Inspection){
		"too long": func(in *wire.Inspection) { in.Weights.W = 40 }, "negative": func(in *wire.Inspection) { in.Activations.At = -1 },
		"huge": func(in *wire.Inspection) { in.Weights.Units = 1 << 40 }, "empty": func(in *wire.Inspection) { in.Weights.Each = 0 },
		"bins": func(in *wire.Inspection) { in.Past.Gradients.Bins = 2 }, "range": func(in *wire.Inspection) { in.Past.Weights.High = 0 },
		"no moment": func(in *wire.Inspection) { in.Past.Steps = nil },
	} {
		in := good()
		spoil(in)
		if check(in, 22) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	w := func() *wire.Wishes {
		return &wire.Wishes{Count: 2, Sample: sample.Gray(1, 3), Scores: make([]float32, 2), Largest: make([]float32, 2), Ink: 6}
	}
	if err := checkWishes(w(), 12); err != nil {
		t.Errorf("good wishes: %v", err)
	}
	for name, spoil := range map[string]func(*wire.Wishes){
		"count": func(w *wire.Wishes) { w.Count = 3 }, "ink": func(w *wire.Wishes) { w.Ink = 7 }, "none": func(w *wire.Wishes) { w.Count = 0 },
		"width": func(w *wire.Wishes) { w.Sample.Width = 1 << 40 }, "colours": func(w *wire.Wishes) { w.Sample.Channels = 3 },
	} {
		bad := w()
		spoil(bad)
		if checkWishes(bad, 12) == nil {
			t.Errorf("%s is accepted", name)
		}
	}
}

// Arrows begin at the points, lead where D wishes them, upwards for a larger y, and are as long as the wish is strong.
func TestArrows(t *testing.T) {
	plane := scene.Rect{X: 10, Y: 20, W: 300, H: 300}
	w := &wire.Wishes{Count: 3, Sample: sample.Plane, Largest: []float32{2, 1, 0}, Ink: 6}
	b := []byte{128, 128, 0, 0, 255, 255, 127, 0, 0, 127, 0, 0}
	got := arrows(plane, w, b)
	if d := got[0].to.X - got[0].from.X; math.Abs(d-300*longest) > 1e-9 || got[0].to.Y != got[0].from.Y {
		t.Errorf("a wish to the right is drawn as %+v", got[0])
	}
	if d := got[1].from.Y - got[1].to.Y; math.Abs(d-150*longest) > 1e-9 {
		t.Errorf("half as strong a wish upwards is drawn as %+v", got[1])
	}
	if got[2].from != got[2].to {
		t.Errorf("no wish is drawn as %+v", got[2])
	}
	if i := nearest(got, got[1].from.X+3, got[1].from.Y-3, 10); i != 1 {
		t.Errorf("beside point 1 lies %d", i)
	}
	if i := nearest(got, plane.X+150, plane.Y+40, 10); i != -1 {
		t.Errorf("in the empty plane lies %d", i)
	}
}

// An activation that is clicked is the one that is marked once the page has asked for it: in maps, on a later page of them, and in a vector.
func TestPixels(t *testing.T) {
	maps := &wire.Inspection{Network: "discriminator", Layer: "0", Discriminator: []wire.Layer{{Name: "0", Out: [3]int{64, 14, 14}}}, Activations: &wire.Tiles{Units: 16, From: 32, Total: 64, Each: 1, H: 14, W: 14}}
	vector := &wire.Inspection{Network: "generator", Layer: "2", Generator: []wire.Layer{{Name: "2", Out: [3]int{100, 1, 1}}}, Activations: &wire.Tiles{Units: 1, Total: 1, Each: 1, H: 7, W: 16}}
	for _, c := range []struct {
		look *wire.Inspection
		at   spot
		want wire.Sum
	}{{maps, spot{unit: 3, y: 5, x: 7}, wire.Sum{Unit: 35, Y: 5, X: 7}}, {vector, spot{y: 2, x: 3}, wire.Sum{Unit: 35}}} {
		got := pixelOf(c.look, c.at)
		if got.Unit != c.want.Unit || got.Y != c.want.Y || got.X != c.want.X {
			t.Errorf("%+v is %+v, want %+v", c.at, got, c.want)
		}
		c.look.Sum = &got
		if back, ok := spotOf(c.look); !ok || back != c.at {
			t.Errorf("%+v is marked at %+v", c.at, back)
		}
	}
	maps.Sum = &wire.Sum{Unit: 2}
	if _, ok := spotOf(maps); ok {
		t.Error("an activation of another page is marked on this one")
	}
}
