package pictures

import (
	"fmt"
	"strings"
)

// Report is what was found where pictures were looked for.
type Report struct {
	Gray, Colour int    // pictures, by the channels that they had; all become gray
	Clear        int    // pictures with transparent parts
	Ground       string // what the transparent ones lie on now
	Turned       int    // as their EXIF data say
	Margin       string // of a sheet
	Classes      []string
	Skipped      Skipped
}

// String says what became of the pictures, in parts of a sentence with commas between; "" where there is nothing to say.
func (r *Report) String() string {
	var parts []string
	if r.Colour > 0 && r.Gray > 0 {
		parts = append(parts, fmt.Sprintf("%d in colour and %d gray, all made gray", r.Colour, r.Gray))
	} else if r.Colour > 0 {
		parts = append(parts, "colour made gray")
	}
	if r.Clear > 0 {
		parts = append(parts, fmt.Sprintf("%d transparent, on %s", r.Clear, r.Ground))
	}
	if r.Turned > 0 {
		parts = append(parts, fmt.Sprintf("%d turned as their EXIF data say", r.Turned))
	}
	if r.Margin != "" {
		parts = append(parts, r.Margin)
	}
	return strings.Join(parts, ", ")
}

// Skipped is what was left out, counted by reason, with the first names of each.
type Skipped struct {
	reasons []string
	of      map[string]*skipped
}

type skipped struct {
	n     int
	names []string
}

// named is how many names stand beside a reason.
const named = 3

// Add counts what is left out for a reason, by name.
func (s *Skipped) Add(reason string, names ...string) {
	for _, name := range names {
		s.add(reason, name)
	}
}

func (s *Skipped) add(reason, name string) { s.addN(reason, 1, name) }

func (s *Skipped) addN(reason string, n int, names ...string) {
	if s.of == nil {
		s.of = map[string]*skipped{}
	}
	group := s.of[reason]
	if group == nil {
		group = &skipped{}
		s.of[reason] = group
		s.reasons = append(s.reasons, reason)
	}
	group.n += n
	for _, name := range names {
		if len(group.names) <= named {
			group.names = append(group.names, name)
		}
	}
}

// String lists the reasons, such as "2 hidden (.a, .b); 1 that is empty (x.dat)"; "" where nothing was left out.
func (s *Skipped) String() string {
	var parts []string
	for _, reason := range s.reasons {
		g := s.of[reason]
		text := fmt.Sprintf("%d %s", g.n, reason)
		if names := g.names; len(names) > named {
			text += fmt.Sprintf(" (%s, …)", strings.Join(names[:named], ", "))
		} else if len(names) > 0 {
			text += fmt.Sprintf(" (%s)", strings.Join(names, ", "))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// since is the list after that word, "" where it is empty.
func (s *Skipped) since(word string) string {
	if list := s.String(); list != "" {
		return word + list
	}
	return ""
}
