// Package enginetest is what every engine must pass: the same networks, gradients, penalties and optimizers give the
// same numbers whatever computes them.
package enginetest

import (
	"math"
	"slices"
	"testing"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/optim"
	"ganvas/core/rng"
	"ganvas/core/weights"
)

// Networks is the table of networks that an engine is tried on, each small; labels says whether it takes labels.
var Networks = []struct {
	Name    string
	Spec    net.Spec
	Labels  bool
	Penalty bool         // a gradient penalty can be taken through it
	Mode    *engine.Mode // nil for training
}{
	{Name: "dense, leaky", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(7), Layers: []net.Layer{
		net.Linear{Units: 9}, net.LeakyReLU{Leak: 0.2}, net.Linear{Units: 5, NoBias: true}, net.LeakyReLU{Leak: 0.1}, net.Linear{Units: 1}}}},
	{Name: "dense, tanh", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(6), Layers: []net.Layer{
		net.Linear{Units: 8}, net.Tanh{}, net.Linear{Units: 3}}}},
	{Name: "labels, activation first, sigmoid", Labels: true, Spec: net.Spec{Name: "generator", In: net.Vec(4), Layers: []net.Layer{
		net.OneHot{Classes: 3}, net.LeakyReLU{Leak: 0.3}, net.Linear{Units: 6}, net.Sigmoid{}, net.Flatten{}, net.Linear{Units: 4}, net.Tanh{}}}},
	{Name: "convolutions, leaky", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(60), Layers: []net.Layer{
		net.AsImage{Reshape: net.Reshape{To: net.Shape{C: 2, H: 6, W: 5}}}, net.Conv2d{Maps: 3, Kernel: 3, Stride: 2, Pad: 1}, net.LeakyReLU{Leak: 0.2},
		net.Conv2d{Maps: 2, Kernel: 2, Stride: 1, NoBias: true}, net.Tanh{}, net.Flatten{}, net.Linear{Units: 1}}}},
	{Name: "transposed convolutions", Penalty: true, Spec: net.Spec{Name: "generator", In: net.Vec(12), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 3, H: 2, W: 2}}, net.ConvTranspose2d{Maps: 2, Kernel: 4, Stride: 2, Pad: 1, NoBias: true}, net.Tanh{},
		net.ConvTranspose2d{Maps: 1, Kernel: 3, Stride: 1, Pad: 1}, net.Tanh{}}}},
	{Name: "labels as maps, BatchNorm", Labels: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(18), Layers: []net.Layer{
		net.AsImage{Reshape: net.Reshape{To: net.Shape{C: 2, H: 3, W: 3}}}, net.OneHot{Classes: 3}, net.Conv2d{Maps: 3, Kernel: 2, Stride: 1, NoBias: true}, net.BatchNorm{},
		net.Tanh{}, net.Flatten{}, net.Linear{Units: 4}}}},
	{Name: "BatchNorm of the rows at hand", Mode: &engine.Mode{Batch: true}, Spec: net.Spec{Name: "discriminator", In: net.Vec(8), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 2, W: 2}}, net.Conv2d{Maps: 3, Kernel: 2, Stride: 1, Pad: 1, NoBias: true}, net.BatchNorm{}, net.Tanh{}, net.Flatten{}, net.Linear{Units: 1}}}},
	{Name: "BatchNorm over vectors", Spec: net.Spec{Name: "generator", In: net.Vec(4), Layers: []net.Layer{
		net.Linear{Units: 6}, net.Tanh{}, net.BatchNorm{Eps: 0.8}, net.Linear{Units: 3}}}},
	{Name: "LayerNorm", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(8), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 2, W: 2}}, net.Conv2d{Maps: 3, Kernel: 2, Stride: 1, Pad: 1}, net.LayerNorm{}, net.Tanh{}, net.Flatten{},
		net.Linear{Units: 4}, net.LayerNorm{}, net.Tanh{}, net.Linear{Units: 2}}}},
	{Name: "resampling, padding", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(18), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 3, W: 3}}, net.Pad{By: 1, Value: -1}, net.Upsample{Scale: 2}, net.Conv2d{Maps: 2, Kernel: 3, Stride: 1, Pad: 1}, net.Tanh{},
		net.Pad{By: -1}, net.AvgPool{Size: 2}, net.Tanh{}, net.SumPool{Size: 2}, net.Flatten{}, net.Linear{Units: 1}}}},
	{Name: "blur", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(24), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 4, W: 3}}, net.Blur{}, net.Conv2d{Maps: 2, Kernel: 3, Stride: 1, Pad: 1}, net.Tanh{}, net.Upsample{Scale: 2}, net.Blur{},
		net.Conv2d{Maps: 3, Kernel: 1, Stride: 1, Start: net.Gain(1)}, net.Tanh{}, net.Blur{}, net.AvgPool{Size: 2}, net.Flatten{}, net.Linear{Units: 1, Start: net.Gain(1)}}}},
	{Name: "PixelNorm", Spec: net.Spec{Name: "generator", In: net.Vec(8), Layers: []net.Layer{
		net.PixelNorm{}, net.Reshape{To: net.Shape{C: 2, H: 2, W: 2}}, net.Conv2d{Maps: 3, Kernel: 3, Stride: 1, Pad: 1}, net.Tanh{}, net.PixelNorm{},
		net.Conv2d{Maps: 1, Kernel: 1, Stride: 1}}}},
	{Name: "MinibatchStd", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(8), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 2, W: 2}}, net.Conv2d{Maps: 3, Kernel: 1, Stride: 1}, net.Tanh{}, net.MinibatchStd{}, net.Conv2d{Maps: 2, Kernel: 2, Stride: 1},
		net.Tanh{}, net.Flatten{}, net.Linear{Units: 1}}}},
	{Name: "equalized", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(8), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 2, W: 2}}, net.Equalized{Layer: net.Conv2d{Maps: 3, Kernel: 3, Stride: 1, Pad: 1}, Gain: math.Sqrt2}, net.LeakyReLU{Leak: 0.2},
		net.Flatten{}, net.Equalized{Layer: net.Linear{Units: 4}, Gain: 1}, net.Tanh{}, net.Equalized{Layer: net.Linear{Units: 1, NoBias: true}, Gain: 1}}}},
	{Name: "spectral norm", Penalty: true, Labels: true, Mode: &engine.Mode{Alpha: 1}, Spec: net.Spec{Name: "discriminator", In: net.Vec(8), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 2, W: 2}}, net.Spectral{Layer: net.Conv2d{Maps: 3, Kernel: 3, Stride: 1, Pad: 1}}, net.Tanh{},
		net.Flatten{}, net.Spectral{Layer: net.Linear{Units: 4}}, net.LeakyReLU{Leak: 0.9}, net.Residual{Main: []net.Layer{net.Spectral{Layer: net.Linear{Units: 1}}},
			Skip: []net.Layer{net.Spectral{Layer: net.LabelProduct{Classes: 3}}}}}}},
	{Name: "projection", Penalty: true, Labels: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(4), Layers: []net.Layer{
		net.Linear{Units: 4}, net.Tanh{}, net.Residual{Main: []net.Layer{net.Linear{Units: 1}}, Skip: []net.Layer{net.LabelProduct{Classes: 3}}}}}},
	{Name: "residual", Penalty: true, Spec: net.Spec{Name: "discriminator", In: net.Vec(8), Layers: []net.Layer{
		net.Reshape{To: net.Shape{C: 2, H: 2, W: 2}},
		net.Residual{Main: []net.Layer{net.Tanh{}, net.Conv2d{Maps: 2, Kernel: 3, Stride: 1, Pad: 1}}},
		net.Residual{Main: []net.Layer{net.Conv2d{Maps: 3, Kernel: 1, Stride: 1}, net.LeakyReLU{Leak: 0.2}, net.AvgPool{Size: 2}},
			Skip: []net.Layer{net.AvgPool{Size: 2}, net.Conv2d{Maps: 3, Kernel: 1, Stride: 1}}},
		net.Flatten{}, net.Linear{Units: 1}}}},
	{Name: "fade", Penalty: true, Mode: &engine.Mode{Train: true, Alpha: 0.3}, Spec: fading},
	{Name: "augmentation", Penalty: true, Mode: &engine.Mode{Train: true, Draws: augmentDraws}, Spec: net.Spec{Name: "discriminator", In: net.Vec(60), Layers: []net.Layer{
		net.AsImage{Reshape: net.Reshape{To: net.Shape{C: 2, H: 6, W: 5}}}, net.Augment{Image: net.Shape{C: 2, H: 6, W: 5}, Translation: true, Cutout: true, Light: true, P: 1},
		net.Conv2d{Maps: 2, Kernel: 3, Stride: 2, Pad: 1}, net.Tanh{}, net.Flatten{}, net.Linear{Units: 1}}}},
	{Name: "augmentation of colours", Penalty: true, Mode: &engine.Mode{Train: true, Draws: augmentDraws}, Spec: net.Spec{Name: "discriminator", In: net.Vec(90), Layers: []net.Layer{
		net.AsImage{Reshape: net.Reshape{To: net.Shape{C: 3, H: 6, W: 5}}}, net.Augment{Image: net.Shape{C: 3, H: 6, W: 5}, Translation: true, Cutout: true, Light: true, P: 0.7},
		net.Conv2d{Maps: 2, Kernel: 3, Stride: 2, Pad: 1}, net.Tanh{}, net.Flatten{}, net.Linear{Units: 1}}}},
	{Name: "augmentation of what is not opaque", Penalty: true, Mode: &engine.Mode{Train: true, Draws: augmentDraws}, Spec: net.Spec{Name: "discriminator", In: net.Vec(48), Layers: []net.Layer{
		net.Augment{Image: net.Shape{C: 4, H: 4, W: 3}, Translation: true, Light: true, P: 1}, net.Linear{Units: 3}, net.Tanh{}, net.Linear{Units: 1}}}},
	{Name: "augmentation of vectors", Penalty: true, Mode: &engine.Mode{Train: true, Draws: augmentDraws}, Spec: net.Spec{Name: "discriminator", In: net.Vec(12), Layers: []net.Layer{
		net.Augment{Image: net.Shape{C: 1, H: 4, W: 3}, Translation: true, Light: true, P: 1}, net.Linear{Units: 3}, net.Tanh{}, net.Linear{Units: 1}}}},
	{Name: "fade, begun", Penalty: true, Mode: &engine.Mode{Train: true}, Spec: fading},
}

