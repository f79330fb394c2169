package session

import (
	"encoding/json"
	"fmt"
	"strconv"

	"ganvas/core/config"
)

// Choice is a recipe as a command asks for it: a preset's, or classic's for "", with fields of its own.
type Choice struct {
	Preset string         `json:"preset,omitempty"`
	Recipe map[string]any `json:"recipe,omitempty"`
}

func (c Choice) recipe() (config.Recipe, error) {
	name := c.Preset
	if name == "" {
		name = "classic"
	}
	r, err := config.FindPreset(name)
	if err != nil {
		return r, err
	}
	for field, v := range c.Recipe {
		if err := r.Set(field, text(v)); err != nil {
			return r, err
		}
	}
	return r, r.Validate()
}

// text is a JSON value in the form that a field takes.
func text(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		out := ""
		for i, x := range v {
			if i > 0 {
				out += "-"
			}
			out += text(x)
		}
		return out
	case float64: // whole numbers without an exponent
		return strconv.FormatFloat(v, 'f', -1, 64)
	default:
		return fmt.Sprint(v)
	}
}

// chosen is the choice that gives just that recipe.
func chosen(r config.Recipe) Choice {
	var m map[string]any
	if json.Unmarshal(r.JSON(), &m) != nil {
		panic("session: a recipe is always a JSON object")
	}
	m["seed"] = fmt.Sprint(r.Seed) // more digits than a float64 has
	return Choice{Recipe: m}
}
