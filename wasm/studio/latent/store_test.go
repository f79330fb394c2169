package latent

import (
	"slices"
	"testing"
	"time"

	"ganvas/core/sample"
)

// everything asks and answers until nothing is wanted, and returns what was asked for.
func everything(t *testing.T, s *Store, v View, most, step, refresh int) (asked []Key) {
	t.Helper()
	for range 1000 {
		next := s.Next(v.Layers(), 5, most, refresh)
		if len(next) == 0 {
			return asked
		}
		if len(next) > most {
			t.Fatalf("%d pictures are asked for at once", len(next))
		}
		for _, k := range next {
			s.Put(k, step)
		}
		asked = append(asked, next...)
	}
	t.Fatal("there is no end to what is asked for")
	return nil
}

// What is here comes first, then coarse pictures, then fine ones, then the strip; each once. After a pan only what is
// new is asked for.
func TestCoarsePicturesComeFirst(t *testing.T) {
	v, s := seen(1), NewStore(1024)
	asked := everything(t, s, v, 16, 3, 0)
	if asked[0].Kind != Here || asked[len(asked)-1].Kind != Strip {
		t.Errorf("the first is %v, the last %v", asked[0], asked[len(asked)-1])
	}
	layers := v.Layers()
	for i, c := range layers[0] {
		if asked[1+i] != c.Key {
			t.Fatalf("picture %d asked for is %v, not the coarse %v", 1+i, asked[1+i], c.Key)
		}
	}
	names := map[Key]bool{}
	for _, k := range asked {
		names[k] = true
	}
	if len(names) != len(asked) {
		t.Errorf("%d pictures were asked for %d times", len(names), len(asked))
	}
	slots := map[int]bool{}
	for k := range names {
		slots[s.Slot(k)] = true
	}
	if len(slots) != len(names) || slots[-1] {
		t.Errorf("%d pictures lie in %d slots", len(names), len(slots))
	}
	_, h := v.Cell(v.Level())
	v.Pan(h, 0)
	if again := everything(t, s, v, 16, 3, 0); len(again) == 0 || len(again) > len(asked)/4 {
		t.Errorf("a pan by one picture asks for %d, at first it were %d", len(again), len(asked))
	}
}

// A refresh asks for everything that is shown once more, and keeps showing the old pictures until then.
func TestRefresh(t *testing.T) {
	v, s := seen(1), NewStore(1024)
	first := everything(t, s, v, 64, 3, 0)
	if s.Next(v.Layers(), 5, 64, 3) != nil {
		t.Error("pictures of step 3 are too old for step 3")
	}
	if s.Slot(first[4]) < 0 || !s.Older(first[4], 10) {
		t.Error("a picture is gone before there is a newer one")
	}
	second := everything(t, s, v, 64, 10, 10)
	if len(second) != len(first) {
		t.Errorf("a refresh makes %d pictures of %d", len(second), len(first))
	}
}

// Pictures of places that are others now are missing at once, and are shown until the new ones come.
func TestSpoiledPictures(t *testing.T) {
	v, s := seen(1), NewStore(1024)
	everything(t, s, v, 64, 3, 0)
	s.Spoil(Here)
	if got := s.Next(v.Layers(), 5, 64, 0); !slices.Equal(got, []Key{{Kind: Here}}) || s.Slot(Key{Kind: Here}) < 0 {
		t.Errorf("asked for are %v", got)
	}
}

// Memory is bounded: what was not looked at for longest goes, what is shown stays.
func TestStoreIsBounded(t *testing.T) {
	s := NewStore(40)
	for i := range 400 {
		s.Put(Key{Field, i, 0, 3}, i)
		if i >= 5 && s.Slot(Key{Field, 5, 0, 3}) < 0 {
			t.Fatalf("the picture that is looked at all the time is gone at %d", i)
		}
		if slot := s.Slot(Key{Field, i, 0, 3}); slot < 0 || slot >= 40 {
			t.Fatalf("picture %d is in slot %d of 40", i, slot)
		}
	}
	if len(s.kept) > 40 {
		t.Errorf("%d pictures are kept", len(s.kept))
	}
}

// A second passes between refreshes, or as long as the run needs for its share of the time.
func TestPace(t *testing.T) {
	var p Pace
	now := time.Unix(100, 0)
	if p.Step(now, 7) != 7 {
		t.Error("a run that goes on is not followed")
	}
	if p.Step(now, 9) != 7 {
		t.Error("a refresh runs after the run")
	}
	p.Done(now)
	if p.Step(now.Add(900*time.Millisecond), 12) != 7 || p.Step(now.Add(1100*time.Millisecond), 12) != 12 {
		t.Error("cheap pictures are not made anew after a second")
	}
	p.Spent(300 * time.Millisecond)
	p.Done(now)
	if p.Step(now.Add(9*time.Second), 20) != 12 || p.Step(now.Add(11*time.Second), 20) != 20 {
		t.Error("pictures that take 0.3 s are not made anew after 10")
	}
}

// Slots lie apart in the texture, and an image's rows stand side by side.
func TestAtlas(t *testing.T) {
	for _, a := range []Atlas{NewAtlas(sample.MNIST, 1), NewAtlas(sample.MNIST, 8), NewAtlas(sample.Gray(128, 128), 1), NewAtlas(sample.Shape{Channels: 3, Height: 3, Width: 2}, 3)} {
		w, h := a.Size()
		if w > across || h > down {
			t.Errorf("%+v takes %d × %d", a, w, h)
		}
		seen := map[[2]int]bool{}
		for i := range a.Slots {
			x, y := a.Slot(i)
			if x+a.Sample.Width*a.Each > w || y+a.Sample.Height > h || seen[[2]int{x, y}] {
				t.Fatalf("%+v: slot %d is at %d, %d", a, i, x, y)
			}
			seen[[2]int{x, y}] = true
		}
	}
	a := Atlas{Sample: sample.Gray(2, 2), Each: 2}
	got := a.RGBA(nil, []byte{1, 2, 3, 4, 5, 6, 7, 8})
	var grey []byte
	for i := 0; i < len(got); i += 4 {
		grey = append(grey, got[i])
		if got[i+1] != got[i] || got[i+2] != got[i] || got[i+3] != 255 {
			t.Errorf("pixel %d is %v", i/4, got[i:i+4])
		}
	}
	if !slices.Equal(grey, []byte{1, 2, 5, 6, 3, 4, 7, 8}) {
		t.Errorf("two images side by side are %v", grey)
	}
	a = Atlas{Sample: sample.Shape{Channels: 3, Height: 1, Width: 1}, Each: 2}
	if got := a.RGBA(got, []byte{1, 2, 3, 4, 5, 6}); a.Bytes() != 6 || !slices.Equal(got, []byte{1, 2, 3, 255, 4, 5, 6, 255}) {
		t.Errorf("two images in colour side by side are %v", got)
	}
}
