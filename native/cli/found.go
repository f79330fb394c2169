package cli

import (
	"errors"
	"fmt"
	"strings"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/weights"
	"ganvas/native/pictures"
)

// classesListed is how many classes are named with their numbers.
const classesListed = 12

// sayFound says what was read from somebody's own data, once.
func (w *world) sayFound() {
	fmt.Fprint(w.err, w.found)
	w.found = ""
}

// describeData says in one line what was read from somebody's own data, and in others what is odd about them.
func describeData(path string, set *data.Set, rep *pictures.Report) string {
	look := set.Look()
	line := fmt.Sprintf("Data: %d pictures of %v", set.Len(), set.Shape())
	if set.Classes() > 0 {
		line += fmt.Sprintf(" in %d classes (%s)", set.Classes(), classesOf(look.Counts, rep.Classes))
	} else {
		line += " without classes"
	}
	line += " from " + path
	if found := rep.String(); found != "" {
		line += ": " + found
	}
	if left := rep.Skipped.String(); left != "" {
		line += "; left out: " + left
	}
	line = printable(line, "") + ".\n"
	if look.Flat > 0 {
		line += fmt.Sprintf("Of these pictures %d are of one shade all over: nothing is to be seen on them.\n", look.Flat)
	}
	if look.Few {
		line += "So few pictures are soon known by heart: --augment all helps, more pictures help more.\n"
	}
	return line
}

// classesOf lists how many samples each class has.
func classesOf(counts []int, names []string) string {
	var parts []string
	for k, n := range counts {
		if k == classesListed {
			parts = append(parts, "…")
			break
		}
		name := fmt.Sprint(k)
		if k < len(names) {
			name = names[k]
		}
		parts = append(parts, fmt.Sprintf("%s %d", name, n))
	}
	return strings.Join(parts, ", ")
}

// goOn resumes a run. Its own data must be those that it learned from, as far as the checkpoint knows them, unless others
// are accepted.
func (c *runFlags) goOn(w *world, e engine.Engine, f *weights.File, set *data.Set, r config.Recipe) (*run.Trainer, error) {
	if c.Accept {
		return run.ResumeOn(e, f, set, r)
	}
	t, err := run.ResumeAs(e, f, set, r)
	if errors.Is(err, run.ErrOtherData) {
		return nil, fmt.Errorf("%w: give those again, or go on with these by --accept-changed-data", err)
	}
	if err != nil {
		return nil, err
	}
	if in, err := run.Inspect(f); err == nil && in.Recipe.Dataset == run.Own && in.Digest == "" {
		fmt.Fprintln(w.err, "The checkpoint is of an earlier version and does not know its data by their content: whether these are the same is not checked.")
	}
	return t, nil
}
