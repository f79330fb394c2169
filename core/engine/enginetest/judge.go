package enginetest

import (
	"fmt"
	"math"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/loss"
	"ganvas/core/rng"
)

// judges holds an engine that computes losses against the losses in Go: values, gradients and statistics over scores of every size, of few
// rows and of more than a workgroup has threads, with and without a class head.
func judges(t *testing.T, e engine.Engine) {
	j, ok := e.(engine.Judging)
	if !ok {
		t.Skip("this engine leaves losses to the host")
	}
	for i := range loss.Rows {
		t.Run(loss.Rows[i].Name, func(t *testing.T) {
			for _, size := range []struct{ rows, outputs int }{{1, 1}, {37, 4}, {300, 1}} {
				for _, d := range []bool{true, false} {
					judged(t, e, j, &loss.Rows[i], d, size.rows, size.outputs)
				}
			}
		})
	}
	t.Run("reports", func(t *testing.T) { reports(t, e, j) })
}

// judgedCase is a case in an engine's memory, and the same in Go's.
type judgedCase struct {
	engine.Case
	real, fake []float32
	rows, outs int
}

func newJudged(e engine.Engine, row *loss.Row, d bool, rows, outputs int) *judgedCase {
	c := &judgedCase{Case: engine.Case{Loss: row, D: d, Smoothing: 0.1, Drift: 0.03}, rows: rows, outs: outputs, real: make([]float32, rows*outputs), fake: make([]float32, rows*outputs)}
	r := rng.New(3, "scores "+row.Name)
	for _, x := range [][]float32{c.real, c.fake} {
		r.Normal(x)
		for i := range rows { // from scores that leave everything open to those that leave nothing
			x[i*outputs] *= []float32{1, 0, 0.01, 30, 5}[i%5]
		}
	}
	c.Fake, c.DFake = filled(e, rows, outputs, c.fake), e.NewArray(rows, outputs)
	if d || row.GSeesReal {
		c.Real = filled(e, rows, outputs, c.real)
	}
	if d {
		c.DReal = e.NewArray(rows, outputs)
	}
	if outputs > 1 {
		c.RealLabels, c.FakeLabels = make([]int32, rows), make([]int32, rows)
		for i := range rows {
			c.RealLabels[i], c.FakeLabels[i] = int32(i%(outputs-1)), int32(i/2%(outputs-1))
		}
	}
	return c
}

func filled(e engine.Engine, rows, cols int, values []float32) engine.Array {
	a := e.NewArray(rows, cols)
	a.Write(values)
	return a
}

// scores is the first of each row's outputs.
func (c *judgedCase) scores(outputs []float32) []float64 {
	v := make([]float64, c.rows)
	for i := range v {
		v[i] = float64(outputs[i*c.outs])
	}
	return v
}

// want is the report and the gradients by Go.
func (c *judgedCase) want() (r engine.Report, dReal, dFake []float64) {
	s := &loss.Scores{Fake: c.scores(c.fake), DFake: make([]float64, c.rows), Smoothing: c.Smoothing, Drift: c.Drift}
	terms := c.Loss.G
	if c.D {
		terms = c.Loss.D
	}
	if c.Real != nil {
		s.Real, s.DReal = c.scores(c.real), make([]float64, c.rows)
	}
	r.Loss = terms.Compute(s)
	dReal, dFake = make([]float64, len(c.real)), make([]float64, len(c.fake))
	for i := range c.rows {
		dFake[i*c.outs] = s.DFake[i]
		if c.Real != nil {
			dReal[i*c.outs] = s.DReal[i]
		}
	}
	r.Loss += c.classes(c.fake, c.FakeLabels, dFake)
	if !c.D {
		return r, dReal, dFake
	}
	r.Loss += c.classes(c.real, c.RealLabels, dReal)
	for i := range c.rows {
		r.PReal += loss.Sigmoid(s.Real[i]) / float64(c.rows)
		r.PFake += loss.Sigmoid(s.Fake[i]) / float64(c.rows)
	}
	r.SReal, r.SFake, r.Right = loss.MeanOf(s.Real), loss.MeanOf(s.Fake), c.Loss.Right(s)
	return r, dReal, dFake
}

