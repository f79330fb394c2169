package export_test

import (
	"bytes"
	"os"
	"slices"
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

// What is no plain row of PyTorch's modules comes with the classes that it takes, and has an ONNX form.
func TestWhatHasNoRow(t *testing.T) {
	for name, classes := range map[string]string{"sngan": "Sum", "progressive": "PixelNorm"} {
		model, err := export.Of(opened(t, name))
		if err != nil {
			t.Fatal(err)
		}
		files, err := export.PyTorch(model)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		text := string(files[1].Data)
		for _, class := range []string{"Sum", "Blur", "PixelNorm", "Fade"} {
			if strings.Contains(text, "class "+class+"(") != (class == classes) {
				t.Errorf("%s: whether it has a class %s is wrong: %s", name, class, text)
			}
		}
		if b, err := export.ONNX(model); err != nil || !bytes.Contains(b, []byte("generator")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Networks that grow keep the names of their resolutions; one that has come in whole leaves the way around it behind.
func TestGrowing(t *testing.T) {
	m, err := export.Of(opened(t, "progressive"))
	if err != nil {
		t.Fatal(err)
	}
	for alpha, want := range map[float64][2]string{1: {"net.image32.0.weight", "net.image16.0.weight"}, 0.25: {"net.fade.old.image16.0.weight", "net.image32.0.weight"}} {
		m.Alpha = alpha
		files, err := export.PyTorch(m)
		if err != nil {
			t.Fatal(err)
		}
		f, err := pth.Decode(files[0].Data)
		if err != nil {
			t.Fatal(err)
		}
		var names []string
		for _, x := range f.Tensors {
			names = append(names, x.Name)
		}
		if !slices.Contains(names, want[0]) || slices.Contains(names, want[1]) {
			t.Errorf("at %g there are %v", alpha, names)
		}
		if text := string(files[1].Data); strings.Contains(text, "class Fade") != (alpha < 1) || !strings.Contains(text, "block8=nn.Sequential(") {
			t.Error(text)
		}
	}
}
