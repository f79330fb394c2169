package past

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"math"
	"strconv"
	"testing"

	"ganvas/core/config"
	"ganvas/core/sample"
	"ganvas/core/weights"
	"ganvas/core/wire"
)

func sheet(side int) *wire.Sheet {
	return &wire.Sheet{Sample: sample.Gray(side, side), Fakes: 2, Reals: 1}
}

func pixels(side, step int) []byte {
	b := bytes.Repeat([]byte{byte(step)}, 2*side*side)
	return append(b, bytes.Repeat([]byte{7}, side*side)...)
}

func file(bytes int) *weights.File {
	return &weights.File{Tensors: []weights.Tensor{{Name: "w", DType: weights.F32, Shape: []int{bytes / 4}, Data: make([]byte, bytes)}}}
}

// However long the run and however large its pictures and states, the bounds hold, the newest is there, and no stretch of
// the run is left bare: no gap is more than three times what evenly spread memories would have.
func TestThinning(t *testing.T) {
	for _, c := range []struct{ side, every, n, state int }{
		{3, 1, 50, 1000}, {3, 1, 5000, 1000}, {28, 7, 3000, 36 << 20}, {400, 3, 700, 9 << 20}, {5, 1, 2, 200 << 20}, {3, 250, 999, 12 << 20},
	} {
		var p Past
		state := file(c.state)
		for k := 0; k <= c.n; k++ {
			p.AddMoment(Moment{Step: k * c.every, Sheet: sheet(c.side)}, pixels(c.side, k))
			p.AddState(k*c.every, state)
			if len(p.Moments) > MostMoments || p.momentBytes() > MostMomentBytes && len(p.Moments) > 1 {
				t.Fatalf("%+v: %d moments of %d bytes are kept after %d", c, len(p.Moments), p.momentBytes(), k)
			}
			if n := len(p.States); n > MostStates || n > 1 && p.Bytes() > MostBytes {
				t.Fatalf("%+v: %d states are kept after %d, %d bytes together", c, n, k, p.Bytes())
			}
			moments, states := p.Steps()
			spread(t, moments, k*c.every, c.every)
			spread(t, states, k*c.every, c.every)
		}
	}
}

func spread(t *testing.T, steps []int, newest, every int) {
	t.Helper()
	if len(steps) == 0 || steps[len(steps)-1] != newest {
		t.Fatalf("step %d is not remembered: %v", newest, steps)
	}
	if len(steps) == 1 {
		return
	}
	if steps[0] != 0 {
		t.Fatalf("the beginning is forgotten: %v", steps)
	}
	even := max(every, newest/(len(steps)-1))
	for i := 1; i < len(steps); i++ {
		if gap := steps[i] - steps[i-1]; gap <= 0 || gap > 3*even+every {
			t.Fatalf("a gap of %d steps, evenly spread they would be %d: %v", gap, even, steps)
		}
	}
}

func TestRealsAreKeptOnce(t *testing.T) {
	var p Past
	for k := range 3 {
		p.AddMoment(Moment{Step: k, Sheet: sheet(4)}, pixels(4, k))
	}
	if &p.Moments[0].Reals[0] != &p.Moments[2].Reals[0] {
		t.Error("each moment has its own copy of the real samples")
	}
	if !bytes.Equal(p.Moments[1].Fakes, pixels(4, 1)[:32]) || !bytes.Equal(p.Moments[1].Reals, pixels(4, 1)[32:]) {
		t.Error("a moment's pictures are not those that it was given")
	}
}

func TestNearest(t *testing.T) {
	var p Past
	if _, ok := p.MomentAt(3); ok {
		t.Error("a run without a past has a moment")
	}
	if _, ok := p.StateAt(3); ok {
		t.Error("a run without a past has a state")
	}
	for _, step := range []int{0, 10, 30} {
		p.AddMoment(Moment{Step: step, Sheet: sheet(3)}, pixels(3, step))
		p.AddState(step, file(8))
	}
	for step, want := range map[int]int{-4: 0, 0: 0, 5: 0, 6: 10, 20: 10, 21: 30, 900: 30} {
		m, _ := p.MomentAt(step)
		s, _ := p.StateAt(step)
		if m.Step != want || s.Step != want {
			t.Errorf("nearest to step %d are moment %d and state %d, want %d", step, m.Step, s.Step, want)
		}
	}
}

func TestCutForgetsTheFuture(t *testing.T) {
	var p Past
	for step := range 101 {
		p.AddMoment(Moment{Step: step, Sheet: sheet(3)}, pixels(3, step))
		p.AddState(step, file(8))
		p.Log.Add(Row{Step: step})
		p.Log.Measured(step, map[string]float64{"recall": 0.5})
	}
	p.Cut(Mark{Step: 70, Field: "lr_d"})
	p.Cut(Mark{Step: 40, Field: "lr_g"})
	moments, states := p.Steps()
	if moments[len(moments)-1] > 40 || states[len(states)-1] > 40 || p.Log.rows[len(p.Log.rows)-1].Step != 40 || p.Log.measured[len(p.Log.measured)-1].Step != 40 {
		t.Errorf("after going back to step 40 there are moments up to %d, states up to %d, rows up to %d", moments[len(moments)-1], states[len(states)-1], p.Log.rows[len(p.Log.rows)-1].Step)
	}
	if len(p.Marks) != 1 || p.Marks[0].Field != "lr_g" {
		t.Errorf("the marks are %v: that of step 70 lies in the forgotten future", p.Marks)
	}
}

