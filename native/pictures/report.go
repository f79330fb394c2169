package pictures

import (
	"fmt"
	"strings"
)

// Report is what was found where pictures were looked for.
type Report struct {
	Gray, Colour int    // pictures, by whether any pixel has a colour
	Kept         bool   // the samples are in colour
	Clear        int    // pictures with transparent parts
	Ground       string // what the transparent ones lie on now
	Turned       int    // as their EXIF data say
	Margin       string // of a sheet
	Classes      []string
	Skipped      Skipped
	sides        sides // of all pictures, before they were scaled
	scaled       bool  // some had another size than the samples
}

// sides are the shortest and the longest side of pictures.
type sides struct{ least, most int }

// count adds a picture that was decoded.
func (r *Report) count(p picture) {
	if p.colour {
		r.Colour++
	} else {
		r.Gray++
	}
	if p.alpha != nil {
		r.Clear++
	}
	if p.turned {
		r.Turned++
	}
	if r.sides.least == 0 || min(p.w, p.h) < r.sides.least {
		r.sides.least = min(p.w, p.h)
	}
	r.sides.most = max(r.sides.most, p.w, p.h)
}

// String says what became of the pictures, in parts of a sentence with commas between; "" where there is nothing to say.
func (r *Report) String() string {
	var parts []string
	switch {
	case r.Colour > 0 && r.Gray > 0 && r.Kept:
		parts = append(parts, fmt.Sprintf("%d in colour and %d gray", r.Colour, r.Gray))
	case r.Colour > 0 && r.Gray > 0:
		parts = append(parts, fmt.Sprintf("%d in colour and %d gray, all made gray", r.Colour, r.Gray))
	case r.Colour > 0 && !r.Kept:
		parts = append(parts, "colour made gray")
	}
	if r.scaled && r.sides.least == r.sides.most {
		parts = append(parts, fmt.Sprintf("scaled from %d×%d", r.sides.most, r.sides.most))
	} else if r.scaled {
		parts = append(parts, fmt.Sprintf("scaled from sides of %d to %d", r.sides.least, r.sides.most))
	}
	if r.Clear > 0 && r.Ground != "" {
		parts = append(parts, fmt.Sprintf("%d transparent, on %s", r.Clear, r.Ground))
	} else if r.Clear > 0 {
		parts = append(parts, fmt.Sprintf("%d transparent", r.Clear))
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
