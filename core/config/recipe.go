// Package config names everything that decides a training run: the recipe, its fields with their allowed values, and
// the presets. Flags, page controls, the page's URL and checkpoint metadata all use these names.
package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
)

// Recipe is everything that decides a training run but the data themselves. Its JSON form is what checkpoints and
// traces carry. Field documentation, ranges and choices stand in [Fields].
type Recipe struct {
	Arch           string  `json:"arch"`
	Noise          int     `json:"noise"`
	Generator      []int   `json:"generator"`        // hidden widths or feature maps, noise side first
	Layers         string  `json:"layers,omitempty"` // the generator written out, in place of arch's and Generator's
	Discriminator  []int   `json:"discriminator"`    // likewise, image side first
	Norm           string  `json:"norm"`
	Leak           float64 `json:"leak"`
	Dropout        float64 `json:"dropout"`
	Loss           string  `json:"loss"`
	LabelSmoothing float64 `json:"label_smoothing"`
	Packing        int     `json:"packing"`
	Conditional    bool    `json:"conditional"`
	LabelMode      string  `json:"label_mode"`
	Optimizer      string  `json:"optimizer"`
	LRG            float64 `json:"lr_g"`
	LRD            float64 `json:"lr_d"`
	LRDecay        float64 `json:"lr_decay"`
	Schedule       string  `json:"schedule"`
	WarmUp         float64 `json:"warm_up"`
	Hold           float64 `json:"hold"`
	Anneal         float64 `json:"anneal"`
	Beta1          float64 `json:"beta1"`
	Beta2          float64 `json:"beta2"`
	Beta2End       float64 `json:"beta2_end"`
	Eps            float64 `json:"eps"`
	Clip           float64 `json:"clip"`
	GPWeight       float64 `json:"gp_weight"`
	R1Weight       float64 `json:"r1_weight"`
	R2Weight       float64 `json:"r2_weight"`
	GPDecay        float64 `json:"gp_decay"`
	Drift          float64 `json:"drift"`
	DSteps         int     `json:"d_steps"`
	GSteps         int     `json:"g_steps"`
	Batch          int     `json:"batch"`
	EMA            float64 `json:"ema"`
	EMAEnd         float64 `json:"ema_end"`
	InstanceNoise  float64 `json:"instance_noise"`
	Augment        string  `json:"augment"`
	AugmentP       float64 `json:"augment_p"`
	StageImages    int     `json:"stage_images"`
	Epochs         int     `json:"epochs"`
	Seed           uint64  `json:"seed"`
	Dataset        string  `json:"dataset"`
}

// Parse reads a recipe's JSON. Fields that it does not name have the classic preset's values; a name that no field has,
// a value of the wrong type or out of range is an error that names the field.
func Parse(b []byte) (Recipe, error) {
	var named map[string]json.RawMessage
	if err := json.Unmarshal(b, &named); err != nil {
		return Recipe{}, fmt.Errorf("the recipe is not a JSON object: %w", err)
	}
	r := classic()
	for name, v := range named {
		f := Find(name)
		if f == nil {
			return Recipe{}, noField(name, "the recipe has no field")
		}
		if err := json.Unmarshal(v, f.at(&r)); err != nil {
			return Recipe{}, fmt.Errorf("recipe field %s is %s: it must be %s", name, bytes.TrimSpace(v), f.Allowed())
		}
	}
	return r, r.Validate()
}

// JSON is the recipe's one encoding: every field, in the order of the struct.
func (r Recipe) JSON() []byte {
	b, err := json.Marshal(r)
	if err != nil {
		panic("config: a recipe always encodes")
	}
	return b
}

// Packs is how many rows of a batch D judges: what programs that share it can be given at most one of each.
func (r Recipe) Packs() int { return r.Batch / max(1, r.Packing) }

// Clone is a copy that shares no slice with r.
func (r Recipe) Clone() Recipe {
	r.Generator, r.Discriminator = slices.Clone(r.Generator), slices.Clone(r.Discriminator)
	return r
}

// Equal reports whether both recipes have the same value in every field.
func (r Recipe) Equal(o Recipe) bool { return bytes.Equal(r.JSON(), o.JSON()) }

// Diff names the fields in which the recipes differ.
func (r Recipe) Diff(o Recipe) []string {
	var d []string
	for i := range Fields {
		if f := &Fields[i]; f.Get(&r) != f.Get(&o) {
			d = append(d, f.Name)
		}
	}
	return d
}
