package latent

import (
	"cmp"
	"math"
	"slices"
)

// Key names a picture.
type Key struct {
	Kind    Kind
	I, J, K int // of the field: it stands at (I, J)·2^−K; of the strip: the I-th
}

// Kind says where a picture is shown.
type Kind int

const (
	Field Kind = iota
	Strip
	Here
)

// Tile is the field's picture at (i, j)·2^−k under its one name: the same place on a finer level is the same picture.
func Tile(i, j, k int) Key {
	for k > coarsest && i%2 == 0 && j%2 == 0 {
		i, j, k = i/2, j/2, k-1
	}
	return Key{Field, i, j, k}
}

// UV is where in the plane a picture of the field stands.
func (k Key) UV() (u, v float64) {
	return math.Ldexp(float64(k.I), -k.K), math.Ldexp(float64(k.J), -k.K)
}

// Cell is a picture of the field and how it is drawn now: around X, Y, W × H.
type Cell struct {
	Key
	X, Y, W, H float64
}

// Cells are those of a level that the view shows, the ones in its middle first.
func (v View) Cells(level int) []Cell {
	w, h := v.Cell(level)
	step := math.Ldexp(1, -level)
	uLow, vLow := v.Plane(v.Field.X, v.Field.Bottom())
	uHigh, vHigh := v.Plane(v.Field.Right(), v.Field.Y)
	var cells []Cell
	for j := int(math.Ceil(vLow/step - 0.5)); float64(j) <= vHigh/step+0.5; j++ {
		for i := int(math.Ceil(uLow/step - 0.5)); float64(i) <= uHigh/step+0.5; i++ {
			x, y := v.Screen(float64(i)*step, float64(j)*step)
			cells = append(cells, Cell{Tile(i, j, level), x, y, w, h})
		}
	}
	midX, midY := v.Field.X+v.Field.W/2, v.Field.Y+v.Field.H/2
	slices.SortStableFunc(cells, func(a, b Cell) int {
		return cmp.Compare(math.Hypot((a.X-midX)/v.Aspect, a.Y-midY), math.Hypot((b.X-midX)/v.Aspect, b.Y-midY))
	})
	return cells
}

// Layers are the cells of the drawn level and of two coarser ones, coarsest first: so they are asked for, and so they are
// drawn over each other.
func (v View) Layers() (layers [][]Cell) {
	for level := max(coarsest, v.Level()-2); level <= v.Level(); level++ {
		layers = append(layers, v.Cells(level))
	}
	return layers
}

// Rows are the pictures that the field shows whole, line by line from the top, and how many are in a line.
func (v View) Rows() (keys []Key, columns int) {
	cells := slices.DeleteFunc(v.Cells(v.Level()), func(c Cell) bool {
		return c.X-c.W/2 < v.Field.X-1 || c.Y-c.H/2 < v.Field.Y-1 || c.X+c.W/2 > v.Field.Right()+1 || c.Y+c.H/2 > v.Field.Bottom()+1
	})
	slices.SortFunc(cells, func(a, b Cell) int {
		if math.Abs(a.Y-b.Y) > a.H/2 {
			return cmp.Compare(a.Y, b.Y)
		}
		return cmp.Compare(a.X, b.X)
	})
	for _, c := range cells {
		keys = append(keys, c.Key)
		if math.Abs(c.Y-cells[0].Y) < c.H/2 {
			columns++
		}
	}
	return keys, columns
}
