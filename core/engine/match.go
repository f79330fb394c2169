package engine

import (
	"fmt"
	"math"
	"slices"

	"ganvas/core/net"
	"ganvas/core/weights"
)

// Match finds each parameter's values among tensors of a state. Every parameter must be there once, with its shape and
// finite values, and nothing else; owner names the network in errors.
func Match(owner string, params []net.Param, ts []weights.Tensor) ([][]float32, error) {
	byName := make(map[string]weights.Tensor, len(ts))
	for _, t := range ts {
		byName[t.Name] = t
	}
	values := make([][]float32, len(params))
	for i, p := range params {
		t, ok := byName[p.Name]
		if !ok {
			return nil, fmt.Errorf("the weights have no %s.%s: they belong to another architecture", owner, p.Name)
		}
		if !slices.Equal(t.Shape, p.Shape) && !(p.Count && t.Len() == 1) { // a lone count may have a dimension or none
			return nil, fmt.Errorf("%s.%s is %v in the file and %v in this network: they have different sizes", owner, p.Name, t.Shape, p.Shape)
		}
		v, err := t.F32()
		if err != nil {
			return nil, fmt.Errorf("%s.%s: %w", owner, p.Name, err)
		}
		if k := slices.IndexFunc(v, notFinite); k >= 0 {
			return nil, fmt.Errorf("%s.%s holds %v at place %d: these weights are broken", owner, p.Name, v[k], k)
		}
		values[i] = v
		delete(byName, p.Name)
	}
	for name := range byName {
		return nil, fmt.Errorf("the weights hold %s.%s, which this network has not: they belong to another architecture", owner, name)
	}
	return values, nil
}

func notFinite(v float32) bool { return math.IsNaN(float64(v)) || math.IsInf(float64(v), 0) }
