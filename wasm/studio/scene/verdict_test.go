package scene

import (
	"testing"

	"ganvas/core/sample"
	"ganvas/core/wire"
)

// A critic's scores have a scale of their own and a sign; they are never per cents.
func TestScale(t *testing.T) {
	p := ScaleOf(&wire.Sheet{FakeScores: []float32{0.25}, RealScores: []float32{0.75}})
	if p.Share(0.25) != 0.25 || p.Words(0.25) != "25 %" {
		t.Errorf("a quarter is %v, %q", p.Share(0.25), p.Words(0.25))
	}
	c := ScaleOf(&wire.Sheet{Scores: true, FakeScores: []float32{-30, -10}, RealScores: []float32{10}})
	if c.Share(-30) != 0 || c.Share(-10) != 0.5 || c.Share(99) != 1 || c.Words(10) != "+10.0" || c.Words(-30) != "-30.0" || c.Words(-0.5) != "-0.50" {
		t.Errorf("scores between -30 and 10: %+v, %q, %q", c, c.Words(10), c.Words(-30))
	}
	if one := ScaleOf(&wire.Sheet{Scores: true, FakeScores: []float32{3, 3}}); one.Share(3) != 0.5 {
		t.Errorf("a single score lies at %v", one.Share(3))
	}
	if none := ScaleOf(nil); none.Share(0.5) != 0.5 {
		t.Error("without a sheet there is no scale")
	}
}

// A sheet of a D that has learned nothing has no verdicts; any other has one for each picture.
func TestCheckVerdicts(t *testing.T) {
	s := wire.Sheet{Sample: sample.Gray(1, 1), Fakes: 2}
	if Check(&s, 2) == nil {
		t.Error("a sheet without verdicts passes")
	}
	s.Fresh = true
	if err := Check(&s, 2); err != nil {
		t.Error(err)
	}
}
