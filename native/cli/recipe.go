package cli

import (
	"fmt"
	"reflect"
	"slices"
	"strings"

	"ganvas/core/config"
	"ganvas/core/sample"
)

// first is the fields that most people set, so that the short help has them.
var first = []string{"epochs", "batch", "seed"}

// recipeFlags is a pointer to a struct with one text flag for each recipe field, made from the table of fields, so that
// no field can lack its flag. Flags are written with hyphens; the fields' own names, with underscores, do as well.
func recipeFlags() any {
	fields := make([]reflect.StructField, len(config.Fields))
	for i, f := range config.Fields {
		tag := fmt.Sprintf(`name:%q help:%q placeholder:%q group:%q recipe:"" choices:%q`, f.Flag(), upper(f.Help)+": "+f.Allowed()+".", placeholder(f), groupRecipe+f.Group, strings.Join(f.Choices, ","))
		if f.Flag() != f.Name {
			tag += fmt.Sprintf(` aliases:%q`, f.Name)
		}
		if slices.Contains(first, f.Name) {
			tag += ` first:""`
		}
		fields[i] = reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: reflect.TypeFor[*string](), Tag: reflect.StructTag(tag)}
	}
	return reflect.New(reflect.StructOf(fields)).Interface()
}

// upper is a sentence's beginning.
func upper(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func placeholder(f config.Field) string {
	switch f.Kind {
	case config.Choice:
		return "NAME"
	case config.Bool:
		return "true|false"
	case config.Widths:
		return "N-N-…"
	}
	return "N"
}

// applyFlags puts the flags that were given into the recipe.
func applyFlags(r *config.Recipe, flags any) error {
	v := reflect.ValueOf(flags).Elem()
	for i, f := range config.Fields {
		if p := v.Field(i); !p.IsNil() {
			if err := r.Set(f.Name, p.Elem().String()); err != nil {
				return err
			}
		}
	}
	return r.Validate()
}

// given reports whether the flag of that field was on the command line.
func given(flags any, field string) bool {
	v := reflect.ValueOf(flags).Elem()
	for i, f := range config.Fields {
		if f.Name == field {
			return !v.Field(i).IsNil()
		}
	}
	return false
}

// fitted is a preset's recipe made as deep as samples of a shape need, where that is not the shape that the preset is for and
// no flag gives widths; it is to be said with what was found.
func fitted(w *world, r config.Recipe, preset string, flags any, shape sample.Shape) config.Recipe {
	if preset == "" {
		preset = "classic"
	}
	of, err := config.FindPreset(preset)
	if err != nil || of.MadeFor() == shape || given(flags, "generator") || given(flags, "discriminator") {
		return r
	}
	as := r.Fitted(shape)
	if !as.Equal(r) {
		w.found += fmt.Sprintf("Widths: generator %s and discriminator %s, as deep as pictures of %v need.\n", config.Find("generator").Get(&as), config.Find("discriminator").Get(&as), shape)
	}
	return as
}
