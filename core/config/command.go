package config

import "strings"

// Command is the command that trains the recipe: the preset that is nearest to it, and a flag for every field that
// differs.
func (r Recipe) Command() string {
	var best Preset
	var diff []string
	for i, p := range Presets {
		if d := r.Diff(p.make()); i == 0 || len(d) < len(diff) {
			best, diff = p, d
		}
	}
	words := []string{"go run ./native train --preset", best.Name}
	for _, name := range diff {
		words = append(words, "--"+name, Find(name).Get(&r))
	}
	return strings.Join(words, " ")
}
