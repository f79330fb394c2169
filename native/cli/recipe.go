package cli

import (
	"fmt"
	"reflect"
	"strings"

	"ganvas/core/config"
)

// recipeFlags is a pointer to a struct with one text flag for each recipe field, made from the table of fields, so that
// no field can lack its flag.
func recipeFlags() any {
	fields := make([]reflect.StructField, len(config.Fields))
	for i, f := range config.Fields {
		tag := fmt.Sprintf(`name:%q help:%q placeholder:%q group:"Recipe"`, f.Name, f.Help+": "+f.Allowed()+".", placeholder(f))
		if dashed := strings.ReplaceAll(f.Name, "_", "-"); dashed != f.Name {
			tag += fmt.Sprintf(` aliases:%q`, dashed)
		}
		fields[i] = reflect.StructField{Name: fmt.Sprintf("F%d", i), Type: reflect.TypeFor[*string](), Tag: reflect.StructTag(tag)}
	}
	return reflect.New(reflect.StructOf(fields)).Interface()
}

func placeholder(f config.Field) string {
	switch f.Kind {
	case config.Choice:
		return strings.Join(f.Choices, "|")
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
