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
	lines, err := modules(m.Net)
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
	if m.Classes > 0 {
		more = "import torch.nn.functional as F\n"
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
`, more, about, s.Channels, s.Height, s.Width, strings.Join(lines, ",\n            "), args, forward, s.Channels, s.Height, s.Width)
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

// modules is each layer of a plain row as PyTorch's module.
func modules(s net.Spec) ([]string, error) {
	shapes, err := s.Shapes()
	if err != nil {
		return nil, err
	}
	var lines []string
	maps := false
	if _, first := firstLayer(s).(net.ConvTranspose2d); first {
		maps = true
	}
	for i, l := range s.Layers {
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
			if maps {
				of = "nn.BatchNorm2d("
			}
			line = of + strconv.Itoa(in.C)
			if l.Epsilon() != net.BatchEps {
				line += ", eps=" + strconv.FormatFloat(l.Epsilon(), 'g', -1, 64)
			}
			line += ")"
		case net.LayerNorm:
			line = fmt.Sprintf("nn.LayerNorm(%d)", in.C)
			if maps {
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
			line, maps = fmt.Sprintf("nn.Unflatten(1, (%d, %d, %d))", l.To.C, l.To.H, l.To.W), true
		case net.Flatten:
			line, maps = "nn.Flatten()", false
		case net.Upsample:
			line = fmt.Sprintf("nn.Upsample(scale_factor=%d)", l.Scale)
		default:
			return nil, fmt.Errorf("a generator with a %s layer is no plain row of PyTorch's modules: take it as onnx or npz, or open its checkpoint by native/pytorch/ganvas.py", net.RowOf(l).Name)
		}
		lines = append(lines, line)
	}
	return lines, nil
}