// augmentDraws is the random numbers of five rows' augmentation.
var augmentDraws = func() []float32 {
	u := make([]float32, rows*net.AugmentDraws)
	rng.New(5, "augmentation").Uniform(u, 0, 1)
	return u
}()

// fading goes from an old way to a new one.
var fading = net.Spec{Name: "discriminator", In: net.Vec(16), Layers: []net.Layer{
	net.Reshape{To: net.Shape{C: 1, H: 4, W: 4}},
	net.Fade{Old: []net.Layer{net.AvgPool{Size: 2}, net.Named{Name: "rgb2", Layers: []net.Layer{net.Conv2d{Maps: 2, Kernel: 1, Stride: 1}, net.LeakyReLU{Leak: 0.2}}}},
		New: []net.Layer{net.Named{Name: "rgb4", Layers: []net.Layer{net.Conv2d{Maps: 2, Kernel: 1, Stride: 1}, net.Tanh{}, net.AvgPool{Size: 2}}}}},
	net.Named{Name: "base", Layers: []net.Layer{net.Conv2d{Maps: 2, Kernel: 2, Stride: 1}, net.Tanh{}, net.Flatten{}, net.Linear{Units: 1}}}}}

const rows = 5

// Run holds an engine against central differences and against the definitions.
func Run(t *testing.T, e engine.Engine) {
	for _, n := range Networks {
		t.Run(n.Name, func(t *testing.T) {
			c := newCase(t, e, n.Spec, n.Labels)
			if n.Mode != nil {
				c.settle()
				c.mode = *n.Mode
			}
			t.Run("gradients", c.gradients)
			t.Run("input alone", c.inputAlone)
			t.Run("accumulation", c.accumulation)
			t.Run("pair", c.pair)
			t.Run("release", c.release)
			t.Run("state", c.state)
			t.Run("inspection", c.inspection)
			t.Run("reference", c.reference)
			if n.Penalty {
				t.Run("penalty", c.penalty)
			}
		})
	}
	t.Run("kinds", func(t *testing.T) { kinds(t, e) })
	t.Run("optimizers", func(t *testing.T) { optimizers(t, e) })
	t.Run("average", func(t *testing.T) { average(t, e) })
	t.Run("mix", func(t *testing.T) { mix(t, e) })
	t.Run("losses", func(t *testing.T) { judges(t, e) })
	t.Run("refusals", func(t *testing.T) { refusals(t, e) })
	if err := e.Err(); err != nil {
		t.Errorf("the engine reports %v", err)
	}
}

