package run

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"strconv"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/weights"
)

// fixedFields are recipe fields that no state outlives a change of, and why.
var fixedFields = map[string]string{
	"dataset": "the run has learned its data set", "arch": "it makes other networks", "noise": "it makes another generator",
	"generator": "it makes another generator", "discriminator": "it makes another discriminator", "norm": "it makes other networks",
	"leak": "the weights have been learned for this slope", "conditional": "it makes other networks", "label_mode": "it makes another discriminator",
	"optimizer": "what the optimizer remembers is of its own rule", "stage_images": "how far the networks have grown follows from it",
}

// Branch is a kept state with one field of its recipe changed, to go on from as if the run had stopped there; field "" changes none.
// Another seed is that of the random numbers from here on: the shown noise stays.
func Branch(f *weights.File, field, value string) (*weights.File, error) {
	if field == "" {
		return f, nil
	}
	in, err := Inspect(f)
	if err != nil {
		return nil, err
	}
	r := in.Recipe.Clone()
	if err := r.Set(field, value); err != nil {
		return nil, err
	}
	if why, fixed := fixedFields[field]; fixed {
		return nil, fmt.Errorf("%s cannot be changed on the way, since %s: begin a new run with it", field, why)
	}
	if (r.EMA > 0) != (in.Recipe.EMA > 0) {
		return nil, fmt.Errorf("ema cannot be switched on or off on the way: begin a new run with it")
	}
	if err := r.Validate(); err != nil {
		return nil, err
	}
	b := &weights.File{Tensors: f.Tensors, Meta: maps.Clone(f.Meta)}
	b.Meta["recipe"] = string(r.JSON())
	if field == "seed" {
		return b, reseed(b, in, r)
	}
	return b, nil
}

// reseed gives a state the random numbers of another seed: its streams begin anew, and so does the rest of its epoch.
func reseed(b *weights.File, in Info, r config.Recipe) error {
	streams := newStreams(r.Seed)
	random, err := json.Marshal(&streams)
	if err != nil {
		return err
	}
	old, err := base64.StdEncoding.DecodeString(in.order)
	if err != nil {
		return fmt.Errorf("the state's place in the data is unreadable: %w", err)
	}
	order, err := data.Reseed(old, r.Seed)
	if err != nil {
		return err
	}
	b.Meta["random"], b.Meta["order"] = string(random), base64.StdEncoding.EncodeToString(order)
	if b.Meta[shownSeed] == "" {
		b.Meta[shownSeed] = strconv.FormatUint(in.Recipe.Seed, 10)
	}
	return nil
}
