package past

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"

	"ganvas/core/config"
	"ganvas/core/wire"
)

// Bounds on the log: with more rows, neighbours are joined two by two; with more measurements, every second one goes.
const (
	mostRows     = 1 << 16
	mostMeasured = 1 << 11
)

// Columns are the log's columns and what stands in them, in order; after them come the measurements, by their names.
var Columns = [][2]string{
	{"step", "training steps done; where a row stands for several steps, the last of them"},
	{"epoch", "pass over the data set that the step was in, from 1"},
	{"images", "real images that the discriminator has seen"},
	{"loss_d", "the discriminator's loss, mean of the row's steps"},
	{"loss_g", "the generator's loss, mean of the row's steps"},
	{"p_real", "mean of sigmoid(D(x)) over the batch's real images; of D(x) itself with a loss whose D gives scores"},
	{"p_fake", "mean of sigmoid(D(G(z))) over the batch's fakes; of D(G(z)) itself with a loss whose D gives scores"},
	{"d_right", "share of the batch's real images and fakes that the discriminator took for what they are"},
}

// Row is one step, or the means of some that follow each other.
type Row struct {
	Step, Epoch, Images int
	Point               wire.Point
	steps               int
}

// Measurement is what images made at a step came to.
type Measurement struct {
	Step    int                `json:"step"`
	Metrics map[string]float64 `json:"metrics"`
}

// Log is what a run's steps measured.
type Log struct {
	rows     []Row
	each     int // steps a row
	measured []Measurement
}

// Add appends a step. A run that has gone back forgets what came after.
func (l *Log) Add(r Row) {
	if n := len(l.rows); n > 0 && l.rows[n-1].Step >= r.Step {
		l.cut(r.Step - 1)
	}
	l.each = max(l.each, 1)
	r.steps = 1
	if n := len(l.rows); n > 0 && l.rows[n-1].steps < l.each {
		l.rows[n-1] = join(l.rows[n-1], r)
		return
	}
	l.rows = append(l.rows, r)
	if len(l.rows) <= mostRows {
		return
	}
	l.each *= 2
	kept := l.rows[:0]
	for i := 0; i < len(l.rows); i += 2 {
		if i+1 < len(l.rows) {
			kept = append(kept, join(l.rows[i], l.rows[i+1]))
		} else {
			kept = append(kept, l.rows[i])
		}
	}
	l.rows = kept
}

// join is the row of both rows' steps.
func join(a, b Row) Row {
	n, m := float64(a.steps), float64(b.steps)
	mean := func(x, y float64) float64 { return (n*x + m*y) / (n + m) }
	p, q := a.Point, b.Point
	b.Point = wire.Point{LossD: mean(p.LossD, q.LossD), LossG: mean(p.LossG, q.LossG), PReal: mean(p.PReal, q.PReal), PFake: mean(p.PFake, q.PFake), Right: mean(p.Right, q.Right)}
	b.steps += a.steps
	return b
}

// Measured appends a measurement.
func (l *Log) Measured(step int, metrics map[string]float64) {
	l.measured = append(l.measured, Measurement{step, metrics})
	if len(l.measured) <= mostMeasured {
		return
	}
	kept := l.measured[:0]
	for i := len(l.measured) % 2; i < len(l.measured); i += 2 {
		kept = append(kept, l.measured[i])
	}
	l.measured = kept
}

// Len is how many rows there are.
func (l *Log) Len() int { return len(l.rows) }

func (l *Log) cut(step int) {
	for len(l.rows) > 0 && l.rows[len(l.rows)-1].Step > step {
		l.rows = l.rows[:len(l.rows)-1]
	}
	for len(l.measured) > 0 && l.measured[len(l.measured)-1].Step > step {
		l.measured = l.measured[:len(l.measured)-1]
	}
}

// names of everything that was measured, sorted.
func (l *Log) names() []string {
	seen := map[string]bool{}
	for _, m := range l.measured {
		for name := range m.Metrics {
			seen[name] = true
		}
	}
	names := make([]string, 0, len(seen))
	for name := range seen {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// CSV is the log as a table: a line of names, then a line for each row. A measurement stands in the row of its step, and
// is empty in the others; so is what was no number.
func (l *Log) CSV() []byte {
	names := l.names()
	var b []byte
	for i, c := range Columns {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, c[0]...)
	}
	for _, name := range names {
		b = append(append(b, ','), name...)
	}
	b = append(b, '\n')
	next := 0
	for i, r := range l.rows {
		for k, n := range []int{r.Step, r.Epoch, r.Images} {
			if k > 0 {
				b = append(b, ',')
			}
			b = strconv.AppendInt(b, int64(n), 10)
		}
		for _, v := range []float64{r.Point.LossD, r.Point.LossG, r.Point.PReal, r.Point.PFake, r.Point.Right} {
			b = number(append(b, ','), v)
		}
		var m map[string]float64
		for last := i == len(l.rows)-1; next < len(l.measured) && (last || l.measured[next].Step <= r.Step); next++ {
			m = l.measured[next].Metrics
		}
		for _, name := range names {
			b = append(b, ',')
			if v, ok := m[name]; ok {
				b = number(b, v)
			}
		}
		b = append(b, '\n')
	}
	return b
}

// number appends a value with the digits that tell it from its neighbours as float32, which is what was measured.
func number(b []byte, v float64) []byte {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return b
	}
	return strconv.AppendFloat(b, v, 'g', -1, 32)
}

// JSON is the log as one object: the recipe, what each column means, the rows as arrays in the columns' order, with null
// for what was no number, and the measurements.
func (l *Log) JSON(r config.Recipe) ([]byte, error) {
	type file struct {
		Recipe   config.Recipe     `json:"recipe"`
		Columns  map[string]string `json:"columns"`
		Order    []string          `json:"order"`
		Each     int               `json:"stepsPerRow"`
		Rows     [][]any           `json:"rows"`
		Measured []Measurement     `json:"measured"`
	}
	f := file{Recipe: r, Columns: map[string]string{}, Each: max(l.each, 1), Rows: make([][]any, len(l.rows)), Measured: append([]Measurement{}, l.measured...)}
	for _, c := range Columns {
		f.Columns[c[0]], f.Order = c[1], append(f.Order, c[0])
	}
	for i, r := range l.rows {
		f.Rows[i] = []any{r.Step, r.Epoch, r.Images, finite(r.Point.LossD), finite(r.Point.LossG), finite(r.Point.PReal), finite(r.Point.PFake), finite(r.Point.Right)}
	}
	return json.Marshal(f)
}

func finite(v float64) any {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return nil
	}
	return float32(v)
}
