package inside

import (
	"fmt"

	"ganvas/core/wire"
)

// label names a value under the pointer: what it is, its unit, its picture where a unit has several, its row and column.
func label(what string, t *wire.Tiles, s spot, v float64) string {
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
	return fmt.Sprintf("%s %s = %.3g", name, at, v)
}
