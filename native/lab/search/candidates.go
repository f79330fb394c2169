package main

import (
	_ "embed"
	"fmt"
	"strings"

	"ganvas/core/config"
)

// Candidates is the list that the quick preset was found in, in the form that Parse takes.
//
//go:embed candidates.txt
var Candidates string

// Candidate is a recipe under a name.
type Candidate struct {
	Name   string
	Recipe config.Recipe
}

// Parse reads a list of candidates, one a line: a name, a preset, and the fields that differ from it as field=value.
// What follows a # is a remark.
func Parse(text string) (all []Candidate, err error) {
	seen := map[string]bool{}
	for i, line := range strings.Split(text, "\n") {
		line, _, _ = strings.Cut(line, "#")
		words := strings.Fields(line)
		if len(words) == 0 {
			continue
		}
		if len(words) < 2 {
			return nil, fmt.Errorf("line %d of the candidates: a name and a preset are needed, then fields such as lr_g=0.002", i+1)
		}
		c := Candidate{Name: words[0]}
		if seen[c.Name] {
			return nil, fmt.Errorf("line %d of the candidates: the name %s stands there twice", i+1, c.Name)
		}
		seen[c.Name] = true
		if c.Recipe, err = config.FindPreset(words[1]); err != nil {
			return nil, fmt.Errorf("line %d of the candidates: %w", i+1, err)
		}
		for _, word := range words[2:] {
			field, value, _ := strings.Cut(word, "=")
			if err := c.Recipe.Set(field, value); err != nil {
				return nil, fmt.Errorf("line %d of the candidates: %w", i+1, err)
			}
		}
		if err := c.Recipe.Validate(); err != nil {
			return nil, fmt.Errorf("line %d of the candidates: %w", i+1, err)
		}
		all = append(all, c)
	}
	return all, nil
}
