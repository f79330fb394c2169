package net

import "reflect"

// Row is what there is to say of a kind of layer beside what its type computes: the one place where it is named.
type Row struct {
	Name  string // its word in messages; the page has a text for it in each language
	Shown Shown  // in a diagram of networks
	Layer Layer  // one of the kind,
	In    Shape  // and what that one takes
}

// Shown is how a diagram shows a layer.
type Shown int

const (
	Alone   Shown = iota // as a line of its own
	Behind               // in the line of the layer before it: norms and activations
	AsShape              // as the shape of what comes before it
	Inside               // as the last row of the layers in it
	Nowhere              // not at all
)

// Rows is the table of all kinds of layers.
var Rows = []Row{
	{Name: "dense", Layer: Linear{Units: 2}, In: Vec(3)},
	{Name: "conv", Layer: Conv2d{Maps: 2, Kernel: 3, Stride: 1, Pad: 1}, In: square},
	{Name: "deconv", Layer: ConvTranspose2d{Maps: 2, Kernel: 4, Stride: 2, Pad: 1}, In: square},
	{Name: "label", Layer: OneHot{Classes: 3}, In: Vec(3)},
	{Name: "labelproduct", Layer: LabelProduct{Classes: 3}, In: Vec(3)},
	{Name: "spectral", Layer: Spectral{Layer: Linear{Units: 2}}, In: Vec(3)},
	{Name: "equalized", Layer: Equalized{Layer: Linear{Units: 2}, Gain: 1}, In: Vec(3)},
	{Name: "batchnorm", Shown: Behind, Layer: BatchNorm{}, In: square},
	{Name: "layernorm", Shown: Behind, Layer: LayerNorm{}, In: square},
	{Name: "pixelnorm", Shown: Behind, Layer: PixelNorm{}, In: square},
	{Name: "batchstd", Layer: MinibatchStd{}, In: square},
	{Name: "leaky", Shown: Behind, Layer: LeakyReLU{Leak: 0.2}, In: Vec(3)},
	{Name: "relu", Shown: Behind, Layer: LeakyReLU{}, In: Vec(3)},
	{Name: "tanh", Shown: Behind, Layer: Tanh{}, In: Vec(3)},
	{Name: "sigmoid", Shown: Behind, Layer: Sigmoid{}, In: Vec(3)},
	{Name: "dropout", Shown: Behind, Layer: Dropout{P: 0.5}, In: Vec(3)},
	{Name: "noise", Layer: Noise{Std: 0.1}, In: Vec(3)},
	{Name: "augment", Layer: Augment{Image: square, Light: true, P: 1}, In: square},
	{Name: "upsample", Layer: Upsample{Scale: 2}, In: square},
	{Name: "average", Layer: AvgPool{Size: 2}, In: square},
	{Name: "sum", Layer: SumPool{Size: 2}, In: square},
	{Name: "blur", Layer: Blur{}, In: square},
	{Name: "pad", Layer: Pad{By: 1}, In: square},
	{Name: "reshape", Shown: AsShape, Layer: Reshape{To: Vec(32)}, In: square},
	{Name: "asimage", Shown: AsShape, Layer: AsImage{Reshape{To: square}}, In: Vec(32)},
	{Name: "flatten", Shown: Nowhere, Layer: Flatten{}, In: square},
	{Name: "residual", Layer: Residual{Main: []Layer{Tanh{}}}, In: Vec(3)},
	{Name: "fade", Shown: Inside, Layer: Fade{Old: []Layer{Tanh{}}, New: []Layer{Sigmoid{}}}, In: Vec(3)},
	{Name: "named", Shown: Inside, Layer: Named{Name: "base", Layers: []Layer{Tanh{}}}, In: Vec(3)},
}

var square = Shape{C: 2, H: 4, W: 4}

// RowOf is the row of a layer's kind. LeakyReLU is two: a leak of 0 has a name of its own.
func RowOf(l Layer) Row {
	act, isAct := l.(LeakyReLU)
	for _, r := range Rows {
		if reflect.TypeOf(r.Layer) == reflect.TypeOf(l) && (!isAct || (act.Leak == 0) == (r.Layer.(LeakyReLU).Leak == 0)) {
			return r
		}
	}
	panic("net: a layer without a row")
}

// Wrapping is a layer that computes another with a weight made of the one that is learned.
type Wrapping interface{ Wrapped() Layer }

// Kinds is the names of a layer, that of a wrapping behind those of what it wraps.
func Kinds(l Layer) []string {
	if w, ok := l.(Wrapping); ok {
		return append(Kinds(w.Wrapped()), RowOf(l).Name)
	}
	return []string{RowOf(l).Name}
}

// KernelOf is the side of the kernel that a layer moves over feature maps; 0 where it has none.
func KernelOf(l Layer) int {
	switch l := l.(type) {
	case Wrapping:
		return KernelOf(l.Wrapped())
	case interface{ kernel() int }:
		return l.kernel()
	}
	return 0
}