// tried is one network with an input and a fixed direction at its output.
type tried struct {
	e       engine.Engine
	net     engine.Net
	pass    engine.Pass
	in      engine.Batch
	x, dy   []float32
	mode    engine.Mode
	inSize  int
	outSize int
}

func newCase(t *testing.T, e engine.Engine, s net.Spec, labels bool) *tried {
	t.Helper()
	net, err := e.Build(s, rng.New(3, s.Name))
	if err != nil {
		t.Fatal(err)
	}
	pass, err := net.Bind(rows)
	if err != nil {
		t.Fatal(err)
	}
	out, err := s.Out()
	if err != nil {
		t.Fatal(err)
	}
	c := &tried{mode: training, e: e, net: net, pass: pass, inSize: s.In.Size(), outSize: out.Size()}
	c.x, c.dy = random("x", rows*c.inSize), random("dy", rows*c.outSize)
	c.in.X = e.NewArray(rows, c.inSize)
	c.in.X.Write(c.x)
	if labels {
		c.in.Labels = []int32{0, 2, 1, 1, 0}
	}
	return c
}

// settle runs enough training passes for what a layer estimates over time to come to rest.
func (c *tried) settle() {
	for range 30 {
		c.value()
	}
}

func random(name string, n int) []float32 {
	v := make([]float32, n)
	rng.New(4, name).Normal(v)
	return v
}

