package doctor_test

import (
	"math"
	"strings"
	"testing"

	"ganvas/core/quality/doctor"
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
	m := map[string]float64{"precision": 0.7, "readable": 0.7, "covered": float64(len(which)), "diversity": diversity, "frechet": 20, "frechetFloor": 2}
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
		{"a draw, measured", after("bce", 600, digits(1, all...), steady(1.3, 0.8)), doctor.Good, "10 of 10 digits"},
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
		{"one digit, early", after("bce", 300, digits(1, "1"), steady(1.3, 0.8)), doctor.Scrawls, ""},
		{"always the same pictures", after("bce", 600, digits(0.1, all...), steady(1.3, 0.8)), doctor.Same, "10 %"},
		{"a blob that the judge calls 8", after("bce", 600, map[string]float64{"precision": 0.3, "covered": 1, "diversity": 2, "frechet": 300, "frechetFloor": 2}, steady(1.3, 0.8)), doctor.Noise, "noise"},
		{"a loss of millions", after("bce", 600, nil, steady(1.3, 4.7e6)), doctor.Blown, "4.7e+06"},
		{"a critic out of bounds, early", after("wgan-gp", 30, nil, steady(-3e5, 2)), doctor.Blown, "3e+05"},
		{"a critic far out, as they are", after("wgan-gp", 600, nil, steady(-400, 2000)), doctor.Healthy, "bounded"},
		{"D loses nearly all", after("bce", 600, nil, steady(9, 1)), doctor.Healthy, ""},
		{"G is caught every time", after("bce", 600, nil, steady(0.2, 60)), doctor.Healthy, ""},
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
		{after("bce", 600, modes(8, 0.9), steady(1.3, 0.8)), doctor.Good, "8 of 8 modes, 90 %"},
		{after("bce", 600, modes(3, 0.9), steady(1.3, 0.8)), doctor.Collapsed, "3 of the 8 modes"},
		{after("bce", 600, modes(0, 0.1), steady(1.3, 0.8)), doctor.Noise, "10 %"},
		{after("bce", 300, modes(0, 0.5), steady(1.3, 0.8)), doctor.Noise, "0 of 8"},
		{after("bce", 300, modes(8, 0.5), steady(1.3, 0.8)), doctor.Rough, "8 of 8"},
		{after("bce", 300, modes(3, 0.9), steady(1.3, 0.8)), doctor.Rough, "3 of 8 modes"},
		{after("bce", 600, modes(3, 0.9), steady(0.01, 9)), doctor.Won, ""},
	} {
		if c.f.State != c.state || !strings.Contains(c.f.Says, c.says) {
			t.Errorf("%s, %q", c.f.State, c.f.Says)
		}
	}
}

// What is said of pictures that no judge knows follows from how like real ones they are.
func TestFindingsOfOtherPictures(t *testing.T) {
	like := func(precision, density, coverage float64) map[string]float64 {
		return map[string]float64{"precision": precision, "density": density, "coverage": coverage, "realPrecision": 0.9, "realDensity": 1, "realCoverage": 0.95, "frechet": 20, "frechetFloor": 2}
	}
	for _, c := range []struct {
		metrics map[string]float64
		state   doctor.State
		says    string
	}{
		{like(0, 0, 0), doctor.Noise, "Nothing learned yet"},
		{like(1, 0.1, 0.13), doctor.Scrawls, "first shapes and colours; 13 % of the real ones"}, // of few pictures nearly everything lies among them
		{like(0.1, 0.05, 0.06), doctor.Scrawls, "first shapes"},
		{like(0.38, 0.38, 0.3), doctor.Rough, "38 % of the images look real, 30 % of the real ones have one like them, 10 times"},
		{like(0.6, 0.6, 0.6), doctor.Readable, "many"},
		{like(0.9, 0.9, 0.9), doctor.Good, "neither network is winning"},
		{like(0.9, 1.2, 0.05), doctor.Collapsed, "only 5 %"},
	} {
		f := after("bce", 500, c.metrics, steady(1.2, 0.9))
		if f.State != c.state || !strings.Contains(f.Says, c.says) {
			t.Errorf("%v: %s: %s", c.metrics, f.State, f.Says)
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
	if f := d.Look(); f.State != doctor.Healthy || !strings.Contains(f.Says, "losses alone") { // nothing was measured
		t.Errorf("D is right about 60 %%, and the finding is %s: %s", f.State, f.Says)
	}
}

// What is measured again and again tells where a run goes.
func TestTrend(t *testing.T) {
	for _, c := range []struct {
		by   float64 // from one measurement to the next
		says string
	}{{0.9, "getting better"}, {1.2, "getting worse"}, {1, ""}} {
		d, m := doctor.New("bce"), digits(1, strings.Split("0123456789", "")...)
		for range 12 {
			d.Measured(m)
			m["frechet"] *= c.by
		}
		if says := d.Look().Says; !strings.Contains(says, c.says) || c.says == "" && strings.Contains(says, "getting") {
			t.Errorf("with a distance %g times as large each time it says %q", c.by, says)
		}
	}
}

// What was measured of real runs: the fresh generator's noise and what came of it in the first steps, scrawls, and generators
// that were trained long.
func TestRecordedMeasurements(t *testing.T) {
	for _, c := range []struct {
		what                       string
		step                       int
		right                      float64
		apart, readable, precision float64
		covered                    float64
		diversity                  float64
		state                      doctor.State
	}{
		{"quick, fresh", 0, 0, 718.7, 0, 0, 0, 0.16, doctor.Noise},
		{"quick, step 30", 30, 0.38, 1083, 0, 0, 0, 0.67, doctor.Noise},
		{"snow, D fooled", 159, 0.26, 545, 0, 0, 0, 0.3, doctor.Noise},
		{"still snow", 900, 0.5, 480, 0, 0, 0, 0.3, doctor.Noise},
		{"quick, step 70", 70, 0.6, 82.6, 0.21, 0.4, 1, 1, doctor.Scrawls},
		{"quick, step 80", 80, 0.64, 53.8, 0.27, 0.56, 3, 1.08, doctor.Scrawls},
		{"quick, step 159", 159, 0.73, 37.7, 0.25, 0.72, 6, 0.92, doctor.Rough},
		{"quick, step 250", 250, 0.75, 31.2, 0.33, 0.65, 7, 1, doctor.Rough},
		{"quick, trained long", 18750, 0.75, 17.4, 0.45, 0.52, 10, 1, doctor.Readable},
		{"wgan-gp, trained long", 5610, 0.7, 9.5, 0.41, 0.5, 10, 1, doctor.Readable},
		{"classic, trained long", 30000, 0.8, 13.5, 0.51, 0.7, 10, 1, doctor.Readable},
		{"conditional, trained long", 11244, 0.8, 2.6, 0.83, 0.78, 10, 1, doctor.Good},
	} {
		d := doctor.New("bce")
		for i := range min(c.step, 600) {
			d.Step(wire.Point{LossD: 1, LossG: 1, Right: c.right}, c.step-min(c.step, 600)+i+1)
		}
		d.Measured(map[string]float64{"frechet": 2 * c.apart, "frechetFloor": 2, "readable": c.readable, "precision": c.precision, "covered": c.covered, "diversity": c.diversity})
		if f := d.Look(); f.State != c.state || strings.Contains(f.Says, "losses alone") {
			t.Errorf("%s: %s, %q; it is %s", c.what, f.State, f.Says, c.state)
		}
	}
}
