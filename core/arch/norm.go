package arch

import "slices"

// Norm is a way to normalise what goes through a network.
type Norm struct {
	Name      string `json:"name"`
	Generator string `json:"generator,omitempty"` // what a generator has in its place; nothing where it has the same
	Mixes     bool   `json:"mixes"`               // a sample's value depends on the batch's others, so its own gradient does not exist
}

// Auto is the norm that stands for the architecture's own.
const Auto = "auto"

// Norms is the table of all norms, in the order in which they are offered.
var Norms = []Norm{
	{Name: Auto},
	{Name: "none"},
	{Name: "batch", Mixes: true},
	{Name: "layer", Generator: "batch"},
	{Name: "spectral", Generator: "batch"},
}

// NormNames are those of all norms, in the table's order.
func NormNames() []string {
	all := make([]string, len(Norms))
	for i := range Norms {
		all[i] = Norms[i].Name
	}
	return all
}

// normOf is the named norm.
func normOf(name string) Norm {
	i := slices.IndexFunc(Norms, func(n Norm) bool { return n.Name == name })
	if i < 0 {
		panic("arch: a norm that is not in the table")
	}
	return Norms[i]
}

// apart is which of some norms treat each sample by itself.
func apart(names []string) (all []string) {
	for _, name := range names {
		if !normOf(name).Mixes {
			all = append(all, name)
		}
	}
	return all
}
