package run

import (
	"encoding/json"

	"ganvas/core/config"
	"ganvas/core/gan"
	"ganvas/core/weights"
)

// Bare is a checkpoint of a generator that no run here trained, from its state. It has no self-check and no digest.
func Bare(r config.Recipe, d gan.Data, generator []weights.Tensor) (*weights.File, error) {
	about, err := json.Marshal(dataInfo{Sample: &d.Sample, Classes: d.Classes})
	if err != nil {
		return nil, err
	}
	shape, err := json.Marshal(d.Sample)
	if err != nil {
		return nil, err
	}
	f := &weights.File{Accepted: true, Meta: map[string]string{
		"format": Format, "recipe": string(r.JSON()), "sample": string(shape), "data": string(about), "step": "0", "images": "0", "noise": howNoise, madeBy: "another program",
	}}
	for _, t := range generator {
		t.Name = prefixG + t.Name
		f.Tensors = append(f.Tensors, t)
	}
	return f, nil
}

// Foreign reports a file of weights that is no checkpoint, trace or tape of this program.
func Foreign(f *weights.File) bool { return f.Meta["format"] == "" || f.Meta["format"] == "pt" }
