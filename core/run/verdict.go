package run

import (
	"errors"
	"fmt"
	"math"

	"ganvas/core/img"
)

// Verdict is what D makes of pictures.
type Verdict struct {
	Logits []float64 // of each
	P      []float64 // sigmoid of each, the number shown everywhere; where D gives scores it only orders
	Labels []int32   // the classes D took them for, conditional runs only
	Middle float64   // the logit at which D is undecided: above it D takes a picture for real
}

// Verdict asks D, in evaluation mode, about pictures (n, sample bytes). In a conditional run D is told one label for all,
// or for −1 each picture's verdict is the highest over all labels: a picture is real if it may pass for any class, while
// the mean over labels would call even a perfect digit wrong nine times in ten. The run is left as it is.
func (t *Trainer) Verdict(pictures []byte, label int) (Verdict, error) {
	m, size := t.GAN, t.GAN.Data.Sample.Size()
	n := len(pictures) / size
	switch {
	case n == 0 || len(pictures)%size != 0:
		return Verdict{}, fmt.Errorf("the pictures have %d bytes: it must be %d for each", len(pictures), size)
	case n > MostAsked:
		return Verdict{}, fmt.Errorf("there are %d pictures: at most %d can be judged at once", n, MostAsked)
	case label >= 0 && !m.Recipe.Conditional:
		return Verdict{}, fmt.Errorf("this discriminator was not told digits while it learned, so it cannot judge a picture as a %d: leave the digit open", label)
	case m.Recipe.Conditional && label >= m.Data.Classes:
		return Verdict{}, fmt.Errorf("digit is %d: it must be from 0 to %d", label, m.Data.Classes-1)
	}
	if err := t.Refer(); err != nil {
		return Verdict{}, err
	}
	images := make([]float32, len(pictures))
	for i, b := range pictures {
		images[i] = img.Value(b)
	}
	middle, err := t.undecided()
	if err != nil {
		return Verdict{}, err
	}
	v := Verdict{Middle: middle}
	if v.Logits, v.Labels, err = t.highest(images, n, label); err != nil {
		return v, err
	}
	for _, x := range v.Logits {
		v.P = append(v.P, 1/(1+math.Exp(-x)))
	}
	return v, nil
}

// highest are D's logits for that label, or each picture's highest over all labels, and the labels.
func (t *Trainer) highest(images []float32, n, label int) (logits []float64, labels []int32, err error) {
	if !t.GAN.Recipe.Conditional {
		logits, err = t.logits(images, nil)
		return logits, nil, err
	}
	first, last := label, label
	if label < 0 {
		first, last = 0, t.GAN.Data.Classes-1
	}
	labels = make([]int32, n)
	of := make([]int32, n)
	for c := first; c <= last; c++ {
		for i := range of {
			of[i] = int32(c)
		}
		found, err := t.logits(images, of)
		if err != nil {
			return nil, nil, err
		}
		if logits == nil {
			logits = found
			copy(labels, of)
			continue
		}
		for i, x := range found {
			if x > logits[i] {
				logits[i], labels[i] = x, int32(c)
			}
		}
	}
	return logits, labels, nil
}

// undecided is the logit at which D is undecided now, measured on the samples that are shown where the loss leaves it open.
func (t *Trainer) undecided() (float64, error) {
	f := &t.fixed
	shown := f.present[:min(len(f.present), t.set.Len())]
	if t.set.Arrived() < len(shown) {
		return 0, errors.New("the real samples have not arrived yet: try again in a moment")
	}
	var errs [3]error
	middle := t.GAN.Undecided(func() (real, fake []float64) {
		images, labels := make([]float32, len(shown)*t.set.Size()), make([]int32, len(shown))
		t.set.Gather(images, shown)
		if t.set.Classes() > 0 {
			t.set.GatherLabels(labels, shown)
		}
		real, errs[0] = t.logits(images, labels)
		images, errs[1] = t.Values(f.noise, Request{Digit: -1})
		fake, errs[2] = t.logits(images, f.labels)
		return real, fake
	})
	return middle, errors.Join(errs[:]...)
}
