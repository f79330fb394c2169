package export

import (
	"fmt"
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
	shapes, err := m.Net.Shapes()
	if err != nil {
		return nil, err
	}
	w := &writing{helpers: map[string]bool{}}
	_, w.maps = firstLayer(m.Net).(net.ConvTranspose2d)
	lines, err := w.modules(m.Net.Layers, shapes)
	if err != nil {
		return nil, err
	}
	named := make([]weights.Tensor, len(m.State))
	for i, t := range m.State {
		t.Name = "net." + t.Name
		named[i] = t
	}
	state, err := pth.Encode(named)
	if err != nil {
		return nil, err
	}
	more, args, forward := "", "z", "z"
	if m.Classes > 0 || w.helpers["Blur"] {
		more = "import torch.nn.functional as F\n"
	}
	if m.Classes > 0 {
		args, forward = "z, label", fmt.Sprintf("torch.cat([z, F.one_hot(label, %d).to(z.dtype)], 1)", m.Classes)
	}
	if _, first := firstLayer(m.Net).(net.ConvTranspose2d); first {
		forward += "[:, :, None, None]"
		if m.Classes == 0 {
			forward = "z[:, :, None, None]"
		}
	}
	s := m.Sample
	about := fmt.Sprintf("z (N, %d), standard normal", m.Noise)
	call := fmt.Sprintf("generator(torch.randn(16, %d)", m.Noise)
	if m.Classes > 0 {
		about += fmt.Sprintf(", and label (N) from 0 to %d", m.Classes-1)
		call += fmt.Sprintf(", torch.arange(16) %% %d", m.Classes)
	}
	model := fmt.Sprintf(`import torch
import torch.nn as nn
%s
%s
class Generator(nn.Module):
    """Takes %s; gives images (N, %d, %d, %d) from -1 to 1."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            %s,
        )

    def forward(self, %s):
        return self.net(%s).view(-1, %d, %d, %d)


def load(path="state_dict.pth"):
    generator = Generator()
    generator.load_state_dict(torch.load(path, map_location="cpu"))
    return generator.eval()
`, more, w.classes(), about, s.Channels, s.Height, s.Width, strings.Join(lines, ",\n            "), args, forward, s.Channels, s.Height, s.Width)
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
}

// writing is modules on their way to text.
type writing struct {
	maps    bool // what comes next is feature maps
	helpers map[string]bool
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

// modules is each of the layers in a row as PyTorch's module.
func (w *writing) modules(layers []net.Layer, shapes []net.Shape) ([]string, error) {
	var lines []string
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
			line = fmt.Sprintf("nn.Upsample(scale_factor=%d)", l.Scale)
		case net.Blur:
			line, w.helpers["Blur"] = "Blur()", true
		case net.Residual:
			ways := make([]string, 2)
			for k, way := range l.Rows() {
				inside, err := net.Spec{Name: "inside", In: in, Layers: way}.Shapes()
				if err != nil {
					return nil, err
				}
				row, err := w.modules(way, inside)
				if err != nil {
					return nil, err
				}
				ways[k] = "[" + strings.Join(row, ", ") + "]"
			}
			line, w.helpers["Sum"] = fmt.Sprintf("Sum(%s,\n                %s)", ways[0], ways[1]), true
		default:
			return nil, fmt.Errorf("a generator with a %s layer is no row of modules that PyTorch has: take it as onnx or npz, or open its checkpoint by native/pytorch/ganvas.py", net.RowOf(l).Name)
		}
		lines = append(lines, line)
	}
	return lines, nil
}
