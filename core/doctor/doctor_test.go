package doctor_test

import (
	"math"
	"strings"
	"testing"

	"ganvas/core/doctor"
	"ganvas/core/wire"
)

// after is the finding after losses that f gives step by step.
func after(loss string, steps int, metrics map[string]float64, f func(i int) (d, g float64)) doctor.Finding {
	d := doctor.New(loss)
	for i := range steps {
		lossD, lossG := f(i)
		d.Step(wire.Point{LossD: lossD, LossG: lossG}, i+1)
	}
	d.Measured(metrics)
	return d.Look()
}

// watched is the finding after steps that all measured the same.
func watched(loss string, steps int, p wire.Point) doctor.Finding {
	d := doctor.New(loss)
	for i := range steps {
		d.Step(p, i+1)
	}
	return d.Look()
}

func steady(d, g float64) func(int) (float64, float64) {
	return func(int) (float64, float64) { return d, g }
}

// digits are the metrics of clear images that show only these digits, each as often.
func digits(diversity float64, which ...string) map[string]float64 {
	m := map[string]float64{"precision": 0.7, "covered": float64(len(which)), "diversity": diversity, "frechet": 20, "frechetFloor": 2}
	for _, c := range which {
		m["share"+c] = 1 / float64(len(which))
	}
	return m
}

func TestFindings(t *testing.T) {
	all := strings.Split("0123456789", "")
	swings := func(i int) (float64, float64) { return 0.9 + 0.7*math.Sin(float64(i)/15), 1 }
	for _, c := range []struct {
		what  string
		f     doctor.Finding
		state doctor.State
		says  string
	}{
		{"few steps", after("bce", 100, nil, steady(0, 9)), doctor.Young, "early"},
		{"a draw", after("bce", 600, nil, steady(1.3, 0.8)), doctor.Healthy, "neither"},
		{"a draw, measured", after("bce", 600, digits(1, all...), steady(1.3, 0.8)), doctor.Healthy, "10 of 10 digits, 10 times"},
		{"D loses less but errs", after("bce", 600, nil, steady(0.3, 4)), doctor.Healthy, "neither"},
		{"D ahead but not alone", watched("bce", 600, wire.Point{LossD: 0.3, LossG: 4, Right: 0.97}), doctor.Ahead, "D is ahead"},
		{"D alone and always right", watched("bce", 600, wire.Point{LossD: 0.01, LossG: 9, Right: 1}), doctor.Won, "0.010"},
		{"Wasserstein knows no right", watched("wgan-gp", 600, wire.Point{LossD: -7, LossG: 3, Right: 1}), doctor.Healthy, "bounded"},
		{"D alone", after("bce", 600, nil, steady(0.01, 9)), doctor.Won, "0.010"},
		{"D alone, minimax", after("minimax", 600, nil, steady(0.01, 0)), doctor.Won, "vanished"},
		{"D alone, hinge", after("hinge", 600, nil, steady(0.01, 3)), doctor.Won, "vanished"},
		{"D alone, least squares", after("lsgan", 600, nil, steady(0.005, 1)), doctor.Won, ""},
		{"least squares at a draw", after("lsgan", 600, nil, steady(0.25, 0.125)), doctor.Healthy, ""},
		{"hinge's loss at 0", after("hinge", 600, nil, steady(1.8, 0.01)), doctor.Calm, "normal for hinge"},
		{"Wasserstein at 0", after("wgan-gp", 600, nil, steady(-0.02, 3)), doctor.Calm, "normal for wgan-gp"},
		{"Wasserstein below 0", after("wgan-gp", 600, nil, steady(-7, 3)), doctor.Healthy, "bounded"},
		{"one digit", after("bce", 600, digits(1, "1"), steady(1.3, 0.8)), doctor.Collapsed, "the digit 1;"},
		{"three digits", after("wgan-gp", 600, digits(1, "1", "7", "9"), steady(-3, 0.8)), doctor.Collapsed, "the digits 1, 7 and 9;"},
		{"one digit, early", after("bce", 300, digits(1, "1"), steady(1.3, 0.8)), doctor.Healthy, ""},
		{"always the same pictures", after("bce", 600, digits(0.1, all...), steady(1.3, 0.8)), doctor.Same, "10 %"},
		{"a blob that the judge calls 8", after("bce", 600, map[string]float64{"precision": 0.3, "covered": 1, "diversity": 2, "frechet": 300, "frechetFloor": 2}, steady(1.3, 0.8)), doctor.Rough, "not digits yet"},
		{"early swings", after("bce", 600, nil, swings), doctor.Healthy, ""},
		{"back and forth", after("bce", 1200, nil, swings), doctor.Swinging, "overturned"},
		{"noisy but steady", after("bce", 600, nil, func(i int) (float64, float64) { return 1.2 + 0.5*math.Sin(float64(i)*2.1), 1 }), doctor.Healthy, ""},
		{"falling once", after("bce", 600, nil, func(i int) (float64, float64) { return 1.5 - float64(i)/500, 1 }), doctor.Healthy, ""},
	} {
		if c.f.State != c.state || !strings.Contains(c.f.Says, c.says) {
			t.Errorf("%s: %s, %q", c.what, c.f.State, c.f.Says)
		}
	}
}

// Points are measured by modes.
func TestFindingsOfPoints(t *testing.T) {
	modes := func(covered, quality float64) map[string]float64 {
		return map[string]float64{"modes": 8, "covered": covered, "quality": quality}
	}
	for _, c := range []struct {
		f     doctor.Finding
		state doctor.State
		says  string
	}{
		{after("bce", 600, modes(8, 0.9), steady(1.3, 0.8)), doctor.Healthy, "8 of 8 modes, 90 %"},
		{after("bce", 600, modes(3, 0.9), steady(1.3, 0.8)), doctor.Collapsed, "3 of the 8 modes"},
		{after("bce", 600, modes(0, 0.1), steady(1.3, 0.8)), doctor.Rough, "10 %"},
		{after("bce", 300, modes(3, 0.9), steady(1.3, 0.8)), doctor.Healthy, "3 of 8 modes"},
		{after("bce", 600, modes(3, 0.9), steady(0.01, 9)), doctor.Won, ""},
	} {
		if c.f.State != c.state || !strings.Contains(c.f.Says, c.says) {
			t.Errorf("%s, %q", c.f.State, c.f.Says)
		}
	}
}

// A lead that comes and goes around one value is told once.
func TestALeadLasts(t *testing.T) {
	d := doctor.New("bce")
	told := doctor.Young
	changes := 0
	for i := range 2000 {
		d.Step(wire.Point{LossD: 0.5, LossG: 3, Right: 0.9 + 0.05*math.Sin(float64(i)/100)}, i+1)
		if s := d.Look().State; s != told {
			told = s
			changes++
		}
	}
	if told != doctor.Ahead || changes > 2 {
		t.Errorf("after %d changes the finding is %s", changes, told)
	}
	for i := range 200 {
		d.Step(wire.Point{LossD: 1.2, LossG: 1, Right: 0.6}, 2001+i)
	}
	if s := d.Look().State; s != doctor.Healthy {
		t.Errorf("D is right about 60 %%, and the finding is %s", s)
	}
}