var training = engine.Mode{Train: true, Alpha: 1}

// value is Σ dy·y.
func (c *tried) value() float64 {
	c.in.X.Write(c.x)
	y := make([]float32, rows*c.outSize)
	c.pass.Forward(c.in, c.mode).Read(y)
	sum := 0.0
	for i := range y {
		sum += float64(y[i]) * float64(c.dy[i])
	}
	return sum
}

// learned runs f with cleared gradients and reads them through one step of plain gradient descent at rate 1.
func learned(t *testing.T, e engine.Engine, net engine.Net, f func()) []weights.Tensor {
	t.Helper()
	before, err := net.State()
	if err != nil {
		t.Fatal(err)
	}
	o, err := e.Optimize(net, optim.Spec{Rule: optim.SGD})
	if err != nil {
		t.Fatal(err)
	}
	o.ZeroGrad()
	f()
	o.Step(1)
	after, err := net.State()
	if err != nil {
		t.Fatal(err)
	}
	if err := net.Load(before); err != nil {
		t.Fatal(err)
	}
	params, err := net.Spec().Params()
	if err != nil {
		t.Fatal(err)
	}
	var grads []weights.Tensor
	for i := range before {
		if params[i].Buffer {
			continue
		}
		b, a := f32s(t, before[i]), f32s(t, after[i])
		for j := range b {
			b[j] -= a[j]
		}
		grads = append(grads, weights.FromF32(before[i].Name, before[i].Shape, b))
	}
	return grads
}

func f32s(t *testing.T, x weights.Tensor) []float32 {
	t.Helper()
	v, err := x.F32()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func (c *tried) array(v []float32, cols int) engine.Array {
	a := c.e.NewArray(rows, cols)
	a.Write(v)
	return a
}

// gradients of parameters and input against central differences of value.
func (c *tried) gradients(t *testing.T) {
	var dx []float32
	grads := learned(t, c.e, c.net, func() {
		c.value()
		dx = make([]float32, rows*c.inSize)
		c.pass.Backward(c.array(c.dy, c.outSize), engine.Params|engine.Input).Read(dx)
	})
	c.againstDifferences(t, grads, c.value)
	for i := range dx {
		close(t, "input", i, float64(dx[i]), differences(&c.x[i], c.value))
	}
}

// step of a central difference, and how far float32 sums may be off it.
const (
	h         = 4e-3
	tolerance = 4e-3
)

func differences(at *float32, f func() float64) float64 {
	was := *at
	*at = was + h
	up := f()
	*at = was - h
	down := f()
	*at = was
	return (up - down) / (2 * h)
}

func close(t *testing.T, what string, i int, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance*(1+math.Abs(want))) {
		t.Errorf("%s[%d]: gradient %.5f, differences give %.5f", what, i, got, want)
	}
}

