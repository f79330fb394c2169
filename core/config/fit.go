package config

import (
	"slices"

	"ganvas/core/data"
	"ganvas/core/sample"
)

// Fitted is the recipe with its widths made as deep as samples of a shape need (see arch.Plan.Fitted).
func (r Recipe) Fitted(s sample.Shape) Recipe {
	r = r.Clone()
	g, d := r.Plan().Fitted(s)
	r.Generator, r.Discriminator = slices.Clone(g), slices.Clone(d)
	return r
}

// MadeFor is the shape of the samples that the recipe's own data set has; zeros where that is somebody's own.
func (r Recipe) MadeFor() sample.Shape {
	if known := data.Find(r.Dataset); known != nil {
		return known.Sample
	}
	return sample.Shape{}
}
