package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
)

// Table is what came of the candidates as a Markdown table, the soonest first. A candidate's steps and seconds are the
// median of its runs, one that did not pass counting as longest of all.
func Table(all []*Result) string {
	var b strings.Builder
	b.WriteString("| candidate | recipe | ms a step | passed | steps: median (each run) | seconds |\n|---|---|---|---|---|---|\n")
	for _, r := range rows(all) {
		steps, seconds := "–", "–"
		if !math.IsInf(r.steps, 1) {
			steps, seconds = fmt.Sprintf("%.0f", r.steps), fmt.Sprintf("%.1f", r.steps*r.ms/1000)
		}
		fmt.Fprintf(&b, "| %s | `%s` | %.1f | %d of %d | %s (%s) | %s |\n", r.name, r.command, r.ms, r.passed, len(r.each), steps, strings.Join(r.each, ", "), seconds)
	}
	return b.String()
}

// row is all runs of one candidate.
type row struct {
	name, command string
	ms, steps     float64 // medians
	passed        int
	each          []string // run by run, the step at which it passed, or how far it came
}

// rows gathers the runs by their candidate.
func rows(all []*Result) (rows []row) {
	byName := map[string][]*Result{}
	for _, r := range all {
		byName[r.Name] = append(byName[r.Name], r)
	}
	for name, runs := range byName {
		recipe := runs[0].Recipe.Clone()
		recipe.Seed = 1
		r := row{name: name, command: strings.TrimPrefix(recipe.Command(), "go run ./native train ")}
		var ms, steps []float64
		for _, run := range runs {
			ms = append(ms, run.Ms)
			at, text := math.Inf(1), "none"
			if n := len(run.Looks); n > 0 {
				text = fmt.Sprint("> ", run.Looks[n-1].Step)
			}
			if run.Passed > 0 {
				at, text = float64(run.Passed), fmt.Sprint(run.Passed)
				r.passed++
			}
			steps, r.each = append(steps, at), append(r.each, text)
		}
		r.ms, r.steps = middle(ms), middle(steps)
		rows = append(rows, r)
	}
	slices.SortFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.steps*a.ms, b.steps*b.ms), cmp.Compare(b.passed, a.passed), cmp.Compare(a.name, b.name))
	})
	return rows
}

// middle is the median of values that are not empty; the larger one of the middle two.
func middle(v []float64) float64 {
	slices.Sort(v)
	return v[len(v)/2]
}
