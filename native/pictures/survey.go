package pictures

import (
	"context"
	"image"
	"io"
	"slices"
)

// looked is how many pictures, evenly spread over all, are decoded to see whether the set is one of colour.
const looked = 200

// Sides that are chosen for pictures: multiples of 4, as the two halvings of the presets' networks need, and small enough for a processor to learn in minutes.
const (
	leastChosen = 16
	mostChosen  = 32
	mostKept    = 64 // where all pictures have that size
)

type size struct{ w, h int }

// survey settles what the form leaves open by what the pictures are. What cannot be read is met again when it is taken.
func (f *Form) survey(ctx context.Context, in source, files []labelled) error {
	var sizes []size
	if f.Width == 0 {
		for _, file := range files {
			if err := ctx.Err(); err != nil {
				return err
			}
			if s, ok := sizeOf(in, file.path); ok {
				sizes = append(sizes, s)
			}
		}
	}
	colour := 0
	n := min(looked, len(files))
	if f.Channels == Any {
		for i := range n {
			if err := ctx.Err(); err != nil {
				return err
			}
			if p, err := decode(in, files[i*len(files)/n].path, false); err == nil && p.colour {
				colour++
			}
		}
	}
	f.choose(10*colour >= n, sizes)
	return nil
}

// choose settles what the form leaves open.
func (f *Form) choose(colour bool, sizes []size) {
	if f.Channels == Any {
		f.Channels = map[bool]Channels{false: Gray, true: Colour}[colour]
	}
	if f.Width > 0 {
		return
	}
	f.Width, f.Height = leastChosen, leastChosen
	if len(sizes) == 0 {
		return
	}
	if s := sizes[0]; s.w%4 == 0 && s.h%4 == 0 && min(s.w, s.h) >= leastSide && max(s.w, s.h) <= mostKept && !slices.ContainsFunc(sizes, func(o size) bool { return o != s }) {
		f.Width, f.Height = s.w, s.h
		return
	}
	var short []int
	for _, s := range sizes {
		short = append(short, min(s.w, s.h))
	}
	slices.Sort(short)
	side := min(mostChosen, max(leastChosen, short[len(short)/2]/4*4))
	f.Width, f.Height = side, side
}

// sizeOf is how large a picture is by its file's header, upright.
func sizeOf(in source, path string) (size, bool) {
	f, _, err := in.open(path)
	if err != nil {
		return size{}, false
	}
	defer f.Close()
	turn := orientation(f)
	if _, err := f.Seek(0, io.SeekStart); err != nil {
		return size{}, false
	}
	c, _, err := image.DecodeConfig(f)
	if err != nil {
		return size{}, false
	}
	if turn >= 5 {
		return size{c.Height, c.Width}, true
	}
	return size{c.Width, c.Height}, true
}
