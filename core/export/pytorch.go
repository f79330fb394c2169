package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/net"
	"ganvas/core/weights"
	"ganvas/core/weights/npz"
	"ganvas/core/weights/pth"
)

// NPZ is the state as NumPy arrays, with the recipe and the like as bytes.
func NPZ(m *Model) ([]byte, error) { return npz.Encode(m.State, m.Meta) }

// PyTorch is a state dict, the class that loads it and three lines that use it.
func PyTorch(m *Model) ([]File, error) {
	w := &writing{alpha: m.Alpha, under: "net.", left: m.State, helpers: map[string]bool{}, indent: "\n" + strings.Repeat(" ", 16)}
	_, w.maps = firstLayer(m.Net).(net.ConvTranspose2d)
	shapes, err := m.Net.Shapes()
	if err != nil {
		return nil, err
	}
	layers, input, before := m.Net.Layers, "z", ""
	if k := slices.IndexFunc(layers, func(l net.Layer) bool { _, label := l.(net.OneHot); return label }); k > 0 { // the label comes beside what is done to the noise
		first, err := w.modules(layers[:k], shapes)
		if err != nil {
			return nil, err
		}
		layers, shapes, input, before = layers[k:], shapes[k:], "self.before(z)", fmt.Sprintf("self.before = nn.Sequential(%s)\n        ", joined(first, ", "))
	}
	modules, err := w.modules(layers, shapes)
	if err != nil {
		return nil, err
	}
	if m.Finish != nil {
		finish, err := w.finish(*m.Finish)
		if err != nil {
			return nil, err
		}
		modules = append(modules, finish...)
	}
	state, err := pth.Encode(w.state)
	if err != nil {
		return nil, err
	}
	imports, args := "import torch\nimport torch.nn as nn\n", "z"
	if m.Classes > 0 || w.helpers["Blur"] {
		imports += "import torch.nn.functional as F\n"
	}
	opens, closes := "nn.Sequential(", ")"
	if named(modules) {
		imports = "from collections import OrderedDict\n\n" + imports
		opens, closes = "nn.Sequential(OrderedDict(", "))"
	}
	if m.Classes > 0 {
		args, input = "z, label", fmt.Sprintf("torch.cat([%s, F.one_hot(label, %d).to(z.dtype)], 1)", input, m.Classes)
	}
	if _, first := firstLayer(m.Net).(net.ConvTranspose2d); first {
		input += "[:, :, None, None]"
	}
	s := m.Sample
	about := fmt.Sprintf("z (N, %d), standard normal", m.Noise)
	call := fmt.Sprintf("generator(torch.randn(16, %d)", m.Noise)
	if m.Classes > 0 {
		about += fmt.Sprintf(", and label (N) from 0 to %d", m.Classes-1)
		if m.Names != nil {
			about += ", as classes names them"
			imports += fmt.Sprintf("\nclasses = %s\n", m.Meta["classes"]) // JSON's lists of texts are Python's
		}
		call += fmt.Sprintf(", torch.arange(16) %% %d", m.Classes)
	}
	model := fmt.Sprintf(`%s
%s
class Generator(nn.Module):
    """Takes %s; gives images (N, %d, %d, %d) from -1 to 1."""

    def __init__(self):
        super().__init__()
        %sself.net = %s
            %s,
        %s

    def forward(self, %s):
        return self.net(%s).view(-1, %d, %d, %d)


def load(path="state_dict.pth"):
    generator = Generator()
    generator.load_state_dict(torch.load(path, map_location="cpu"))
    return generator.eval()
`, imports, w.classes(), about, s.Channels, s.Height, s.Width, before, opens, joined(modules, ",\n            "), closes, args, input, s.Channels, s.Height, s.Width)
	example := "import torch, model\ngenerator = model.load()\nimages = " + call + ").detach()\n"
	return []File{{"state_dict.pth", state}, {"model.py", []byte(model)}, {"example.py", []byte(example)}}, nil
}

// firstLayer is the first with weights.
func firstLayer(s net.Spec) net.Layer {
	for _, l := range s.Layers {
		if _, outside := l.(net.Outside); !outside {
			return l
		}
	}
	return nil
}