// classes is the class head's mean cross-entropy; its gradients go into d.
func (c *judgedCase) classes(outputs []float32, labels []int32, d []float64) (value float64) {
	if c.outs == 1 {
		return 0
	}
	for i := range c.rows {
		z, sum := outputs[i*c.outs+1:][:c.outs-1], 0.0
		for _, v := range z {
			sum += math.Exp(float64(v))
		}
		for k, v := range z {
			p := math.Exp(float64(v)) / sum
			if k == int(labels[i]) {
				value -= math.Log(p) / float64(c.rows)
				p--
			}
			d[i*c.outs+1+k] = p / float64(c.rows)
		}
	}
	return value
}

func judged(t *testing.T, e engine.Engine, j engine.Judging, row *loss.Row, d bool, rows, outputs int) {
	t.Helper()
	what := fmt.Sprintf("D %v, %d rows of %d", d, rows, outputs)
	c := newJudged(e, row, d, rows, outputs)
	judge, err := j.Judge(rows, outputs)
	if err != nil {
		t.Fatal(err)
	}
	defer judge.Release()
	penalty := filled(e, 1, 1, []float32{0.25})
	judge.Judge(c.Case)
	judge.Send([]engine.Array{penalty, penalty})
	got, ok := judge.Take(true)
	if !ok {
		t.Fatalf("%s: no report came", what)
	}
	want, dReal, dFake := c.want()
	want.Loss += 0.5
	for name, pair := range map[string][2]float64{"loss": {got.Loss, want.Loss}, "mean of sigmoid of real scores": {got.PReal, want.PReal},
		"of fakes": {got.PFake, want.PFake}, "mean real score": {got.SReal, want.SReal}, "mean fake score": {got.SFake, want.SFake}, "share that is right": {got.Right, want.Right}} {
		if math.Abs(pair[0]-pair[1]) > 2e-6*(1+math.Abs(pair[1])) || math.IsNaN(pair[0]) {
			t.Errorf("%s: the %s is %v, want %v", what, name, pair[0], pair[1])
		}
	}
	slopes := func(side string, of engine.Array, want []float64) {
		if of == nil {
			return
		}
		got, n := make([]float32, rows*outputs), float64(rows)
		of.Read(got)
		for i, w := range want {
			if math.Abs(float64(got[i])-w)*n > 1e-6+3e-5*math.Abs(w)*n || got[i] != got[i] {
				t.Errorf("%s: the gradient of %s output %d is %v, want %v", what, side, i, got[i], w)
				return
			}
			if w != 0 && math.Abs(w)*n > 1e-12 && math.Abs(float64(got[i])/w-1) > 1e-2 && !row.Relative {
				t.Errorf("%s: the gradient of %s output %d, a small one, is %v, want %v", what, side, i, got[i], w)
				return
			}
		}
	}
	slopes("real", c.DReal, dReal)
	slopes("fake", c.DFake, dFake)
}

// reports: many cases are begun before any report is taken, and each comes, in order, as it was when it was sent.
func reports(t *testing.T, e engine.Engine, j engine.Judging) {
	const rows, many = 5, 150
	judge, err := j.Judge(rows, 1)
	if err != nil {
		t.Fatal(err)
	}
	defer judge.Release()
	row, err := loss.Find("wgan-gp") // whose loss of G is minus the mean score
	if err != nil {
		t.Fatal(err)
	}
	c, penalty, scores := newJudged(e, row, false, rows, 1), e.NewArray(1, 1), make([]float32, rows)
	taken := 0
	take := func(wait bool) bool {
		r, ok := judge.Take(wait)
		if want := float64(-taken + 1000*taken); ok && math.Abs(r.Loss-want) > 0.01 {
			t.Fatalf("report %d is %v, want %v", taken, r.Loss, want)
		}
		if ok {
			taken++
		}
		return ok
	}
	for i := range many {
		for k := range scores {
			scores[k] = float32(i)
		}
		c.Fake.Write(scores)
		judge.Judge(c.Case)
		penalty.Write([]float32{float32(1000 * i)})
		judge.Send([]engine.Array{penalty})
		if i == 7 || i == 20 { // somebody looks
			for taken <= i {
				take(true)
			}
		}
	}
	for taken < many && take(false) {
	}
	for taken < many {
		take(true)
	}
	if err := e.Err(); err != nil {
		t.Error(err)
	}
}
