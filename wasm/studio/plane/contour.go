package plane

import "ganvas/wasm/studio/mesh"

// contour are the pieces of the line on which a field (n × n, rows from the bottom) has a value, each from a point to another,
// in parts of the square from its lower left corner. The field's values stand in the middles of its places.
func contour(field []float32, n int, value float32) [][2]mesh.Point {
	var pieces [][2]mesh.Point
	at := func(col, row float64) mesh.Point {
		return mesh.Point{X: (col + 0.5) / float64(n), Y: (row + 0.5) / float64(n)}
	}
	for row := range n - 1 {
		for col := range n - 1 {
			// The corners of a cell, around it.
			a, b := field[row*n+col]-value, field[row*n+col+1]-value
			c, d := field[(row+1)*n+col+1]-value, field[(row+1)*n+col]-value
			if (a < 0) == (b < 0) && (b < 0) == (c < 0) && (c < 0) == (d < 0) {
				continue
			}
			x, y := float64(col), float64(row)
			var crossed []mesh.Point
			for _, e := range [4]struct {
				from, to       float32
				x0, y0, x1, y1 float64
			}{{a, b, x, y, x + 1, y}, {b, c, x + 1, y, x + 1, y + 1}, {c, d, x + 1, y + 1, x, y + 1}, {d, a, x, y + 1, x, y}} {
				if (e.from < 0) != (e.to < 0) {
					t := float64(e.from / (e.from - e.to))
					crossed = append(crossed, at(e.x0+t*(e.x1-e.x0), e.y0+t*(e.y1-e.y0)))
				}
			}
			for i := 0; i+1 < len(crossed); i += 2 {
				pieces = append(pieces, [2]mesh.Point{crossed[i], crossed[i+1]})
			}
		}
	}
	return pieces
}
