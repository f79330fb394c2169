package arch

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ganvas/core/near"
	"ganvas/core/net"
)

// word is a layer in a generator that is written out: its name, what stands behind it after colons, and both ways between
// text and description. read gets the numbers as far as they are there.
type word struct {
	name, says string
	least      int // numbers that must be there
	most       int // and that may
	bare       bool
	read       func(v []float64, bare bool) net.Layer
	write      func(l net.Layer) (v []float64, bare, mine bool)
}

// words is the table of layers that can be written out, each as name:number:…, and bare behind those without a bias.
var words = []word{
	{name: "dense", says: "dense:UNITS", least: 1, most: 1, bare: true,
		read: func(v []float64, bare bool) net.Layer { return net.Linear{Units: int(v[0]), NoBias: bare} },
		write: func(l net.Layer) ([]float64, bool, bool) {
			d, mine := l.(net.Linear)
			return []float64{float64(d.Units)}, d.NoBias, mine
		}},
	{name: "deconv", says: "deconv:MAPS:KERNEL:STRIDE:PAD", least: 4, most: 4, bare: true,
		read: func(v []float64, bare bool) net.Layer {
			return net.ConvTranspose2d{Maps: int(v[0]), Kernel: int(v[1]), Stride: int(v[2]), Pad: int(v[3]), NoBias: bare}
		},
		write: func(l net.Layer) ([]float64, bool, bool) {
			c, mine := l.(net.ConvTranspose2d)
			return []float64{float64(c.Maps), float64(c.Kernel), float64(c.Stride), float64(c.Pad)}, c.NoBias, mine
		}},
	{name: "conv", says: "conv:MAPS:KERNEL:STRIDE:PAD", least: 4, most: 4, bare: true,
		read: func(v []float64, bare bool) net.Layer {
			return net.Conv2d{Maps: int(v[0]), Kernel: int(v[1]), Stride: int(v[2]), Pad: int(v[3]), NoBias: bare}
		},
		write: func(l net.Layer) ([]float64, bool, bool) {
			c, mine := l.(net.Conv2d)
			return []float64{float64(c.Maps), float64(c.Kernel), float64(c.Stride), float64(c.Pad)}, c.NoBias, mine
		}},
	{name: "batchnorm", says: "batchnorm:EPS", most: 1,
		read: func(v []float64, _ bool) net.Layer {
			if len(v) == 0 || v[0] == net.BatchEps {
				return net.BatchNorm{}
			}
			return net.BatchNorm{Eps: v[0]}
		},
		write: func(l net.Layer) ([]float64, bool, bool) {
			b, mine := l.(net.BatchNorm)
			return unlessZero(b.Eps), false, mine
		}},
	{name: "layernorm", says: "layernorm", read: func([]float64, bool) net.Layer { return net.LayerNorm{} }, write: plain[net.LayerNorm]},
	{name: "leaky", says: "leaky:SLOPE", least: 1, most: 1, read: func(v []float64, _ bool) net.Layer { return net.LeakyReLU{Leak: v[0]} },
		write: func(l net.Layer) ([]float64, bool, bool) {
			a, mine := l.(net.LeakyReLU)
			return []float64{a.Leak}, false, mine && a.Leak != 0
		}},
	{name: "relu", says: "relu", read: func([]float64, bool) net.Layer { return net.LeakyReLU{} }, write: plain[net.LeakyReLU]},
	{name: "tanh", says: "tanh", read: func([]float64, bool) net.Layer { return net.Tanh{} }, write: plain[net.Tanh]},
	{name: "sigmoid", says: "sigmoid", read: func([]float64, bool) net.Layer { return net.Sigmoid{} }, write: plain[net.Sigmoid]},
	{name: "upsample", says: "upsample:TIMES", least: 1, most: 1, read: func(v []float64, _ bool) net.Layer { return net.Upsample{Scale: int(v[0])} },
		write: func(l net.Layer) ([]float64, bool, bool) {
			u, mine := l.(net.Upsample)
			return []float64{float64(u.Scale)}, false, mine
		}},
	{name: "reshape", says: "reshape:MAPS:HEIGHT:WIDTH", least: 3, most: 3,
		read: func(v []float64, _ bool) net.Layer {
			return net.Reshape{To: net.Shape{C: int(v[0]), H: int(v[1]), W: int(v[2])}}
		},
		write: func(l net.Layer) ([]float64, bool, bool) {
			r, mine := l.(net.Reshape)
			return []float64{float64(r.To.C), float64(r.To.H), float64(r.To.W)}, false, mine
		}},
	{name: "flatten", says: "flatten", read: func([]float64, bool) net.Layer { return net.Flatten{} }, write: plain[net.Flatten]},
}