// helpers are the modules that PyTorch has not, in the order in which they are written.
var helpers = []struct{ name, text string }{
	{"Sum", `
class Sum(nn.Module):
    """Two ways from the same input, added up."""

    def __init__(self, main, skip):
        super().__init__()
        self.main, self.skip = nn.Sequential(*main), nn.Sequential(*skip)

    def forward(self, x):
        return self.main(x) + self.skip(x)

`},
	{"Blur", `
class Blur(nn.Module):
    """Each map with [1 2 1]/4 along rows and columns, edges repeated."""

    def forward(self, x):
        side = x.new_tensor([1.0, 2.0, 1.0]) / 4
        kernel = (side[:, None] * side).expand(x.shape[1], 1, 3, 3)
        return F.conv2d(F.pad(x, (1, 1, 1, 1), mode="replicate"), kernel, groups=x.shape[1])

`},
	{"PixelNorm", `
class PixelNorm(nn.Module):
    """Each pixel's features, scaled to a mean square of 1."""

    def forward(self, x):
        return x / (x.square().mean(1, keepdim=True) + 1e-8).sqrt()

`},
	{"Fade", `
class Fade(nn.Module):
    """The newest resolution, as far as it had come in: (1 - alpha) * old + alpha * new."""

    def __init__(self, alpha, old, new):
        super().__init__()
        self.alpha, self.old, self.new = alpha, nn.Sequential(old), nn.Sequential(new)

    def forward(self, x):
        return (1 - self.alpha) * self.old(x) + self.alpha * self.new(x)

`},
}

// writing is modules on their way to text, and their weights under the names that they have there.
type writing struct {
	maps    bool    // what comes next is feature maps
	alpha   float64 // how far the newest resolution has faded in
	under   string  // prefix of the names that come next
	left    []weights.Tensor
	state   []weights.Tensor
	indent  string // of a line inside a group of layers
	helpers map[string]bool
}

// module is one of PyTorch's, with its name where it has no number.
type module struct{ name, text string }

// named reports whether any of the modules has a name, so that all need one.
func named(row []module) bool {
	return slices.ContainsFunc(row, func(m module) bool { return m.name != "" })
}

// joined is modules in a row: where some have a name, as keywords, each other by what it is.
func joined(row []module, between string) string {
	texts := make([]string, len(row))
	for i, m := range row {
		texts[i] = m.text
		if m.name == "" && named(row) {
			m.name, _, _ = strings.Cut(strings.ToLower(strings.TrimPrefix(m.text, "nn.")), "(")
		}
		if m.name != "" {
			texts[i] = m.name + "=" + m.text
		}
	}
	return strings.Join(texts, between)
}

// classes is the text of the helpers that are needed.
func (w *writing) classes() (text string) {
	for _, h := range helpers {
		if w.helpers[h.name] {
			text += h.text
		}
	}
	return text
}

// take names the next n tensors as the module at hand has them.
func (w *writing) take(n int) {
	for _, t := range w.left[:n] {
		t.Name = w.under + t.Name
		w.state = append(w.state, t)
	}
	w.left = w.left[n:]
}

// way is layers in a row that take values of that shape.
func (w *writing) way(layers []net.Layer, in net.Shape) ([]module, error) {
	shapes, err := net.Spec{Name: "inside", In: in, Layers: layers}.Shapes()
	if err != nil {
		return nil, err
	}
	return w.modules(layers, shapes)
}

// finish is what brings pictures to the data's size: feature maps already, where the engines have rows of values.
func (w *writing) finish(s net.Spec) ([]module, error) {
	shapes, err := s.Shapes()
	if err != nil {
		return nil, err
	}
	if _, is := s.Layers[0].(net.Reshape); !is || !w.maps {
		panic("export: a finish that begins with no picture")
	}
	return w.modules(s.Layers[1:], shapes[1:])
}

