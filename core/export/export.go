// Package export gives a trained generator away: as an ONNX file, as a PyTorch state dict with the class that loads it, as
// NumPy arrays.
package export

import (
	"encoding/json"
	"errors"

	"ganvas/core/gan"
	"ganvas/core/net"
	"ganvas/core/sample"
	"ganvas/core/weights"
)

// Model is a generator as it is given away.
type Model struct {
	Net     net.Spec
	Finish  *net.Spec // what brings its images to the data's size, without weights; nil for nothing
	State   []weights.Tensor
	Sample  sample.Shape
	Noise   int
	Classes int      // 0 where it takes no label
	Names   []string // of the classes; nil where they have only numbers
	Alpha   float64  // how far its newest resolution has faded in
	Meta    map[string]string
}

// Of is the generator that m shows.
func Of(m *gan.GAN) (*Model, error) {
	state, err := m.Shown().State()
	if err != nil {
		return nil, err
	}
	shape, err := m.Data.Sample.MarshalJSON()
	if err != nil {
		return nil, err
	}
	e := &Model{Net: m.Shown().Spec(), Finish: m.Finish(), State: state, Sample: m.Data.Sample, Noise: m.Recipe.Noise, Alpha: m.FadeIn(),
		Meta: map[string]string{"recipe": string(m.Recipe.JSON()), "sample": string(shape), "values": "-1 to 1"}}
	if m.Recipe.Conditional {
		e.Classes, e.Names = m.Data.Classes, m.Classes
	}
	if e.Names != nil {
		names, err := json.Marshal(e.Names)
		if err != nil {
			return nil, err
		}
		e.Meta["classes"] = string(names)
	}
	return e, nil
}

// Format is a way in which generators are given away. Files are what it consists of, by name.
type Format struct {
	Name, Says string
	Single     bool // it is one file, whose name in Files is ""
	Files      func(m *Model) ([]File, error)
}

// File is one file of an export.
type File struct {
	Name string
	Data []byte
}

// Formats is the table of all formats.
var Formats = []Format{
	{"onnx", "a graph that ONNX runtimes execute", true, one(ONNX)},
	{"npz", "NumPy arrays by name", true, one(NPZ)},
	{"pytorch", "a folder with state_dict.pth, model.py and example.py", false, PyTorch},
}

func one(f func(m *Model) ([]byte, error)) func(m *Model) ([]File, error) {
	return func(m *Model) ([]File, error) {
		b, err := f(m)
		return []File{{"", b}}, err
	}
}

// Find is the named format.
func Find(name string) (Format, error) {
	for _, f := range Formats {
		if f.Name == name {
			return f, nil
		}
	}
	return Format{}, errors.New("generators are given away as onnx, npz or pytorch")
}