// againstDifferences holds parameter gradients against differences of f, which reads the network's weights.
func (c *tried) againstDifferences(t *testing.T, grads []weights.Tensor, f func() float64) {
	t.Helper()
	state, err := c.net.State()
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range grads {
		k := slices.IndexFunc(state, func(x weights.Tensor) bool { return x.Name == g.Name })
		got, values := f32s(t, g), f32s(t, state[k])
		for i := range got {
			want := differences(&values[i], func() float64 {
				moved := append([]weights.Tensor(nil), state...)
				moved[k] = weights.FromF32(g.Name, g.Shape, values)
				if err := c.net.Load(moved); err != nil {
					t.Fatal(err)
				}
				return f()
			})
			close(t, g.Name, i, float64(got[i]), want)
		}
	}
	if err := c.net.Load(state); err != nil {
		t.Fatal(err)
	}
}

// inputAlone: a backward pass for the input leaves the parameter gradients as they were.
func (c *tried) inputAlone(t *testing.T) {
	for _, g := range learned(t, c.e, c.net, func() {
		c.value()
		if c.pass.Backward(c.array(c.dy, c.outSize), engine.Input) == nil {
			t.Error("no gradient of the input was returned")
		}
	}) {
		for i, v := range f32s(t, g) {
			if v != 0 {
				t.Fatalf("%s[%d] has the gradient %v", g.Name, i, v)
			}
		}
	}
}

// accumulation: two backward passes add up.
func (c *tried) accumulation(t *testing.T) {
	once := learned(t, c.e, c.net, func() {
		c.value()
		c.pass.Backward(c.array(c.dy, c.outSize), engine.Params)
	})
	twice := learned(t, c.e, c.net, func() {
		for range 2 {
			c.value()
			c.pass.Backward(c.array(c.dy, c.outSize), engine.Params)
		}
	})
	for k := range once {
		a, b := f32s(t, once[k]), f32s(t, twice[k])
		for i := range a {
			if math.Abs(float64(b[i]-2*a[i])) > 1e-5*(1+math.Abs(float64(a[i]))) {
				t.Fatalf("%s[%d]: %v once, %v twice", once[k].Name, i, a[i], b[i])
			}
		}
	}
}

// penalty: its value against its definition by differences over the input, its parameter gradients against differences
// of its value.
func (c *tried) penalty(t *testing.T) {
	for _, form := range engine.Forms {
		c.demand(t, engine.Curve{Form: form, Weight: 3})
	}
}

func (c *tried) demand(t *testing.T, curve engine.Curve) {
	mean, read := c.e.NewArray(1, 1), make([]float32, 1)
	penalize := func() float64 {
		c.pass.Penalize(c.in, c.mode, curve, mean)
		c.e.Read([]engine.Reading{{From: mean, To: read}})
		return float64(read[0])
	}
	c.in.X.Write(c.x)
	value := func() float64 {
		o, err := c.e.Optimize(c.net, optim.Spec{Rule: optim.SGD})
		if err != nil {
			t.Fatal(err)
		}
		defer o.ZeroGrad()
		return penalize()
	}
	var got float64
	grads := learned(t, c.e, c.net, func() { got = penalize() })
	dy := append([]float32(nil), c.dy...)
	clear(c.dy)
	for i := range rows {
		c.dy[i*c.outSize] = 1 // the first output
	}
	want := 0.0
	for i := range rows {
		sum := 0.0
		for j := range c.inSize {
			d := differences(&c.x[i*c.inSize+j], c.value)
			sum += d * d
		}
		v, _ := curve.At(math.Sqrt(sum))
		want += v / rows
	}
	copy(c.dy, dy)
	c.in.X.Write(c.x)
	close(t, "penalty", 0, got, want)
	c.againstDifferences(t, grads, value)
}
