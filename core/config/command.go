package config

import "strings"

// Nearest is the preset that the recipe differs from in the fewest fields, and those fields.
func (r Recipe) Nearest() (best Preset, diff []string) {
	for i, p := range Presets {
		if d := r.Diff(p.make()); i == 0 || len(d) < len(diff) {
			best, diff = p, d
		}
	}
	return best, diff
}

// Command is the command that trains the recipe: the nearest preset, and a flag for every field that differs.
func (r Recipe) Command() string {
	best, diff := r.Nearest()
	words := []string{"go run ./native train --preset", best.Name}
	for _, name := range diff {
		f := Find(name)
		words = append(words, "--"+f.Flag(), f.Get(&r))
	}
	return strings.Join(words, " ")
}
