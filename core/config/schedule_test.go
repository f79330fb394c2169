package config

import (
	"math"
	"strings"
	"testing"
)

// Rates rise, all stay, and all come to their last values in time and stay there; without any schedule nothing moves but what
// lr_decay has always moved.
func TestPace(t *testing.T) {
	r := classic()
	r.LRDecay = 0.25
	if p := r.Pace(0.5, 0.1); p.LRG != r.LRG*(1-0.25*0.5) || p.Beta2 != r.Beta2 || p.GPWeight != r.GPWeight || p.EMA != r.EMA {
		t.Errorf("lr_decay alone gives %+v", p)
	}
	r.Schedule, r.WarmUp, r.Hold, r.Anneal = "cosine", 0.1, 0.1, 0.6
	r.LRDecay, r.Beta2, r.Beta2End, r.GPWeight, r.GPDecay, r.R2Weight, r.EMA, r.EMAEnd = 0.75, 0.9, 0.99, 2, 0.9, 1, 0.5, 0.9
	middle := func(a, b float64) float64 { return (a + b) / 2 }
	for _, c := range []struct{ done, rise, s float64 }{{0, 0.1, 0}, {0.04, 0.5, 0}, {0.15, 1, 0}, {0.2, 1, 0}, {0.4, 1, 0.5}, {0.6, 1, 1}, {1, 1, 1}} {
		p, at := r.Pace(c.done, 0.01), func(a, b float64) float64 { return a + c.s*(b-a) }
		for name, v := range map[string][2]float64{
			"lr_g": {p.LRG, c.rise * at(2e-4, 0.5e-4)}, "beta2": {p.Beta2, at(0.9, 0.99)}, "gp_weight": {p.GPWeight, at(2, 0.2)}, "r2_weight": {p.R2Weight, at(1, 0.1)},
			"ema": {p.EMA, at(0.5, 0.9)},
		} {
			if math.Abs(v[0]-v[1]) > 1e-12 {
				t.Errorf("at %v %s is %v, want %v", c.done, name, v[0], v[1])
			}
		}
	}
	r.Schedule = "linear"
	if p := r.Pace(0.4, 0); math.Abs(p.Beta2-middle(0.9, 0.99)) > 1e-12 {
		t.Errorf("half-way in a straight line β₂ is %v", p.Beta2)
	}
}

func TestSchedulesRefuse(t *testing.T) {
	for fields, says := range map[string]string{
		"warm_up=0.5 hold=0.3 anneal=0.8": "take a larger anneal",
		"loss=r1 r1_weight=1":             "its weight is gp_weight", "loss=r3gan r2_weight=1": "its weight is gp_weight", "norm=batch r2_weight=1": "take norm",
	} {
		r := classic()
		for _, f := range strings.Fields(fields) {
			name, value, _ := strings.Cut(f, "=")
			if err := r.Set(name, value); err != nil {
				t.Fatal(err)
			}
		}
		if err := r.Validate(); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v, want a sentence with %q", fields, err, says)
		}
	}
}
