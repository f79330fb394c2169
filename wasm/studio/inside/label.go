package inside

import (
	"fmt"

	"ganvas/core/wire"
)

// label names a value under the pointer: what it is, its unit, its picture where a unit has several, its row and column; each of
// its colours where it has some.
func label(what string, t *wire.Tiles, s spot, values []float64) string {
	name := fmt.Sprintf("%s %d", what, t.From+s.unit+1)
	if t.Total == 1 && t.Each == 1 {
		name = what
	}
	if t.Each > 1 {
		name += fmt.Sprintf(" · %d", s.each+1)
	}
	at := fmt.Sprintf("[%d, %d]", s.y+1, s.x+1)
	if t.H == 1 {
		at = fmt.Sprintf("[%d]", s.x+1)
	}
	says := ""
	for i, v := range values {
		if i > 0 {
			says += ", "
		}
		says += fmt.Sprintf("%.3g", v)
	}
	return fmt.Sprintf("%s %s = %s", name, at, says)
}
