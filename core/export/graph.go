package export

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"ganvas/core/net"
	"ganvas/core/weights"
)

// graph is an ONNX graph being written: layers in turn on the value named at.
type graph struct {
	*Model
	nodes, inits []message
	at           string
	maps         bool // at is (N, C, H, W), else (N, C)
	shape        net.Shape
	count        int // values so far
	left         []weights.Tensor
	err          error
}

// ONNX is the generator as an ONNX file: noise (N, noise) in float32 and, where it is conditional, label (N) in int64 go in, and
// image (N, C, H, W) from −1 to 1 comes out. Its metadata hold the recipe.
func ONNX(m *Model) ([]byte, error) {
	g := &graph{Model: m, at: "noise", shape: m.Net.In, left: m.State}
	g.row(m.Net.Layers)
	if len(g.left) > 0 && g.err == nil {
		panic("export: weights are left over")
	}
	if m.Finish != nil {
		g.shape = m.Finish.In
		g.row(m.Finish.Layers)
	}
	s := m.Sample
	g.shaped(net.Of(s))
	if g.err != nil {
		return nil, g.err
	}
	g.nodes = append(g.nodes, node("Identity", []string{g.at}, "image"))
	var top, whole, opset message
	for _, n := range g.nodes {
		top.in(fieldEither, n)
	}
	top.text(fieldOther, "generator")
	for _, i := range g.inits {
		top.in(fieldGraphInitializer, i)
	}
	top.in(fieldGraphInput, value("noise", onnxFloat, m.Noise))
	if m.Classes > 0 {
		top.in(fieldGraphInput, value("label", onnxInt64))
	}
	top.in(fieldGraphOutput, value("image", onnxFloat, s.Channels, s.Height, s.Width))
	whole.number(fieldEither, onnxIR)
	whole.text(fieldModelProducer, "ganvas")
	whole.in(fieldModelGraph, top)
	opset.text(fieldEither, "")
	opset.number(fieldOther, onnxOpset)
	whole.in(fieldModelOpset, opset)
	for _, name := range slices.Sorted(maps.Keys(m.Meta)) {
		var entry message
		entry.text(fieldEither, name)
		entry.text(fieldOther, m.Meta[name])
		whole.in(fieldModelMetadata, entry)
	}
	return whole, nil
}

type attr struct {
	name  string
	value any
}

func node(op string, in []string, out string, attrs ...attr) (m message) {
	for _, name := range in {
		m.text(fieldEither, name)
	}
	m.text(fieldOther, out)
	m.text(fieldNodeOperator, op)
	for _, a := range attrs {
		m.in(fieldNodeAttribute, attribute(a.name, a.value))
	}
	return m
}

// do applies an operator to the value at hand and others behind it.
func (g *graph) do(op string, more []string, attrs ...attr) {
	g.count++
	out := "v" + strconv.Itoa(g.count)
	g.nodes = append(g.nodes, node(op, append([]string{g.at}, more...), out, attrs...))
	g.at = out
}

// keep adds an initializer and returns its name.
func (g *graph) keep(t weights.Tensor) string {
	if t.Name == "" {
		g.count++
		t.Name = "c" + strconv.Itoa(g.count)
	}
	g.inits = append(g.inits, tensor(t))
	return t.Name
}

func (g *graph) take() weights.Tensor {
	t := g.left[0]
	g.left = g.left[1:]
	return t
}

// weighted is the next tensors as inputs: a weight, multiplied by scale, and a bias unless there is none.
func (g *graph) weighted(noBias bool, scale float64) []string {
	w, err := scaled(g.take(), scale)
	if err != nil && g.err == nil {
		g.err = err
	}
	names := []string{g.keep(w)}
	if !noBias {
		names = append(names, g.keep(g.take()))
	}
	return names
}

// scaled is a tensor times a factor.
func scaled(t weights.Tensor, by float64) (weights.Tensor, error) {
	if by == 1 {
		return t, nil
	}
	v, err := t.F32()
	if err != nil {
		return t, err
	}
	for i := range v {
		v[i] = float32(float64(v[i]) * by)
	}
	return weights.FromF32(t.Name, t.Shape, v), nil
}

// shaped brings the value at hand to feature maps of that shape.
func (g *graph) shaped(s net.Shape) {
	g.do("Reshape", []string{g.keep(int64s("", 0, s.C, s.H, s.W))})
	g.maps = true
}

func (g *graph) asMaps() {
	if !g.maps {
		g.shaped(g.shape)
	}
}

func (g *graph) asVector() {
	if g.maps {
		g.do("Reshape", []string{g.keep(int64s("", 0, g.shape.Size()))})
		g.maps = false
	}
}

// row applies layers in turn.
func (g *graph) row(layers []net.Layer) {
	for _, l := range layers {
		if g.err != nil {
			return
		}
		out, err := l.Out(g.shape)
		if err != nil {
			g.err = err
			return
		}
		g.layer(l, 1)
		g.shape = out
	}
}

