package config

import (
	"encoding/json"

	"ganvas/core/arch"
	"ganvas/core/data"
	"ganvas/core/loss"
)

// Described is one preset with its recipe, for pages.
type Described struct {
	Preset
	Recipe Recipe `json:"recipe"`
}

// Describe is the tables of fields, presets, data sets, losses, architectures and norms as JSON, from which a page makes its controls.
func Describe() []byte {
	presets := make([]Described, len(Presets))
	for i, p := range Presets {
		presets[i] = Described{p, p.Recipe()}
	}
	b, err := json.Marshal(map[string]any{"fields": Fields, "presets": presets, "datasets": data.Sets, "losses": loss.Rows, "archs": arch.Rows, "norms": arch.Norms})
	if err != nil {
		panic("config: the tables always encode")
	}
	return b
}
