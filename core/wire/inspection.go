package wire

import "ganvas/core/sample"

// Layer describes a place of a network that can be looked into.
type Layer struct {
	Name   string   `json:"name"`             // of its parameters in a checkpoint, without the last part; "input" before all
	Kinds  []string `json:"kinds"`            // what it consists of, in order: names of rows in net.Rows: "dense", "conv", "batchnorm", "leaky", …
	In     [3]int   `json:"in"`               // feature maps, height and width of one sample before it; a vector of n is n, 1, 1
	Out    [3]int   `json:"out"`              // and behind it
	Weight []int    `json:"weight,omitempty"` // shape of its weight, none where it has none
}

// Tiles are values as small pictures. Unit u's picture e lies in the bytes from At + (u·Each + e)·H·W (times Colours where it has them) on, row by row, each
// value v as the signed byte 127·v/Scale, which ends at ±127. Units are a layer's outputs, or its inputs with Inputs.
type Tiles struct {
	Units  int  `json:"units"` // shown here
	From   int  `json:"from"`  // the first of them
	Total  int  `json:"total"` // units there are
	Each   int  `json:"each"`  // pictures of a unit
	H      int  `json:"h"`
	W      int  `json:"w"`
	Inputs bool `json:"inputs,omitempty"`
	Image  bool `json:"image,omitempty"` // pictures as the data set's: −1 is black and 1 white
	// Colours is 3 or 4 where each of them has so many channels, one behind the other, as a sample has.
	Colours int     `json:"colours,omitempty"`
	Scale   float32 `json:"scale"`
	At      int     `json:"at"`
}