func (g *graph) layer(l net.Layer, scale float64) {
	switch l := l.(type) {
	case net.Linear:
		g.asVector()
		g.do("Gemm", g.weighted(l.NoBias, scale), attr{"transB", 1})
	case net.Conv2d:
		g.asMaps()
		g.do("Conv", g.weighted(l.NoBias, scale), walk(l.Kernel, l.Stride, l.Pad)...)
	case net.ConvTranspose2d:
		g.asMaps()
		g.do("ConvTranspose", g.weighted(l.NoBias, scale), walk(l.Kernel, l.Stride, l.Pad)...)
	case net.Equalized:
		g.layer(l.Layer, l.Scale(g.shape))
	case net.BatchNorm:
		in := []string{g.keep(g.take()), g.keep(g.take()), g.keep(g.take()), g.keep(g.take())}
		g.take() // the count of batches
		g.do("BatchNormalization", in, attr{"epsilon", l.Epsilon()})
	case net.LayerNorm:
		g.do("LayerNormalization", []string{g.keep(g.take()), g.keep(g.take())}, attr{"axis", 1}, attr{"epsilon", 1e-5})
	case net.PixelNorm:
		x := g.at
		g.do("Mul", []string{x})
		g.do("ReduceMean", nil, attr{"axes", []int{1}}, attr{"keepdims", 1})
		g.do("Add", []string{g.keep(weights.FromF32("", nil, []float32{1e-8}))})
		g.do("Sqrt", nil)
		root := g.at
		g.at = x
		g.do("Div", []string{root})
	case net.LeakyReLU:
		g.do("LeakyRelu", nil, attr{"alpha", l.Leak})
	case net.Tanh:
		g.do("Tanh", nil)
	case net.Sigmoid:
		g.do("Sigmoid", nil)
	case net.Dropout, net.Noise, net.Augment:
	case net.Reshape:
		g.reshape(l.To)
	case net.AsImage:
		g.reshape(l.To)
	case net.Flatten:
		g.asVector()
	case net.Upsample:
		g.asMaps()
		scales := g.keep(weights.FromF32("", []int{4}, []float32{1, 1, float32(l.Scale), float32(l.Scale)}))
		g.do("Resize", []string{"", scales}, attr{"mode", "nearest"}, attr{"coordinate_transformation_mode", "asymmetric"}, attr{"nearest_mode", "floor"})
	case net.Blur:
		g.asMaps()
		g.do("Pad", []string{g.keep(int64s("", 0, 0, 1, 1, 0, 0, 1, 1))}, attr{"mode", "edge"})
		kernel := make([]float32, 9*g.shape.C)
		for i := range kernel {
			kernel[i] = [9]float32{1, 2, 1, 2, 4, 2, 1, 2, 1}[i%9] / 16
		}
		g.do("Conv", []string{g.keep(weights.FromF32("", []int{g.shape.C, 1, 3, 3}, kernel))}, append(walk(3, 1, 0), attr{"group", g.shape.C})...)
	case net.Pad:
		g.asMaps()
		pads := []string{g.keep(int64s("", 0, 0, l.By, l.By, 0, 0, l.By, l.By)), g.keep(weights.FromF32("", nil, []float32{float32(l.Value)}))}
		g.do("Pad", pads)
	case net.OneHot:
		g.oneHot(l)
	case net.Named:
		g.row(l.Layers)
	case net.Residual:
		g.sum(l.Main, l.Skip, 1, 1)
	case net.Fade:
		g.sum(l.Old, l.New, 1-g.Alpha, g.Alpha)
	default:
		g.err = fmt.Errorf("a %s layer has no form in ONNX here", net.RowOf(l).Name)
	}
}

func walk(kernel, stride, pad int) []attr {
	return []attr{{"kernel_shape", []int{kernel, kernel}}, {"strides", []int{stride, stride}}, {"pads", []int{pad, pad, pad, pad}}}
}

func (g *graph) reshape(to net.Shape) {
	if to.H == 1 && to.W == 1 {
		g.asVector()
		return
	}
	g.shaped(to)
}

// oneHot puts the label beside a vector.
func (g *graph) oneHot(l net.OneHot) {
	g.asVector()
	x := g.at
	g.at = "label"
	g.do("OneHot", []string{g.keep(int64s("", l.Classes)), g.keep(weights.FromF32("", []int{2}, []float32{0, 1}))})
	label := g.at
	g.at = x
	g.do("Concat", []string{label}, attr{"axis", 1})
}

// sum adds what two ways make of the value at hand, each times a factor.
func (g *graph) sum(a, b []net.Layer, fa, fb float64) {
	x, maps, shape := g.at, g.maps, g.shape
	way := func(layers []net.Layer, by float64) string {
		g.at, g.maps, g.shape = x, maps, shape
		g.row(layers)
		if by != 1 {
			g.do("Mul", []string{g.keep(weights.FromF32("", nil, []float32{float32(by)}))})
		}
		return g.at
	}
	first := way(a, fa)
	way(b, fb)
	g.do("Add", []string{first})
	g.shape = shape
}
