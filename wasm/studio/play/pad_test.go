package play

import (
	"math"
	"runtime"
	"slices"
	"testing"

	"ganvas/core/data"
	"ganvas/core/data/mnist"
	"ganvas/core/sample"
)

// mass is a picture's ink and its centre, in pixels.
func mass(b []byte, w int) (sum, x, y float64) {
	for i, v := range b {
		sum += float64(v)
		x += float64(v) * (float64(i%w) + 0.5)
		y += float64(v) * (float64(i/w) + 0.5)
	}
	return sum, x / sum, y / sum
}

// A stroke is solid along its middle, soft at its edges and nothing beyond them; the eraser takes it away again.
func TestStrokes(t *testing.T) {
	p := NewPad(sample.Gray(28, 28))
	if !p.Empty() {
		t.Fatal("a new pad is not empty")
	}
	p.Stroke(5.5, 14.5, 20.5, 14.5, Pen{})
	b := p.Bytes()
	for x := 5; x <= 20; x++ {
		if b[14*28+x] != 255 || b[12*28+x] > 60 || b[11*28+x] != 0 {
			t.Fatalf("column %d of a level stroke is %d, %d and %d", x, b[14*28+x], b[12*28+x], b[11*28+x])
		}
	}
	if soft := b[13*28+10]; soft == 0 || soft == 255 {
		t.Errorf("beside its middle the stroke is %d", soft)
	}
	p.Stroke(-50, -50, 90, 90, Pen{}) // as far outside as it likes
	p.Stroke(-2, 14.5, 30, 14.5, Pen{Erase: true})
	if b := p.Bytes(); b[14*28+7] != 0 || b[4*28+4] != 255 {
		t.Errorf("after erasing the level stroke its middle is %d, the other one's %d", b[14*28+7], b[4*28+4])
	}
	p.Clear()
	if !p.Empty() || !slices.Equal(p.Centered(), make([]byte, 784)) {
		t.Error("a cleared pad is not empty")
	}
	picture := make([]byte, 784)
	for i := range picture {
		picture[i] = byte(i)
	}
	if p.Set(picture); !slices.Equal(p.Bytes(), picture) {
		t.Error("a picture that was put on the pad is another one")
	}
}

// Wherever and however large something is drawn, it comes out 20 pixels long with its ink's centre in the middle.
func TestCenteringLikeMNIST(t *testing.T) {
	for _, from := range [][4]float64{{3, 3, 9, 12}, {14, 10, 26, 11}, {20, 2, 21, 26}, {1, 1, 27, 27}, {24, 24, 25, 25}} {
		p := NewPad(sample.Gray(28, 28))
		p.Stroke(from[0], from[1], from[2], from[3], Pen{})
		got := NewPad(sample.Gray(28, 28))
		got.Set(p.Centered())
		left, top, right, bottom, ok := got.bounds()
		if side := max(right-left, bottom-top); !ok || side < 18 || side > 22 {
			t.Errorf("a stroke over %v comes out %d pixels long", from, side)
		}
		if _, x, y := mass(got.Bytes(), 28); math.Abs(x-14) > 0.55 || math.Abs(y-14) > 0.55 {
			t.Errorf("the middle of a stroke over %v comes out at %.2f, %.2f", from, x, y)
		}
	}
}

// Digits that were made in that way already stay as they are, almost all of them pixel for pixel or a pixel aside.
func TestRealDigitsAreCenteredAlready(t *testing.T) {
	if runtime.GOOS == "js" {
		t.Skip("there is no go command under js to fetch MNIST with")
	}
	set, err := mnist.Open(t.Context(), data.TestSplit)
	if err != nil {
		t.Fatal(err)
	}
	const n = 300
	same := 0
	for i := range n {
		p := NewPad(sample.Gray(28, 28))
		p.Set(set.Pixels(i))
		got := p.Centered()
		for _, by := range []int{0, 1, -1, 28, -28, 29, -29, 27, -27} {
			moved := make([]byte, 784)
			for k := range moved {
				if k+by >= 0 && k+by < 784 {
					moved[k] = set.Pixels(i)[k+by]
				}
			}
			if slices.Equal(got, moved) {
				same++
				break
			}
		}
	}
	if same < n*95/100 {
		t.Errorf("%d of %d real digits come out as they are", same, n)
	}
}

// In colour a stroke has its pen's, over what was there; a stroke that crosses itself is no thicker, its edge lets through what it lies on,
// and where samples can be transparent the eraser makes them so.
func TestDrawingsInColour(t *testing.T) {
	for _, channels := range []int{3, 4} {
		s := sample.Shape{Channels: channels, Height: 12, Width: 12}
		p := NewPad(s)
		at := func(x, y int) (all []byte) {
			for c := range channels {
				all = append(all, p.Bytes()[c*s.Area()+y*s.Width+x])
			}
			return all
		}
		if !p.Empty() {
			t.Errorf("%v: a new sheet is not empty", s)
		}
		red, blue := Pen{Colour: [3]uint8{255, 0, 0}}, Pen{Colour: [3]uint8{0, 0, 255}}
		p.Stroke(2, 6, 10, 6, red)
		first := p.Bytes()
		p.Stroke(10, 6, 2, 6, red)
		if !slices.Equal(p.Bytes(), first) || p.Empty() {
			t.Errorf("%v: a stroke there and back is another one", s)
		}
		edge := at(6, 7)
		if channels == 4 && (edge[0] != 255 || edge[3] == 0 || edge[3] == 255) || channels == 3 && (edge[0] == 0 || edge[0] == 255) {
			t.Errorf("%v: the stroke's edge is %v", s, edge)
		}
		p.Lift()
		p.Stroke(6, 2, 6, 10, blue)
		if crossing, other := at(6, 5), at(3, 5); crossing[0] != 0 || crossing[2] != 255 || other[0] != 255 || other[2] != 0 {
			t.Errorf("%v: blue over red is %v, red beside it %v", s, crossing, other)
		}
		q := NewPad(s)
		q.Set(p.Bytes())
		if !slices.Equal(q.Bytes(), p.Bytes()) {
			t.Errorf("%v: a sample that is taken over is another one", s)
		}
		p.Lift()
		for y := range 13 {
			p.Stroke(0, float64(y), 12, float64(y), Pen{Erase: true})
		}
		if !p.Empty() || slices.Max(at(6, 5)) != 0 {
			t.Errorf("%v: erased there is still %v", s, at(6, 5))
		}
	}
}