// Strip is one histogram after the other: moment k's bin b is the byte At + k·Bins + b, the square root of the bin's share
// of the values over that of the fullest bin of all. Bins are as wide as each other from Low to High; with Log these are
// powers of two of the values' sizes.
type Strip struct {
	Bins int     `json:"bins"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	Log  bool    `json:"log,omitempty"`
	At   int     `json:"at"`
}

// Past is a layer's weights and gradients over the run.
type Past struct {
	Steps     []int `json:"steps"` // of the moments
	Weights   Strip `json:"weights"`
	Gradients Strip `json:"gradients"`
}

// Sum is one value of a layer's activations taken apart. Before what follows the layer's weights (bias, normalisation, activation function,
// resampling) it is Total, and Value afterwards. Over are the places of the layer's own output that come together in it, one as a rule, several where
// resampling follows: Total is the sum of their totals, each times its share. The rest tells how the first of these comes about. A layer with weights
// adds, over Channels of the input, the products of an H × W kernel with what lies under it. What has no weights has Ways instead.
type Sum struct {
	Unit     int       `json:"unit"`
	Y        int       `json:"y"`
	X        int       `json:"x"`
	Total    float32   `json:"total"`
	Value    float32   `json:"value"`
	Over     []Term    `json:"over,omitempty"`
	H        int       `json:"h,omitempty"`
	W        int       `json:"w,omitempty"`
	Stride   int       `json:"stride,omitempty"` // of a convolution
	Pad      int       `json:"pad,omitempty"`
	Channels int       `json:"channels,omitempty"`
	Shown    []Product `json:"shown,omitempty"` // the largest ones
	Map      *Tiles    `json:"map,omitempty"`   // the input map of the first of them, as a picture; none of a vector
	Ways     []Term    `json:"ways,omitempty"`
}

// Term is a part of a Sum: a value, and the share with which it counts. Layer names the place that the value is of; without a name it is of the
// layer itself, before what follows it.
type Term struct {
	Layer string  `json:"layer,omitempty"`
	Unit  int     `json:"unit"`
	Y     int     `json:"y"`
	X     int     `json:"x"`
	Share float32 `json:"share"`
	Value float32 `json:"value"`
}

// Product is one input channel's share in a Sum, row by row: the values under the kernel, 0 outside of the input, and the kernel.
type Product struct {
	Channel int       `json:"channel"`
	Patch   []float32 `json:"patch"`
	Kernel  []float32 `json:"kernel"`
	Sum     float32   `json:"sum"`
}

// Flow is how large the gradients of each network's last update were: the root mean square of those of each layer's weight, in the order of an
// Inspection's layers, 0 where there is no weight.
type Flow struct {
	Generator     []float32 `json:"generator"`
	Discriminator []float32 `json:"discriminator"`
}

// Inspection is the answer to an inspect command; offsets are into the bytes beside it.
type Inspection struct {
	Step          int     `json:"step"`
	Network       string  `json:"network"` // that the layer is of: "generator" or "discriminator"
	Layer         string  `json:"layer"`
	Averaged      bool    `json:"averaged,omitempty"` // the generator looked into is the averaged one, whose images are shown
	Generator     []Layer `json:"generator"`
	Discriminator []Layer `json:"discriminator"`
	Of            string  `json:"of"` // the sample's kind, "fake" or "real",
	Index         int     `json:"index"`
	Verdict       float32 `json:"verdict"`          // and what D says of it: the sigmoid of its logit,
	Scores        bool    `json:"scores,omitempty"` // or the score that it is
	Fresh         bool    `json:"fresh,omitempty"`  // D has learned nothing, so that it says nothing
	Label         *int32  `json:"label,omitempty"`  // its class, conditional runs only
	Weights       *Tiles  `json:"weights,omitempty"`
	Activations   *Tiles  `json:"activations,omitempty"` // none where the sample does not go this way now
	Past          *Past   `json:"past,omitempty"`        // none where the layer has no weight
	Sum           *Sum    `json:"sum,omitempty"`         // of the pixel that was asked for, none where it is nothing's sum
	Flow          *Flow   `json:"flow,omitempty"`        // where it was asked for
	Ms            float64 `json:"ms"`                    // that the answer took
}

// Wishes is the answer to a wish command: samples as bytes (Count, Sample) from Images on, 0 black, and from Ink on
// what D wishes of each, as signed bytes: ∂D/∂value over the sample's largest one, from −127 (less ink of white, darker)
// to 127. Without steps there is one for each sample shown; with steps they are one sample's way.
type Wishes struct {
	Step    int          `json:"step"`
	Of      string       `json:"of"`
	Index   int          `json:"index"`
	Count   int          `json:"count"`
	Sample  sample.Shape `json:"sample"`
	Scores  []float32    `json:"scores"` // D's verdict on each, as an Inspection's
	Logits  []float32    `json:"logits"`
	Largest []float32    `json:"largest"` // of each sample's |∂D/∂value|
	Images  int          `json:"images"`
	Ink     int          `json:"ink"`
	Ms      float64      `json:"ms"`
}

// Plane is the answer to a plane command: the game of a run on points of the plane. The bytes beside it are little-endian
// float32s: Fakes points (x, y), as many gradients of D's logit there, Reals points, Sheet × Sheet points that the generator
// makes of a square sheet of noise, row by row, and D's logits less Middle at Field × Field places of the square [−1, 1]²,
// rows from y = −1 on. Behind them, for each of Units, lie that many maps of one of D's hidden layers: Field × Field signed
// bytes, 127 times a unit's value over its largest.
type Plane struct {
	Step   int     `json:"step"`
	Fakes  int     `json:"fakes"`
	Reals  int     `json:"reals"`
	Sheet  int     `json:"sheet"`
	Field  int     `json:"field"`
	Middle float64 `json:"middle"`           // the logit at which D is undecided
	Scores bool    `json:"scores,omitempty"` // logits are scores, not those of probabilities
	Fresh  bool    `json:"fresh,omitempty"`  // D has learned nothing, so that it says nothing
	Units  []int   `json:"units,omitempty"`  // of each hidden layer, that are shown
	Widths []int   `json:"widths,omitempty"` // and that there are
	Ms     float64 `json:"ms"`               // that the answer took
}
