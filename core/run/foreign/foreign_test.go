package foreign

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"ganvas/core/config"
	"ganvas/core/engine"
	"ganvas/core/engine/cpu"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/weights"
)

// layer is one module's tensors: kind and sizes.
func layer(name, kind string, sizes ...int) (ts []weights.Tensor) {
	random := func(leaf string, shape ...int) {
		n := 1
		for _, d := range shape {
			n *= d
		}
		v := make([]float32, n)
		rng.New(uint64(len(name)+n), name+leaf).Normal(v)
		for i := range v {
			v[i] *= 0.2
			if leaf == "running_var" {
				v[i] = 0.5 + v[i]*v[i]
			}
		}
		ts = append(ts, weights.FromF32(name+"."+leaf, shape, v))
	}
	switch kind {
	case "dense":
		random("weight", sizes[1], sizes[0])
		random("bias", sizes[1])
	case "deconv": // in, out, kernel
		random("weight", sizes[0], sizes[1], sizes[2], sizes[2])
		random("bias", sizes[1])
	case "conv":
		random("weight", sizes[1], sizes[0], sizes[2], sizes[2])
		random("bias", sizes[1])
	case "norm":
		for _, leaf := range []string{"weight", "bias", "running_mean", "running_var"} {
			random(leaf, sizes[0])
		}
		ts = append(ts, weights.FromI64(name+".num_batches_tracked", nil, []int64{9}))
	case "embedding":
		random("weight", sizes[0], sizes[1])
	}
	return ts
}

func all(parts ...[]weights.Tensor) []weights.Tensor { return slices.Concat(parts...) }

func prefixed(with string, ts []weights.Tensor) []weights.Tensor {
	ts = slices.Clone(ts)
	for i := range ts {
		ts[i].Name = with + ts[i].Name
	}
	return ts
}

func recipeOf(t *testing.T, f *Found) config.Recipe {
	t.Helper()
	in, err := run.Inspect(f.File)
	if err != nil {
		t.Fatal(err)
	}
	return in.Recipe
}

var dense = all(layer("0", "dense", 5, 8), layer("2", "dense", 8, 16), layer("4", "dense", 16, 784))