// modules is each of the layers in a row as PyTorch's module; shapes are those before each.
func (w *writing) modules(layers []net.Layer, shapes []net.Shape) ([]module, error) {
	var row []module
	for i, l := range layers {
		in := shapes[i]
		bias := func(no bool) string {
			if no {
				return ", bias=False"
			}
			return ""
		}
		line := ""
		switch l := l.(type) {
		case net.OneHot:
			continue
		case net.Linear:
			line = fmt.Sprintf("nn.Linear(%d, %d%s)", in.Size(), l.Units, bias(l.NoBias))
		case net.Conv2d:
			line = fmt.Sprintf("nn.Conv2d(%d, %d, %d, %d, %d%s)", in.C, l.Maps, l.Kernel, l.Stride, l.Pad, bias(l.NoBias))
		case net.ConvTranspose2d:
			line = fmt.Sprintf("nn.ConvTranspose2d(%d, %d, %d, %d, %d%s)", in.C, l.Maps, l.Kernel, l.Stride, l.Pad, bias(l.NoBias))
		case net.BatchNorm:
			of := "nn.BatchNorm1d("
			if w.maps {
				of = "nn.BatchNorm2d("
			}
			line = of + strconv.Itoa(in.C)
			if l.Epsilon() != net.BatchEps {
				line += ", eps=" + strconv.FormatFloat(l.Epsilon(), 'g', -1, 64)
			}
			line += ")"
		case net.LayerNorm:
			line = fmt.Sprintf("nn.LayerNorm(%d)", in.C)
			if w.maps {
				line = fmt.Sprintf("nn.LayerNorm([%d, %d, %d])", in.C, in.H, in.W)
			}
		case net.PixelNorm:
			line, w.helpers["PixelNorm"] = "PixelNorm()", true
		case net.LeakyReLU:
			line = "nn.ReLU()"
			if l.Leak != 0 {
				line = "nn.LeakyReLU(" + strconv.FormatFloat(l.Leak, 'g', -1, 64) + ")"
			}
		case net.Tanh:
			line = "nn.Tanh()"
		case net.Sigmoid:
			line = "nn.Sigmoid()"
		case net.Reshape:
			line, w.maps = fmt.Sprintf("nn.Unflatten(1, (%d, %d, %d))", l.To.C, l.To.H, l.To.W), true
		case net.Flatten:
			line, w.maps = "nn.Flatten()", false
		case net.Upsample:
			if l.Scale == 1 {
				continue
			}
			line = fmt.Sprintf("nn.Upsample(scale_factor=%d)", l.Scale)
		case net.Pad:
			line = fmt.Sprintf("nn.ConstantPad2d(%d, %g)", l.By, l.Value)
		case net.Blur:
			line, w.helpers["Blur"] = "Blur()", true
		case net.Equalized: // its weight is written as it is taken
			at := len(w.state)
			inside, err := w.way([]net.Layer{l.Layer}, in)
			if err != nil {
				return nil, err
			}
			if w.state[at], err = scaled(w.state[at], l.Scale(in)); err != nil {
				return nil, err
			}
			row = append(row, inside...)
			continue
		case net.Residual:
			ways := make([]string, 2)
			for k, layers := range l.Rows() {
				inside, err := w.way(layers, in)
				if err != nil {
					return nil, err
				}
				ways[k] = "[" + joined(inside, ", ") + "]"
			}
			row, w.helpers["Sum"] = append(row, module{"", fmt.Sprintf("Sum(%s,%s%s)", ways[0], w.indent, ways[1])}), true
			continue
		case net.Named:
			inside, err := w.way(l.Layers, in)
			if err != nil {
				return nil, err
			}
			text := joined(inside, ", ")
			if len(text) > 100 {
				text = w.indent + joined(inside, ","+w.indent)
			}
			row = append(row, module{l.Name, "nn.Sequential(" + text + ")"})
			continue
		case net.Fade:
			inside, err := w.fade(l, in)
			if err != nil {
				return nil, err
			}
			row = append(row, inside...)
			continue
		default:
			return nil, fmt.Errorf("a generator with a %s layer is no row of modules that PyTorch has: take it as onnx or npz, or open its checkpoint by native/pytorch/ganvas.py", net.RowOf(l).Name)
		}
		w.take(len(l.Params(in)))
		row = append(row, module{"", line})
	}
	return row, nil
}

// fade is the newest resolution of a network that grows, with the way around it while that still counts.
func (w *writing) fade(l net.Fade, in net.Shape) ([]module, error) {
	under, indent := w.under, w.indent
	defer func() { w.under, w.indent = under, indent }()
	if w.alpha == 1 {
		old, err := net.Spec{Name: "old", In: in, Layers: l.Old}.Params()
		if err != nil {
			return nil, err
		}
		w.left = w.left[len(old):]
		return w.way(l.New, in)
	}
	ways := make([]string, 2)
	for k, layers := range l.Rows() {
		w.under, w.indent = under+[2]string{"fade.old.", "fade.new."}[k], indent+"    "
		inside, err := w.way(layers, in)
		if err != nil {
			return nil, err
		}
		ways[k] = "OrderedDict(" + joined(inside, ", ") + ")"
	}
	w.helpers["Fade"] = true
	return []module{{"fade", fmt.Sprintf("Fade(%g,%s%s,%s%s)", w.alpha, indent, ways[0], indent, ways[1])}}, nil
}
