package net

import "strconv"

// Place is somewhere in a network that can be looked into: behind a layer with weights and the layers without any that
// follow it, or behind what comes before all weights.
type Place struct {
	Name   string  // its parameters' name without the last part, such as "3" or "2.main.1"; "input" before all layers
	Layers []Layer // in order; none for an input that nothing is done to
	In     Shape   // of one sample, before the first of them
	Out    Shape   // and behind the last
	Weight Param   // the learned weight under its full name; Size 0 and no Name where there is none
}

// Numbered is the number that nn.Sequential gives each layer.
func Numbered(layers []Layer) []string {
	names, k := make([]string, len(layers)), 0
	for i, l := range layers {
		names[i] = strconv.Itoa(k)
		if _, outside := l.(Outside); !outside {
			k++
		}
	}
	return names
}
