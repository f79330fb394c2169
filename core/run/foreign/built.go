package foreign

import (
	"errors"
	"strconv"

	"ganvas/core/net"
	"ganvas/core/weights"
)

// built is the generator's layers as ours, behind the label, and their weights under the names that nn.Sequential gives them.
func (r *reading) built() (layers []net.Layer, ts []weights.Tensor, err error) {
	lastAffine := -1
	for i, l := range r.links {
		if l.of != nil {
			lastAffine = i
		}
	}
	first, norms := true, 0
	for i, l := range r.links {
		if l.acts {
			if r.hidden == nil {
				continue
			}
			l.layer = r.hidden
		}
		if l.of == nil {
			layers = append(layers, l.layer)
			continue
		}
		p := parameters{name: strconv.Itoa(len(layers)), m: l.of, factor: 1}
		if i == lastAffine {
			p.factor, p.shift, p.shifts = r.end.factor, r.end.shift, r.end.shift != 0
		}
		layer := l.layer
		switch at := layer.(type) {
		case net.Linear:
			w := l.of.has["weight"]
			if first {
				w = numbers{[]int{at.Units, r.noise + r.classes}, r.fold(w.v, at.Units)}
			}
			at.NoBias = p.weighted(w, at.Units)
			layer, first = at, false
		case net.ConvTranspose2d:
			w := padded(l.of.has["weight"], at.Kernel)
			if first {
				w = r.foldMaps(w)
			}
			at.NoBias = p.weighted(w, at.Maps)
			layer, first = at, false
		case net.Conv2d:
			at.NoBias = p.weighted(l.of.has["weight"], at.Maps)
			layer = at
		case net.BatchNorm:
			if r.classes > 0 && first {
				return nil, nil, errors.New("the generator normalises noise and label before its first layer, which is not read")
			}
			if eps := r.eps[norms]; eps != net.BatchEps {
				at.Eps = eps
			}
			norms++
			p.batchNorm()
			layer = at
		case net.LayerNorm:
			p.affine(l.of.has["weight"].shape)
		}
		layers = append(layers, layer)
		ts = append(ts, p.ts...)
	}
	if r.end.tanh {
		layers = append(layers, net.Tanh{})
	}
	return layers, ts, nil
}

// parameters makes one layer's tensors. Those of the last one bring its values to the range that ours have: each is
// multiplied by factor and shifted.
type parameters struct {
	name          string
	m             *module
	factor, shift float64
	shifts        bool
	ts            []weights.Tensor
}

func (p *parameters) add(leaf string, shape []int, v []float32) {
	p.ts = append(p.ts, weights.FromF32(p.name+"."+leaf, shape, v))
}

// moved is v·factor + shift.
func (p *parameters) moved(v []float32, shift float64) []float32 {
	if p.factor == 1 && shift == 0 {
		return v
	}
	out := make([]float32, len(v))
	for i, x := range v {
		out[i] = float32(float64(x)*p.factor + shift)
	}
	return out
}

// weighted adds a weight and a bias (n), and reports whether there is none.
func (p *parameters) weighted(w numbers, n int) (noBias bool) {
	p.add("weight", w.shape, p.moved(w.v, 0))
	bias, has := p.m.get("bias")
	if !has && !p.shifts {
		return true
	}
	if !has {
		bias = numbers{[]int{n}, make([]float32, n)}
	}
	p.add("bias", []int{n}, p.moved(bias.v, p.shift))
	return false
}

// affine adds a scale and a shift; a norm without them has ones and zeros.
func (p *parameters) affine(shape []int) {
	n := 1
	for _, d := range shape {
		n *= d
	}
	scale, ok := p.m.get("weight")
	if !ok {
		scale.v = make([]float32, n)
		for i := range scale.v {
			scale.v[i] = 1
		}
	}
	shift, ok := p.m.get("bias")
	if !ok {
		shift.v = make([]float32, n)
	}
	p.add("weight", shape, p.moved(scale.v, 0))
	p.add("bias", shape, p.moved(shift.v, p.shift))
}

func (p *parameters) batchNorm() {
	mean, variance := p.m.has["running_mean"], p.m.has["running_var"]
	p.affine(mean.shape)
	p.add("running_mean", mean.shape, mean.v)
	p.add("running_var", mean.shape, variance.v)
	seen := int64(0)
	if n, ok := p.m.get("num_batches_tracked"); ok && len(n.v) == 1 {
		seen = int64(n.v[0])
	}
	p.ts = append(p.ts, weights.FromI64(p.name+".num_batches_tracked", nil, []int64{seen}))
}

// padded is a transposed convolution's kernels with rows and columns of zeros behind them: the larger kernel makes the larger picture that
// output_padding makes, of the same values.
func padded(w numbers, kernel int) numbers {
	k := w.shape[2]
	if k == kernel {
		return w
	}
	v := make([]float32, w.shape[0]*w.shape[1]*kernel*kernel)
	for i := range w.shape[0] * w.shape[1] {
		for y := range k {
			copy(v[(i*kernel+y)*kernel:][:k], w.v[(i*k+y)*k:][:k])
		}
	}
	return numbers{[]int{w.shape[0], w.shape[1], kernel, kernel}, v}
}

// foldMaps is fold for a transposed convolution's weight (in, out, k, k).
func (r *reading) foldMaps(w numbers) numbers {
	if r.classes == 0 {
		return w
	}
	out := len(w.v) / r.in
	turned := make([]float32, len(w.v)) // (out·k·k, in)
	for i := range r.in {
		for o := range out {
			turned[o*r.in+i] = w.v[i*out+o]
		}
	}
	folded := r.fold(turned, out)
	in := r.noise + r.classes
	v := make([]float32, len(folded))
	for o := range out {
		for i := range in {
			v[i*out+o] = folded[o*in+i]
		}
	}
	return numbers{[]int{in, w.shape[1], w.shape[2], w.shape[3]}, v}
}
