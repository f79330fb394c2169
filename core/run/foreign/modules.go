package foreign

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/weights"
)

// numbers is a parameter's values (shape).
type numbers struct {
	shape []int
	v     []float32
}

// module is what shares a name in a state dict.
type module struct {
	name string
	has  map[string]numbers // by the last part of names: weight, bias, running_mean, …
}

func (m *module) get(leaf string) (numbers, bool) {
	n, ok := m.has[leaf]
	return n, ok
}

func (m *module) dims() int { return len(m.has["weight"].shape) }

// leaves are the last parts of names that are understood.
var leaves = []string{"weight", "bias", "running_mean", "running_var", "num_batches_tracked", "weight_orig", "weight_u", "weight_v", "weight_g"}

// parametrized is what newer PyTorch calls the parts of a weight under spectral norm and weight norm.
var parametrized = strings.NewReplacer(
	"parametrizations.weight.original0", "weight_g", "parametrizations.weight.original1", "weight_v",
	"parametrizations.weight.original", "weight_orig", "parametrizations.weight.0._u", "weight_u", "parametrizations.weight.0._v", "weight_v")

// foreigners is what other kinds of layers are known by, and what they are.
var foreigners = []struct{ leaf, is string }{
	{"weight_ih", "a recurrent layer (an RNN, LSTM or GRU)"}, {"weight_hh", "a recurrent layer (an RNN, LSTM or GRU)"}, {"in_proj", "an attention layer"},
	{"bias_k", "an attention layer"}, {"_packed_params", "a quantised layer"}, {"zero_point", "a quantised layer"},
}

// wholes are types that no weight has, as PyTorch calls them.
var wholes = map[weights.DType]string{weights.I64: "int64", weights.I32: "int32", weights.I16: "int16", weights.I8: "int8", weights.U8: "uint8", weights.Bool: "bool"}

// modules gathers tensors by module, in the order in which they come.
func modules(ts []weights.Tensor) ([]*module, error) {
	var all []*module
	by := map[string]*module{}
	for _, t := range ts {
		full := parametrized.Replace(t.Name)
		name, leaf := "", full
		if i := strings.LastIndexByte(full, '.'); i >= 0 {
			name, leaf = full[:i], full[i+1:]
		}
		for _, f := range foreigners {
			if strings.HasPrefix(leaf, f.leaf) {
				return nil, fmt.Errorf("%q belongs to %s, which no generator here has", t.Name, f.is)
			}
		}
		if !slices.Contains(leaves, leaf) {
			return nil, fmt.Errorf("%q is no part of a layer that is known here: dense layers, convolutions, BatchNorm, LayerNorm and embeddings are", t.Name)
		}
		if is, whole := wholes[t.DType]; whole && leaf != "num_batches_tracked" {
			return nil, fmt.Errorf("%q holds %s numbers, which are weights only together with a scale that the file does not have: save the weights as float32", t.Name, is)
		}
		v, err := t.F32()
		if err != nil {
			return nil, err
		}
		if i := slices.IndexFunc(v, func(x float32) bool { return x-x != 0 }); i >= 0 {
			return nil, fmt.Errorf("%q holds %v: that training had diverged", t.Name, v[i])
		}
		m := by[name]
		if m == nil {
			m = &module{name: name, has: map[string]numbers{}}
			by[name] = m
			all = append(all, m)
		}
		if _, twice := m.has[leaf]; twice {
			return nil, fmt.Errorf("%q is there twice", t.Name)
		}
		m.has[leaf] = numbers{t.Shape, v}
	}
	for _, m := range all {
		if err := m.resolve(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// natural sorts modules as people count: main.3 before main.10. Files that keep no order of their own need it.
func natural(all []*module) {
	slices.SortStableFunc(all, func(a, b *module) int {
		return slices.CompareFunc(strings.Split(a.name, "."), strings.Split(b.name, "."), func(x, y string) int {
			tx, nx := trailing(x)
			ty, ny := trailing(y)
			if c := strings.Compare(tx, ty); c != 0 {
				return c
			}
			return nx - ny
		})
	})
}

// trailing parts a name from the number behind it; −1 for none.
func trailing(s string) (string, int) {
	i := len(s)
	for i > 0 && s[i-1] >= '0' && s[i-1] <= '9' {
		i--
	}
	n, err := strconv.Atoi(s[i:])
	if err != nil {
		return s, -1
	}
	return s[:i], n
}

// resolve computes the weight of a module under spectral norm or weight norm.
func (m *module) resolve() error {
	orig, spectral := m.has["weight_orig"]
	g, weighted := m.has["weight_g"]
	v, hasV := m.has["weight_v"]
	switch {
	case spectral:
		u, ok := m.has["weight_u"]
		if !ok || len(orig.shape) < 2 {
			return fmt.Errorf("%q is under spectral norm and has no weight_u", m.name)
		}
		sigma, err := stretch(orig, u.v, v.v)
		if err != nil {
			return fmt.Errorf("%q: %w", m.name, err)
		}
		m.has["weight"] = scaled(orig, func(int) float64 { return 1 / sigma })
	case weighted && hasV && len(v.shape) > 0 && len(g.v) == v.shape[0]:
		row := len(v.v) / max(1, v.shape[0])
		m.has["weight"] = scaled(v, func(i int) float64 {
			return float64(g.v[i/row]) / norm(v.v[i/row*row:][:row])
		})
	case weighted:
		return fmt.Errorf("%q is under weight norm of another form than one length for each output", m.name)
	}
	for _, leaf := range leaves[5:] {
		delete(m.has, leaf)
	}
	return nil
}

func scaled(n numbers, by func(i int) float64) numbers {
	v := make([]float32, len(n.v))
	for i, x := range n.v {
		v[i] = float32(float64(x) * by(i))
	}
	return numbers{n.shape, v}
}

func norm(v []float32) float64 {
	s := 0.0
	for _, x := range v {
		s += float64(x) * float64(x)
	}
	return math.Sqrt(s)
}

// stretch is σ = uᵀWv, the largest stretch of W as a matrix of its first dimension by the others, or, for transposed
// convolutions, of its second. Where both fit u, the right one is the larger, which power iteration leads to. Without v it is that of one
// more iteration.
func stretch(w numbers, u, v []float32) (float64, error) {
	best := 0.0
	for dim := range min(2, len(w.shape)) {
		rows := w.shape[dim]
		if rows != len(u) || rows == 0 {
			continue
		}
		width := len(w.v) / rows
		if len(v) != 0 && len(v) != width {
			continue
		}
		inner := 1
		for _, d := range w.shape[dim+1:] {
			inner *= d
		}
		left := make([]float64, width) // Wᵀu
		for i, x := range w.v {
			at := i
			r := i / width
			if dim == 1 {
				r = i / inner % rows
				at = i/(inner*rows)*inner + i%inner
			}
			left[at%width] += float64(x) * float64(u[r])
		}
		s := 0.0
		for i, x := range left {
			if len(v) > 0 {
				s += x * float64(v[i])
			} else {
				s += x * x
			}
		}
		if len(v) == 0 {
			s = math.Sqrt(s)
		}
		best = max(best, math.Abs(s))
	}
	if best == 0 {
		return 0, fmt.Errorf("what spectral norm keeps does not fit its weight of shape %v", w.shape)
	}
	return best, nil
}