// A run that diverged goes on from an earlier step without having been told to branch.
func TestGoingBackForgetsTheFuture(t *testing.T) {
	var p Past
	for _, step := range []int{0, 10, 20, 30, 10} {
		p.AddMoment(Moment{Step: step, Sheet: sheet(3)}, pixels(3, step))
		p.AddState(step, file(8))
		p.Log.Add(Row{Step: step})
	}
	moments, states := p.Steps()
	if len(moments) != 2 || len(states) != 2 || p.Log.Len() != 2 || moments[1] != 10 || states[1] != 10 {
		t.Errorf("back at step 10 the moments are %v, the states %v, and there are %d rows", moments, states, p.Log.Len())
	}
}

// Of pictures in colour all channels are remembered, and points with D's field behind them.
func TestMomentsOfColours(t *testing.T) {
	var p Past
	colours := &wire.Sheet{Sample: sample.Shape{Channels: 3, Height: 2, Width: 2}, Fakes: 2, Reals: 1}
	p.AddMoment(Moment{Step: 1, Sheet: sheet(2)}, pixels(2, 1))
	p.AddMoment(Moment{Step: 2, Sheet: colours}, bytes.Repeat([]byte{5}, 36))
	if len(p.Moments) != 1 || len(p.Moments[0].Fakes) != 24 || len(p.Moments[0].Reals) != 12 || len(p.Moments[0].Field) != 0 {
		t.Errorf("behind gray pictures of the same size: %+v", p.Moments)
	}
	p.AddMoment(Moment{Step: 3, Sheet: &wire.Sheet{Sample: sample.Plane, Fakes: 2, Reals: 1, Field: 3}}, bytes.Repeat([]byte{5}, 15))
	if m := p.Moments[len(p.Moments)-1]; len(p.Moments) != 1 || len(m.Fakes) != 4 || len(m.Reals) != 2 || len(m.Field) != 9 {
		t.Errorf("points: %+v", p.Moments)
	}
}

func TestAnotherSizeStartsAnew(t *testing.T) {
	var p Past
	p.AddMoment(Moment{Step: 1, Sheet: sheet(3)}, pixels(3, 1))
	p.AddMoment(Moment{Step: 2, Sheet: sheet(4)}, pixels(4, 2))
	if len(p.Moments) != 1 || p.Moments[0].Step != 2 {
		t.Errorf("%d moments of two sizes", len(p.Moments))
	}
}

func TestLogTables(t *testing.T) {
	var l Log
	for step := 1; step <= 5; step++ {
		l.Add(Row{Step: step, Epoch: 1, Images: 10 * step, Point: wire.Point{LossD: float64(step), LossG: 0.5, PReal: 0.25, PFake: math.NaN(), Right: 0.5}})
	}
	l.Measured(3, map[string]float64{"recall": 0.75, "covered": 9})
	l.Measured(5, map[string]float64{"recall": 0.5})
	rows, err := csv.NewReader(bytes.NewReader(l.CSV())).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := [][]string{
		{"step", "epoch", "images", "loss_d", "loss_g", "p_real", "p_fake", "d_right", "covered", "recall"},
		{"1", "1", "10", "1", "0.5", "0.25", "", "0.5", "", ""}, {"2", "1", "20", "2", "0.5", "0.25", "", "0.5", "", ""}, {"3", "1", "30", "3", "0.5", "0.25", "", "0.5", "9", "0.75"},
		{"4", "1", "40", "4", "0.5", "0.25", "", "0.5", "", ""}, {"5", "1", "50", "5", "0.5", "0.25", "", "0.5", "", "0.5"},
	}
	if len(rows) != len(want) {
		t.Fatalf("%d lines, want %d", len(rows), len(want))
	}
	for i := range want {
		for k := range want[i] {
			if rows[i][k] != want[i][k] {
				t.Errorf("line %d, column %s is %q, want %q", i, want[0][k], rows[i][k], want[i][k])
			}
		}
	}
	r, _ := config.FindPreset("classic")
	b, err := l.JSON(r)
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Recipe   config.Recipe     `json:"recipe"`
		Columns  map[string]string `json:"columns"`
		Order    []string          `json:"order"`
		Rows     [][]*float64      `json:"rows"`
		Measured []Measurement     `json:"measured"`
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	if !got.Recipe.Equal(r) || len(got.Rows) != 5 || *got.Rows[4][3] != 5 || got.Rows[4][6] != nil || len(got.Measured) != 2 || got.Columns[got.Order[6]] == "" {
		t.Errorf("the object is %s", b)
	}
}

// A long run's log stays within bounds, ends with the newest step, and its means are the run's.
func TestLongLog(t *testing.T) {
	var l Log
	const steps = 5*mostRows + 3
	for step := 1; step <= steps; step++ {
		l.Add(Row{Step: step, Point: wire.Point{LossD: float64(step)}})
		l.Measured(step, map[string]float64{"recall": 1})
	}
	if l.Len() > mostRows || len(l.measured) > mostMeasured || l.rows[l.Len()-1].Step != steps || l.measured[len(l.measured)-1].Step != steps {
		t.Fatalf("%d rows up to step %d, %d measurements", l.Len(), l.rows[l.Len()-1].Step, len(l.measured))
	}
	sum, n := 0.0, 0
	for _, r := range l.rows {
		sum, n = sum+float64(r.steps)*r.Point.LossD, n+r.steps
	}
	if n != steps || math.Abs(sum/steps-(steps+1)/2.0) > 1e-6*steps {
		t.Errorf("the rows stand for %d steps with mean %s, want %d with %v", n, strconv.FormatFloat(sum/steps, 'g', -1, 64), steps, (steps+1)/2.0)
	}
}
