package pictures

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"image"
	"image/draw"
	"image/gif"
	"image/png"
	"io"
	"strconv"
	"strings"

	"ganvas/core/img/imgread"
)

// mostFrames is how many pixels all frames of one animation may have together.
const mostFrames = 200_000_000

// frameMark stands between a file's path and a frame's number.
const frameMark = "\x00frame "

// animations are files of which the frames of animated GIFs are pictures of their own, as a viewer shows them one after the other.
type animations struct {
	source
	path   string // of the one taken apart last
	frames [][]byte
}

// apart lists each frame of animated GIFs in place of the file.
func (a *animations) apart(ctx context.Context, files []labelled) ([]labelled, error) {
	var all []labelled
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		n := a.count(f.path)
		if n < 2 {
			all = append(all, f) // what is wrong with it is met when it is decoded
			continue
		}
		for k := range n {
			all = append(all, labelled{f.path + frameMark + strconv.Itoa(k+1), f.class})
		}
	}
	return all, nil
}

// count is how many frames a file has as an animated GIF within bounds, 0 where it is none.
func (a *animations) count(path string) int {
	f, _, err := a.source.open(path)
	if err != nil {
		return 0
	}
	defer f.Close()
	n, w, h := framesOf(bufio.NewReader(f))
	if imgread.Size(w, h) != nil || n > mostFrames/max(1, w*h) {
		return 0
	}
	return n
}

// framesOf goes through the blocks of a GIF without unpacking any: how many pictures there are, and their size.
func framesOf(r *bufio.Reader) (n, w, h int) {
	head := make([]byte, 13)
	if _, err := io.ReadFull(r, head); err != nil || !bytes.HasPrefix(head, []byte("GIF8")) {
		return 0, 0, 0
	}
	w, h = int(head[6])|int(head[7])<<8, int(head[8])|int(head[9])<<8
	table := func(flags byte) int64 {
		if flags&0x80 == 0 {
			return 0
		}
		return 3 << (flags&7 + 1)
	}
	skip := func(k int64) bool { _, err := io.CopyN(io.Discard, r, k); return err == nil }
	blocks := func() bool { // sub-blocks, to the empty one
		for {
			size, err := r.ReadByte()
			if err != nil || size > 0 && !skip(int64(size)) {
				return false
			}
			if size == 0 {
				return true
			}
		}
	}
	if !skip(table(head[10])) {
		return 0, w, h
	}
	for {
		kind, err := r.ReadByte()
		switch {
		case err != nil || kind == 0x3b:
			return n, w, h
		case kind == 0x21: // an extension: its label, then blocks
			if !skip(1) || !blocks() {
				return n, w, h
			}
		case kind == 0x2c: // a picture: its place, perhaps colours, a code's size, then blocks
			place := make([]byte, 9)
			if _, err := io.ReadFull(r, place); err != nil || !skip(table(place[8])+1) || !blocks() {
				return n, w, h
			}
			n++
		default:
			return n, w, h
		}
	}
}

// open is a frame as a PNG file, or a file as it is.
func (a *animations) open(path string) (io.ReadSeekCloser, int64, error) {
	file, frame, is := strings.Cut(path, frameMark)
	if !is {
		return a.source.open(path)
	}
	if file != a.path {
		frames, err := a.decode(file)
		if err != nil {
			return nil, 0, err
		}
		a.path, a.frames = file, frames
	}
	k, err := strconv.Atoi(frame)
	if err != nil || k < 1 || k > len(a.frames) {
		return nil, 0, bad{file, "cut short", nil}
	}
	b := a.frames[k-1]
	return inMemory{bytes.NewReader(b)}, int64(len(b)), nil
}

// decode is each frame as a viewer shows it: over what those before it left.
func (a *animations) decode(path string) (frames [][]byte, err error) {
	f, _, err := a.source.open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	g, err := gif.DecodeAll(f)
	if err != nil {
		return nil, bad{path, "damaged or too large", err}
	}
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	shown := image.NewRGBA(image.Rect(0, 0, g.Config.Width, g.Config.Height))
	for k, m := range g.Image {
		before := bytes.Clone(shown.Pix)
		draw.Draw(shown, m.Bounds(), m, m.Bounds().Min, draw.Over)
		var b bytes.Buffer
		if err := encoder.Encode(&b, shown); err != nil {
			return nil, fmt.Errorf("%s, frame %d: %w", path, k+1, err)
		}
		frames = append(frames, b.Bytes())
		switch g.Disposal[k] {
		case gif.DisposalBackground:
			draw.Draw(shown, m.Bounds(), image.Transparent, image.Point{}, draw.Src)
		case gif.DisposalPrevious:
			copy(shown.Pix, before)
		}
	}
	return frames, nil
}
