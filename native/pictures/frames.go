package pictures

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/png"
	"io"
	"strconv"
	"strings"

	"ganvas/core/img/imgread"
)

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
	return imgread.CountFrames(f)
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
	encoder := png.Encoder{CompressionLevel: png.BestSpeed}
	err = imgread.Frames(f, func(k int, shown *image.RGBA) error {
		var b bytes.Buffer
		if err := encoder.Encode(&b, shown); err != nil {
			return fmt.Errorf("frame %d: %w", k+1, err)
		}
		frames = append(frames, b.Bytes())
		return nil
	})
	if err != nil {
		return nil, bad{path, "damaged or too large", err}
	}
	return frames, nil
}