// Names and shapes tell layers, whatever stands around them.
func TestLayers(t *testing.T) {
	for _, c := range []struct {
		name, want string
		ts         []weights.Tensor
		s          Settings
	}{
		{"prefixes", "mlp 8-16", prefixed("module.main.", dense), Settings{}},
		{"an averaged one goes before", "mlp 8-16", all(prefixed("generator.", layer("0", "dense", 3, 784)), prefixed("g_ema.", dense)), Settings{}},
		{"beside a discriminator", "mlp 8-16", all(prefixed("netG.", dense), prefixed("netD.", layer("0", "dense", 784, 1)), prefixed("optimizer.", layer("0", "dense", 2, 2))), Settings{}},
		{"by name", "mlp 8-16", all(prefixed("a.x.", dense), prefixed("b.", layer("0", "dense", 784, 1))), Settings{Part: "a"}},
		{"another activation", "dense:8/relu/dense:16/relu/dense:1024/tanh", all(layer("0", "dense", 5, 8), layer("2", "dense", 8, 16), layer("4", "dense", 16, 1024)), Settings{Hidden: "relu"}},
		{"none between neighbours", "dense:8/dense:1024/tanh", all(layer("0", "dense", 5, 8), layer("1", "dense", 8, 1024)), Settings{}},
		{"activation before the norm", "dense:8/leaky:0.2/batchnorm/dense:1024/tanh", all(layer("0", "dense", 5, 8), layer("2", "norm", 8), layer("3", "dense", 8, 1024)), Settings{}},
		{"values as they come", "dense:8/leaky:0.2/dense:1024", all(layer("0", "dense", 5, 8), layer("2", "dense", 8, 1024)), Settings{Range: "-0.5..2.5"}},
		{"eps", "dense:8/batchnorm:0.8/leaky:0.1/dense:1024/tanh", all(layer("0", "dense", 5, 8), layer("1", "norm", 8), layer("3", "dense", 8, 1024)), Settings{BNEps: "0.8", Hidden: "leaky:0.1"}},
		{"deconvolutions to 28", "deconv:6:4:1:0/batchnorm/relu/deconv:4:3:2:1/batchnorm/relu/deconv:4:4:2:1/relu/deconv:1:4:2:1/tanh",
			all(layer("0", "deconv", 5, 6, 4), layer("1", "norm", 6), layer("3", "deconv", 6, 4, 3), layer("4", "norm", 4), layer("6", "deconv", 4, 4, 4), layer("8", "deconv", 4, 1, 4)), Settings{}},
		{"a last layer that crops", "deconv:8:4:1:0/leaky:0.2/deconv:4:4:2:1/leaky:0.2/deconv:4:4:2:1/leaky:0.2/deconv:2:4:2:3/leaky:0.2/deconv:1:1:1:0/tanh",
			all(layer("0", "deconv", 5, 8, 4), layer("3", "deconv", 8, 4, 4), layer("6", "deconv", 4, 4, 4), layer("9", "deconv", 4, 2, 4), layer("12", "deconv", 2, 1, 1)), Settings{}},
		{"ours", "dcgan 8-4", all(layer("0", "dense", 5, 8*49)[:1], layer("2", "norm", 8), layer("4", "deconv", 8, 4, 4)[:1], layer("5", "norm", 4), layer("7", "deconv", 4, 1, 4)), Settings{}},
		{"convolutions on doubled maps", "dense:784/relu/reshape:16:7:7/upsample:2/conv:8:3:1:1/batchnorm/relu/upsample:2/conv:1:3:1:1/tanh",
			all(layer("0", "dense", 5, 784), layer("4", "conv", 16, 8, 3), layer("5", "norm", 8), layer("8", "conv", 8, 1, 3)), Settings{Hidden: "relu"}},
	} {
		f, err := Read(Tensors{All: c.ts}, c.s)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		r := recipeOf(t, f)
		got := r.Layers
		if got == "" {
			got = r.Arch + " " + strings.Trim(strings.ReplaceAll(fmt.Sprint(r.Generator), " ", "-"), "[]")
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
		if _, _, err := run.Open(cpu.New(engine.Solo{}), f.File); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
}

// Files without an order of their own are read in the order in which people count.
func TestNaturalOrder(t *testing.T) {
	var ts []weights.Tensor
	widths := []int{5, 8, 9, 10, 11, 12, 13, 784}
	for i := range 7 {
		ts = append(ts, layer(fmt.Sprintf("main.%d", 2*i), "dense", widths[i], widths[i+1])...)
	}
	slices.SortFunc(ts, func(a, b weights.Tensor) int { return strings.Compare(a.Name, b.Name) })
	f, err := Read(Tensors{All: ts, Sorted: true}, Settings{})
	if err != nil {
		t.Fatal(err)
	}
	if r := recipeOf(t, f); !slices.Equal(r.Generator, widths[1:7]) {
		t.Errorf("widths %v", r.Generator)
	}
}

// The label's embedding is multiplied into the first layer, whichever side it stands on.
func TestEmbeddings(t *testing.T) {
	emb := layer("label_emb", "embedding", 10, 3)
	net := all(layer("0", "dense", 7, 8), layer("2", "dense", 8, 784))
	table, _ := emb[0].F32()
	w, _ := net[0].F32()
	for _, first := range []bool{false, true} {
		s := Settings{Labels: "last"}
		if first {
			s.Labels = "first"
		}
		f, err := Read(Tensors{All: all(emb, net)}, s)
		if err != nil {
			t.Fatal(err)
		}
		got, _ := f.File.Lookup("generator.0.weight")
		v, err := got.F32()
		if err != nil || !slices.Equal(got.Shape, []int{8, 14}) {
			t.Fatalf("shape %v, %v", got.Shape, err)
		}
		for o := range 8 {
			for k := range 10 {
				want := float32(0)
				for j := range 3 {
					at := 4 + j
					if first {
						at = j
					}
					want += w[o*7+at] * table[k*3+j]
				}
				if d := v[o*14+4+k] - want; math.Abs(float64(d)) > 1e-6 {
					t.Fatalf("first %v: label %d of unit %d is %g off", first, k, o, d)
				}
			}
		}
	}
}

// Settings that are impossible, and files that are no generators, are refused in a sentence that says what to do.
func TestRefused(t *testing.T) {
	for says, c := range map[string]struct {
		ts []weights.Tensor
		s  Settings
	}{
		"hidden is":               {dense, Settings{Hidden: "gelu"}},
		"did you mean relu":       {dense, Settings{Hidden: "rely"}},
		"slope":                   {dense, Settings{Hidden: "leaky:2"}},
		"range is":                {dense, Settings{Range: "1..0"}},
		"bn-eps is":               {dense, Settings{BNEps: "x"}},
		"labels is":               {dense, Settings{Labels: "middle"}},
		"classes is":              {dense, Settings{Classes: new(int(5))}},
		"size is":                 {dense, Settings{Size: "7x7"}},
		"has 1024":                {dense, Settings{Size: "32"}},
		"strides are for":         {dense, Settings{Strides: "2"}},
		"part is":                 {dense, Settings{Part: "generator"}},
		"multiplies the noise":    {all(layer("emb", "embedding", 10, 5), dense), Settings{}},
		"2 embeddings":            {all(layer("emb", "embedding", 10, 2), layer("emb2", "embedding", 10, 2), dense), Settings{}},
		"somewhere else":          {all(layer("emb", "embedding", 10, 50), dense), Settings{}},
		"discriminator":           {all(layer("0", "dense", 784, 8), layer("2", "dense", 8, 1)), Settings{}},
		"do not stand in one row": {all(layer("0", "dense", 5, 8), layer("2", "dense", 9, 784)), Settings{}},
		"no usual strides":        {all(layer("0", "deconv", 5, 8, 4), layer("2", "deconv", 8, 1, 4)), Settings{Size: "100"}},
		"make no squares":         {all(layer("0", "dense", 5, 54), layer("1", "deconv", 2, 1, 4)), Settings{}},
		"no part of a layer":      {append(slices.Clone(dense), weights.FromF32("gamma", []int{1}, []float32{1})), Settings{}},
		"diverged":                {append(slices.Clone(dense), weights.FromF32("9.weight", []int{1}, []float32{float32(math.NaN())})), Settings{}},
		"6 feature maps, which":   {layer("0", "deconv", 5, 6, 28), Settings{}},
	} {
		if f, err := Read(Tensors{All: c.ts}, c.s); err == nil || !strings.Contains(err.Error(), says) || strings.Contains(err.Error(), "\n") {
			t.Errorf("want an error that says %q: %v, %+v", says, err, f)
		}
	}
}

// learned is a generator of dense layers under BatchNorm of that ε with ReLU between them, whose running statistics are those of its own samples.
func learned(t *testing.T, eps float64) (ts []weights.Tensor) {
	t.Helper()
	const rows = 400
	widths := []int{12, 40, 48, 56}
	x := make([]float32, rows*widths[0])
	rng.New(3, "noise").Normal(x)
	for k := range 3 {
		dense, norm := layer(fmt.Sprint(3*k), "dense", widths[k], widths[k+1]), layer(fmt.Sprint(3*k+1), "norm", widths[k+1])
		w, _ := dense[0].F32()
		b, _ := dense[1].F32()
		gamma := slices.Repeat([]float32{1}, widths[k+1])
		beta, _ := norm[1].F32()
		means, variances := make([]float32, widths[k+1]), make([]float32, widths[k+1])
		y := make([]float32, rows*widths[k+1])
		for o := range widths[k+1] {
			sum, square := 0.0, 0.0
			for r := range rows {
				v := float64(b[o])
				for i := range widths[k] {
					v += float64(w[o*widths[k]+i] * x[r*widths[k]+i])
				}
				y[r*widths[k+1]+o] = float32(v)
				sum += v
				square += v * v
			}
			mean := sum / rows
			variance := square/rows - mean*mean
			means[o], variances[o] = float32(mean), float32(variance)
			for r := range rows {
				v := &y[r*widths[k+1]+o]
				*v = max(0, float32((float64(*v)-mean)/math.Sqrt(variance+eps))+beta[o])
			}
		}
		norm[0] = weights.FromF32(norm[0].Name, []int{widths[k+1]}, gamma)
		norm[2] = weights.FromF32(norm[2].Name, []int{widths[k+1]}, means)
		norm[3] = weights.FromF32(norm[3].Name, []int{widths[k+1]}, variances)
		ts, x = all(ts, dense, norm), y
	}
	return all(ts, layer("9", "dense", 56, 784))
}

// Where samples have not the statistics that the file keeps, the settings that mend them are said, and only there.
func TestAdvice(t *testing.T) {
	for name, c := range map[string]struct {
		eps        float64
		s          Settings
		bnEps, act string
	}{
		"as it was":          {0.8, Settings{Hidden: "relu", BNEps: "0.8"}, "", ""},
		"the usual ε":        {0.8, Settings{Hidden: "relu"}, "0.8", ""},
		"another activation": {1e-5, Settings{Hidden: "tanh"}, "", "relu"},
		"both":               {0.8, Settings{Hidden: "sigmoid"}, "0.8", "relu"},
	} {
		from := Tensors{All: learned(t, c.eps)}
		f, err := Read(from, c.s)
		if err == nil {
			err = Advise(cpu.New(engine.Solo{}), from, c.s, f)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, g := range f.Guesses {
			if want, asked := map[string]string{"bnEps": c.bnEps, "hidden": c.act}[g.What]; asked && g.Better != want {
				t.Errorf("%s: for %s %s it advises %q, want %q", name, g.What, g.Value, g.Better, want)
			}
		}
	}
}

// Pictures that never come near the ends of their range were made without tanh, and such as go far beyond with it.
func TestAdviceOnRange(t *testing.T) {
	for _, c := range []struct {
		bias       float32
		set, wants string
	}{{-1, "", "none"}, {-3, "", ""}, {-3, "none", "-1..1"}, {-1, "none", ""}, {-0.1, "", ""}} {
		ts := layer("0", "dense", 5, 784)
		w, _ := ts[0].F32()
		for i := range w {
			w[i] *= 0.1
		}
		bias := slices.Repeat([]float32{c.bias, c.bias, c.bias, 1}, 196)
		from, s := Tensors{All: []weights.Tensor{weights.FromF32("0.weight", []int{784, 5}, w), weights.FromF32("0.bias", []int{784}, bias)}}, Settings{Range: c.set}
		f, err := Read(from, s)
		if err == nil {
			err = Advise(cpu.New(engine.Solo{}), from, s, f)
		}
		if err != nil {
			t.Fatal(err)
		}
		if i := slices.IndexFunc(f.Guesses, func(g Guess) bool { return g.What == "range" }); f.Guesses[i].Better != c.wants {
			t.Errorf("values down to %g with range %q: it advises %q, want %q", c.bias, c.set, f.Guesses[i].Better, c.wants)
		}
	}
}
