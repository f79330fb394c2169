package export_test

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/export"
	"ganvas/core/gan"
	"ganvas/core/run"
	"ganvas/core/run/foreign"
	"ganvas/core/weights"
	"ganvas/core/weights/pth"
)

// opened is one of the generators that the page offers.
func opened(t *testing.T, name string) *gan.GAN {
	t.Helper()
	b, err := os.ReadFile("../../www/weights/" + name + ".safetensors")
	if err != nil {
		t.Skip(err)
	}
	f, err := weights.Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := run.Open(cpu.New(nil), f)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func files(t *testing.T, m *gan.GAN, format string) []export.File {
	t.Helper()
	model, err := export.Of(m)
	if err != nil {
		t.Fatal(err)
	}
	f, err := export.Find(format)
	if err != nil {
		t.Fatal(err)
	}
	all, err := f.Files(model)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// What is given to PyTorch is read back as a generator of the same images.
func TestPyTorchAndBack(t *testing.T) {
	for name, digit := range map[string]int{"classic": -1, "conditional": 3} {
		m := opened(t, name)
		all := files(t, m, "pytorch")
		f, err := pth.Decode(all[0].Data)
		if err != nil {
			t.Fatal(err)
		}
		found, err := foreign.Read(foreign.Tensors{All: f.Tensors}, foreign.Settings{})
		if err != nil {
			t.Fatal(err)
		}
		again, in, err := run.Open(cpu.New(nil), found.File)
		if err != nil {
			t.Fatal(err)
		}
		if in.Recipe.Layers != "" || in.Recipe.Arch != m.Recipe.Arch {
			t.Errorf("%s is read as arch %s with layers %q: it is ours", name, in.Recipe.Arch, in.Recipe.Layers)
		}
		want, err := run.Generate(m, 5, 1, digit)
		if err != nil {
			t.Fatal(err)
		}
		got, err := run.Generate(again, 5, 1, digit)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s makes other images (%v)", name, err)
		}
		if text := string(all[1].Data); !strings.Contains(text, "class Generator") || (digit >= 0) != strings.Contains(text, "one_hot") {
			t.Errorf("%s: %s", name, text)
		}
	}
}

// Networks that grow are refused for PyTorch in a sentence that says what else there is, and have an ONNX form; residual ones come with the class
// that adds two ways up.
func TestWhatHasNoRow(t *testing.T) {
	for _, name := range []string{"sngan", "progressive"} {
		m := opened(t, name)
		model, err := export.Of(m)
		if err != nil {
			t.Fatal(err)
		}
		files, err := export.PyTorch(model)
		if name == "progressive" && (err == nil || !strings.Contains(err.Error(), "take it as onnx")) {
			t.Errorf("%s: %v", name, err)
		}
		if name == "sngan" && (err != nil || !strings.Contains(string(files[1].Data), "class Sum") || strings.Contains(string(files[1].Data), "class Blur")) {
			t.Errorf("%s: %v, %+v", name, err, files)
		}
		if b, err := export.ONNX(model); err != nil || !bytes.Contains(b, []byte("generator")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