func plain[K net.Layer](l net.Layer) ([]float64, bool, bool) {
	_, mine := l.(K)
	return nil, false, mine
}

func unlessZero(v float64) []float64 {
	if v == 0 {
		return nil
	}
	return []float64{v}
}

const (
	maxWritten = 64  // layers in a generator that is written out
	maxNumber  = 1e6 // behind a layer's name
	noBias     = "bare"
)

// readable reports text that may be a generator written out. Whether it is one is seen when networks are made of it, so that
// programs which only read recipes come without layers.
func readable(text string) bool {
	return len(text) <= maxWritten*32 && !strings.ContainsFunc(text, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune(":/.-+", r))
	})
}

// ParseLayers reads a generator that is written out layer by layer, such as dense:128/leaky:0.2/dense:1024/tanh.
func ParseLayers(text string) ([]net.Layer, error) {
	parts := strings.Split(text, "/")
	if len(parts) > maxWritten {
		return nil, fmt.Errorf("layers has %d of them: at most %d can be written out", len(parts), maxWritten)
	}
	layers := make([]net.Layer, len(parts))
	for i, part := range parts {
		var err error
		if layers[i], err = parseLayer(part); err != nil {
			return nil, err
		}
	}
	return layers, nil
}

func parseLayer(text string) (net.Layer, error) {
	parts := strings.Split(text, ":")
	for _, w := range words {
		if w.name != parts[0] {
			continue
		}
		numbers, bare := parts[1:], false
		if n := len(numbers); w.bare && n > 0 && numbers[n-1] == noBias {
			numbers, bare = numbers[:n-1], true
		}
		v := make([]float64, len(numbers))
		ok := len(v) >= w.least && len(v) <= w.most
		for i, s := range numbers {
			x, err := strconv.ParseFloat(s, 64)
			ok = ok && err == nil && x >= 0 && x <= maxNumber
			v[i] = x
		}
		if ok {
			l := w.read(v, bare)
			if ok = writeLayer(l) != "" && !(w.name == "dense" && v[0] < 1); ok {
				return l, nil
			}
		}
		return nil, fmt.Errorf("layers has %q: it must be %s", text, w.says)
	}
	all := LayerNames()
	return nil, fmt.Errorf("layers has %q: the layers are %s%s", text, strings.Join(all, ", "), near.Ask(parts[0], all))
}

// LayerNames are those of the layers that can be written out.
func LayerNames() []string {
	all := make([]string, len(words))
	for i, w := range words {
		all[i] = w.name
	}
	return all
}

// WriteLayers is the text that ParseLayers reads as those layers.
func WriteLayers(layers []net.Layer) (string, error) {
	all := make([]string, len(layers))
	for i, l := range layers {
		if all[i] = writeLayer(l); all[i] == "" {
			return "", fmt.Errorf("a %s layer cannot be written out", net.RowOf(l).Name)
		}
	}
	return strings.Join(all, "/"), nil
}

func writeLayer(l net.Layer) string {
	for _, w := range words {
		v, bare, mine := w.write(l)
		if !mine {
			continue
		}
		s := w.name
		for _, x := range v {
			s += ":" + strconv.FormatFloat(x, 'g', -1, 64)
		}
		if bare {
			s += ":" + noBias
		}
		return s
	}
	return ""
}

// written is the networks with the generator that the plan writes out in place of the architecture's own.
func (n Networks) written(p Plan, d Data) (Networks, error) {
	if p.Layers == "" {
		return n, nil
	}
	if n.Prepare != nil || Grows(p.Arch) {
		return n, errors.New("layers writes out a whole generator, and arch " + p.Arch + " grows its own: take arch mlp or dcgan")
	}
	layers, err := ParseLayers(p.Layers)
	if err != nil {
		return n, err
	}
	n.G = net.Spec{Name: "generator", In: net.Vec(p.Noise), Layers: append(generatorLabels(p, d), layers...)}
	return n, nil
}
