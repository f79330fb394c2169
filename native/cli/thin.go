package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/img"
	"ganvas/core/img/imgfile"
	"ganvas/core/img/imgread"
	"ganvas/core/wire"
)

// What a run writes stays within bounds however long it is: beyond them only each second, fourth, eighth … is kept, so that
// what is left is spread evenly, and a run that goes on for more epochs goes on thinning what it has.
const (
	mostPictures = 100       // epochs with a picture and a measurement, beside the first and the last
	mostPoints   = 1 << 16   // of the log: beyond, each is the mean of several steps
	mostRepeats  = 1 << 11   // events of one type in the log that say no more than that something was done again
	mostPixels   = 128 << 20 // of the animation's frames, all together: what they take in memory
)

// each is the smallest power of two that divides n into at most that many.
func each(n, most int) int {
	k := 1
	for n/k > most {
		k *= 2
	}
	return k
}

// shown reports whether the end of an epoch is one whose picture is kept.
func (r *training) shown(epoch int) bool {
	epochs := r.t.GAN.Recipe.Epochs
	return epoch == epochs || epoch%each(epochs, mostPictures) == 0
}

// thinOut removes the pictures of epochs that are no longer among those shown, but for the one that was drawn last.
func (r *training) thinOut(last int) error {
	k := each(r.t.GAN.Recipe.Epochs, mostPictures)
	if k == 1 {
		return nil
	}
	all, err := ofEpochs(r.folder.file(samplesFolder))
	if err != nil {
		return err
	}
	for _, p := range all {
		if p.epoch%k == 0 || p.epoch == last {
			continue
		}
		if err := os.Remove(p.path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("an epoch's picture cannot be removed: %w", err)
		}
	}
	return nil
}

// epochPicture is the file of an epoch's.
type epochPicture struct {
	epoch int
	path  string
}

// pictureForm is the name of an epoch's picture.
const pictureForm = "epoch-%04d.png"

func pictureName(epoch int) string { return fmt.Sprintf(pictureForm, epoch) }

// ofEpochs is the pictures of a folder in the order of their epochs.
func ofEpochs(folder string) (all []epochPicture, err error) {
	names, err := filepath.Glob(filepath.Join(folder, "epoch-*.png"))
	if err != nil {
		return nil, err
	}
	for _, path := range names {
		number := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "epoch-"), ".png")
		if epoch, err := strconv.Atoi(number); err == nil && filepath.Base(path) == pictureName(epoch) {
			all = append(all, epochPicture{epoch, path})
		}
	}
	slices.SortFunc(all, func(a, b epochPicture) int { return a.epoch - b.epoch })
	return all, nil
}

// animate makes one GIF of all epochs' pictures, those of an earlier part of the run too; of more than so many pixels every
// second one, and so on.
func animate(folder, to string, most int) error {
	all, err := ofEpochs(folder)
	if err != nil {
		return err
	}
	var frames []img.Picture
	for i, k := 0, 1; i < len(all); i++ {
		if i%k != 0 && i < len(all)-1 {
			continue
		}
		p, ok, err := drawn(all[i].path)
		if err != nil {
			return err
		}
		if !ok || len(frames) > 0 && (p.Width != frames[0].Width || p.Height != frames[0].Height || p.Colours != frames[0].Colours) {
			continue
		}
		if frames = append(frames, p); len(frames) == 1 {
			k = each(len(all)*len(p.Pix), most) // all are of one size
		}
	}
	b, err := imgfile.Animate(frames, 20)
	if err != nil {
		return err
	}
	return writeFile(to, b)
}

// drawn reads a picture back; false where it is none of those that a run writes.
func drawn(path string) (img.Picture, bool, error) {
	m, _, err := imgread.File(path)
	if err != nil {
		return img.Picture{}, false, fmt.Errorf("reading a sample back: %w", err)
	}
	p, ok := imgfile.Picture(m)
	return p.Opaque(), ok, nil
}

// thinner says which of a log's events say too little to be written.
type thinner struct {
	gap  int // steps between repeats, at least
	last map[wire.EventType]wire.Event
}

// repeats reports whether an event says no more than the last of its type, a few steps ago.
func (h *thinner) repeats(e wire.Event) bool {
	switch e.Type {
	case wire.Saved, wire.Measured, wire.Diagnosed:
	default:
		return false
	}
	if before, is := h.last[e.Type]; is && e.Step > before.Step && e.Step-before.Step < h.gap && e.Reason == before.Reason && e.Path == before.Path {
		return true
	}
	if h.last == nil {
		h.last = map[wire.EventType]wire.Event{}
	}
	h.last[e.Type] = e
	return false
}

// mean of points that follow each other.
func mean(ps []wire.Point) wire.Point {
	var m wire.Point
	for _, p := range ps {
		m.LossD, m.LossG, m.PReal, m.PFake, m.Right = m.LossD+p.LossD, m.LossG+p.LossG, m.PReal+p.PReal, m.PFake+p.PFake, m.Right+p.Right
		m.SReal, m.SFake = m.SReal+p.SReal, m.SFake+p.SFake
	}
	n := float64(len(ps))
	return wire.Point{LossD: m.LossD / n, LossG: m.LossG / n, PReal: m.PReal / n, PFake: m.PFake / n, Right: m.Right / n, SReal: m.SReal / n, SFake: m.SFake / n}
}
