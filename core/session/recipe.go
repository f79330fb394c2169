package session

import (
	"encoding/json"
	"fmt"
	"strconv"

	"ganvas/core/config"
	"ganvas/core/wire"
)

// recipe is the one that a command asks for: a preset's, or classic's, with fields of its own.
func recipe(c wire.Command) (config.Recipe, error) {
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

// asMap is a recipe in the form in which a command carries it.
func asMap(r config.Recipe) map[string]any {
	var m map[string]any
	if json.Unmarshal(r.JSON(), &m) != nil {
		panic("train: a recipe is always a JSON object")
	}
	m["seed"] = fmt.Sprint(r.Seed) // more digits than a float64 has
	return m
}
