package cli

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/native/tape"
)

const (
	momentsFolder = "moments"
	tapeMoments   = 24 // after the beginning, which follows from the seed
	tapeNear      = 28 // dB of the images, against the generator that was kept
)

// moments says at which steps the generator is still to be kept.
func moments(t *run.Trainer) (due []int, err error) {
	if t.GAN.Grows() {
		return nil, errors.New("networks that grow have no tape: their weights at the beginning are others than at the end")
	}
	for _, step := range tape.Moments(t.GAN.Recipe.Epochs*t.StepsPerEpoch(), tapeMoments) {
		if step > t.Steps() {
			due = append(due, step)
		}
	}
	return due, nil
}

// momentForm is the name of the file with the generator at a step.
const momentForm = "step-%07d.safetensors"

// momentDue reports whether a moment of the run is reached.
func (r *training) momentDue() bool { return len(r.moments) > 0 && r.t.Steps() >= r.moments[0] }

// keepMoment writes the generator as it is, where a moment of the run is reached.
func (r *training) keepMoment() error {
	if !r.momentDue() {
		return nil
	}
	r.moments = r.moments[1:]
	f, err := run.GeneratorFile(r.t.GAN, r.t.Steps(), r.t.Images())
	if err != nil {
		return err
	}
	b, err := f.Encode()
	if err != nil {
		return err
	}
	return r.put(filepath.Join(momentsFolder, fmt.Sprintf(momentForm, r.t.Steps())), b)
}

// momentsIn is the files of a run's moments in their order.
func momentsIn(folder string) ([]string, error) {
	names, err := filepath.Glob(filepath.Join(folder, "step-*.safetensors"))
	if err != nil {
		return nil, err
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("%s holds no moments of a run: train with --tape", folder)
	}
	slices.Sort(names)
	return names, nil
}

// encodeTape is the tape of a run that ended with the generator in last, from the moments in a folder; base is the name
// of last's file.
func encodeTape(w *world, e engine.Engine, last *weights.File, c changedFlag, folder, base string) ([]byte, error) {
	names, err := momentsIn(folder)
	if err != nil {
		return nil, err
	}
	var moments []*weights.File
	for _, name := range names {
		f, err := c.read(name)
		if err != nil {
			return nil, err
		}
		moments = append(moments, f)
	}
	b := w.busy("encoding the run's tape")
	defer b.end()
	f, kept, err := tape.Encode(e, last, moments, tapeNear)
	if err != nil {
		return nil, err
	}
	for _, k := range kept {
		b.say(w.out, fmt.Sprintf("step %6d: %3d kB, images within %.1f dB", k.Step, k.Bytes/1000, k.PSNR))
	}
	f.Meta["base"] = base
	return f.Encode()
}
