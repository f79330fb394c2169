package foreign

import (
	"fmt"
	"strconv"
)

// oneHotWidths are first layers' widths that are a usual number of noise values and ten classes beside them.
var oneHotWidths = map[int]bool{110: true, 74: true, 138: true, 60: true, 72: true}

// labels parts what the first layer takes into noise and label.
func (r *reading) labels(f *Found) error {
	if r.Labels != "" && r.Labels != "first" && r.Labels != "last" {
		return fmt.Errorf("labels is %q: it must be first or last, where the label stands beside the noise", r.Labels)
	}
	switch {
	case len(r.embeds) > 1:
		return fmt.Errorf("the generator has %d embeddings (%q, %q): one, beside the noise, is read", len(r.embeds), r.embeds[0].name, r.embeds[1].name)
	case len(r.embeds) == 1:
		e := r.embeds[0]
		shape := e.has["weight"].shape
		r.classes = shape[0]
		r.noise = r.in - shape[1]
		if r.noise == 0 {
			return fmt.Errorf("the embedding %q has as many values as the first layer takes: it multiplies the noise, and one that stands beside it is read", e.name)
		}
		if r.noise < 0 {
			return fmt.Errorf("the embedding %q has %d values and the first layer takes %d: it is used somewhere else than beside the noise", e.name, shape[1], r.in)
		}
	default:
		guessed := r.Classes == nil
		if guessed && oneHotWidths[r.in] {
			r.classes = 10
		} else if !guessed {
			r.classes = *r.Classes
		}
		if r.classes < 0 || r.classes >= r.in {
			return fmt.Errorf("classes is %d: the first layer takes %d values, noise and label together", r.classes, r.in)
		}
		r.noise = r.in - r.classes
		if r.classes > 0 || !guessed {
			f.Guesses = append(f.Guesses, Guess{What: "classes", Value: strconv.Itoa(r.classes)})
		}
	}
	if r.classes > 0 {
		if r.Labels == "" {
			r.Labels = "last"
		}
		f.Guesses = append(f.Guesses, Guess{What: "labels", Value: r.Labels})
	}
	return nil
}

// fold turns the first layer's weight (out, in) over noise and label, whichever stands first, into one over noise and the label one-hot behind
// it: the embedding is multiplied in. That is the same function.
func (r *reading) fold(w []float32, out int) []float32 {
	if r.classes == 0 {
		return w
	}
	width := r.in - r.noise // of the label's part
	noiseAt, labelAt := 0, r.noise
	if r.Labels == "first" {
		noiseAt, labelAt = width, 0
	}
	folded := make([]float32, 0, out*(r.noise+r.classes))
	for o := range out {
		row := w[o*r.in:][:r.in]
		folded = append(folded, row[noiseAt:][:r.noise]...)
		label := row[labelAt:][:width]
		if len(r.embeds) == 0 {
			folded = append(folded, label...)
			continue
		}
		table := r.embeds[0].has["weight"].v
		for k := range r.classes {
			sum := 0.0
			for j, x := range label {
				sum += float64(x) * float64(table[k*width+j])
			}
			folded = append(folded, float32(sum))
		}
	}
	return folded
}
