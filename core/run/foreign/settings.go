package foreign

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"ganvas/core/arch"
	"ganvas/core/near"
	"ganvas/core/net"
	"ganvas/core/sample"
)

// Settings say what weights cannot tell. A field that is left empty takes the usual default, or what the running statistics
// of the file's BatchNorm layers say.
type Settings struct {
	Part    string `json:"part,omitempty"`    // which network of the file: what its tensors' names begin with
	Hidden  string `json:"hidden,omitempty"`  // activation between layers: relu, leaky:SLOPE, tanh, sigmoid, none
	BNEps   string `json:"bnEps,omitempty"`   // BatchNorm's ε: of all, or of each in turn with commas between them
	Range   string `json:"range,omitempty"`   // values of its pictures: -1..1 by tanh, 0..1 by a sigmoid, others as the last layer gives them
	Labels  string `json:"labels,omitempty"`  // where the label stands beside the noise: first or last
	Classes *int   `json:"classes,omitempty"` // of labels that come one-hot beside the noise; 0 for none
	Size    string `json:"size,omitempty"`    // of a picture: SIDE, or CHANNELSxHEIGHTxWIDTH
	Strides string `json:"strides,omitempty"` // of the transposed convolutions in turn, such as 1,2,2
}

// HiddenNames are the activations that can be set.
var HiddenNames = []string{"relu", "leaky", "tanh", "sigmoid", "none"}

// hidden is the activation of a text; nil where there is none.
func hidden(text string) (net.Layer, error) {
	name, slope, has := strings.Cut(text, ":")
	switch {
	case name == "none" && !has:
		return nil, nil
	case name == "leaky" && !has:
		return net.LeakyReLU{Leak: usualLeak}, nil
	case name == "leaky" || !has && (name == "relu" || name == "tanh" || name == "sigmoid"):
		layers, err := arch.ParseLayers(text)
		v, wrong := strconv.ParseFloat(slope, 64)
		if err != nil || has && (wrong != nil || v > 1) {
			return nil, fmt.Errorf("hidden is %q: a slope is a number from 0 to 1, as in leaky:0.2", text)
		}
		return layers[0], nil
	}
	return nil, fmt.Errorf("hidden is %q: it must be one of %s%s", text, "relu, leaky:SLOPE, tanh, sigmoid or none", near.Ask(name, HiddenNames))
}

const usualLeak = 0.2

// end is what lies behind the last layer: tanh of factor·x + shift, or that itself.
type end struct {
	factor, shift float64
	tanh          bool
}

// ending reads a range of values. 2·σ(x) − 1 is tanh(x/2), so a sigmoid needs no layer of its own.
func ending(text string) (end, error) {
	from, to, ok := strings.Cut(text, "..")
	a, err1 := strconv.ParseFloat(from, 64)
	b, err2 := strconv.ParseFloat(to, 64)
	if text == "none" {
		return end{factor: 1}, nil
	}
	if !ok || err1 != nil || err2 != nil || !(a < b) || math.IsInf(a, 0) || math.IsInf(b, 0) {
		return end{}, fmt.Errorf("range is %q: it must be like -1..1 (tanh), 0..1 (sigmoid), another FROM..TO without an activation, or none for -1..1 without one", text)
	}
	switch {
	case a == -1 && b == 1:
		return end{factor: 1, tanh: true}, nil
	case a == 0 && b == 1:
		return end{factor: 0.5, tanh: true}, nil
	}
	return end{factor: 2 / (b - a), shift: -2*a/(b-a) - 1}, nil
}

// size reads a picture's size; a zero shape where there is none, and no channels where only a side is said.
func size(text string) (s sample.Shape, err error) {
	if text == "" {
		return s, nil
	}
	parts := strings.Split(text, "x")
	v := make([]int, len(parts))
	for i, p := range parts {
		n, wrong := strconv.Atoi(p)
		if wrong != nil || n < 1 {
			err = wrongSize(text)
		}
		v[i] = n
	}
	switch {
	case err != nil:
		return s, err
	case len(v) == 1:
		s = sample.Shape{Height: v[0], Width: v[0]}
	case len(v) == 3:
		s = sample.Shape{Channels: v[0], Height: v[1], Width: v[2]}
	default:
		return s, wrongSize(text)
	}
	whole := s
	whole.Channels = max(1, s.Channels)
	return s, whole.Check()
}

func wrongSize(text string) error {
	return fmt.Errorf("size is %q: it must be a side, such as 28, or CHANNELSxHEIGHTxWIDTH, such as 3x32x32", text)
}

// epsilons reads what n BatchNorms have for ε.
func epsilons(text string, n int) ([]float64, error) {
	parts := strings.Split(text, ",")
	all := make([]float64, n)
	for i := range all {
		v, err := strconv.ParseFloat(parts[min(i, len(parts)-1)], 64)
		if err != nil || !(v >= 0 && v <= 10) || len(parts) > 1 && len(parts) != n {
			return nil, fmt.Errorf("bn-eps is %q: it must be a number from 0 to 10, or one for each of %d BatchNorms with commas between them", text, n)
		}
		all[i] = max(v, 1e-30) // as good as none
	}
	return all, nil
}

func strides(text string) (all []int, err error) {
	if text == "" {
		return nil, nil
	}
	for _, p := range strings.Split(text, ",") {
		n, err := strconv.Atoi(p)
		if err != nil || n < 1 || n > 16 {
			return nil, fmt.Errorf("strides is %q: it must be a number for each transposed convolution, such as 1,2,2", text)
		}
		all = append(all, n)
	}
	return all, nil
}
