package run

import (
	"testing"

	"ganvas/core/wire"
)

// A run has blown up where losses stay large, not where a few steps are wild, and not where a critic's scores have drifted.
func TestStrain(t *testing.T) {
	for _, c := range []struct {
		what     string
		zeroless bool
		at       func(step int) wire.Point
		blown    bool
	}{
		{"a usual run", false, func(int) wire.Point { return wire.Point{LossD: 0.7, LossG: 2} }, false},
		{"D has won", false, func(int) wire.Point { return wire.Point{LossD: 1e-9, LossG: 200} }, false},
		{"D has won and scores without bound", false, func(int) wire.Point { return wire.Point{LossD: 0, LossG: 1.2e5} }, true},
		{"millions", false, func(int) wire.Point { return wire.Point{LossD: 4.7e6, LossG: 1} }, true},
		{"wild steps now and then", false, func(i int) wire.Point {
			if i%200 < 5 {
				return wire.Point{LossD: 1e9, LossG: 1e9}
			}
			return wire.Point{LossD: 1, LossG: 1}
		}, false},
		{"a critic of large pictures", true, func(int) wire.Point { return wire.Point{LossD: -900, LossG: 300} }, false},
		{"a critic that drifted", true, func(i int) wire.Point { return wire.Point{LossD: -20, LossG: -100 * float64(i)} }, false},
		{"a critic that blew up", true, func(int) wire.Point { return wire.Point{LossD: 5e5, LossG: 1} }, true},
	} {
		var s strain
		blown := false
		for i := range 2000 {
			s.add(c.at(i), c.zeroless)
			blown = blown || s >= blownUp
		}
		if blown != c.blown {
			t.Errorf("%s: blown up is %v", c.what, blown)
		}
	}
}
