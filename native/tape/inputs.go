package tape

import (
	"slices"

	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/net"
	"ganvas/core/rng"
	"ganvas/core/weights"
)

// inputs looks at what each dense layer of a generator is fed, for the same noise each time: the layers before it are a
// network of their own.
type inputs struct {
	m     *gan.GAN
	noise []float32
	array engine.Array
	start map[string]start // by the name of a dense layer's weight
}

// start is a generator as far as one dense layer.
type start struct {
	net  engine.Net // nil where the layer is the first
	pass engine.Pass
	in   int
}

func newInputs(m *gan.GAN) (*inputs, error) {
	x := &inputs{m: m, noise: make([]float32, probes*m.Recipe.Noise), array: m.Engine.NewArray(probes, m.Recipe.Noise), start: map[string]start{}}
	rng.New(1, "tape's probes").Normal(x.noise)
	x.array.Write(x.noise)
	whole := m.Shown().Spec()
	shapes, err := whole.Shapes()
	if err != nil {
		return nil, err
	}
	for i, l := range whole.Layers {
		if _, dense := l.(net.Linear); !dense {
			continue
		}
		names, err := added(whole, i)
		if err != nil {
			return nil, err
		}
		s := start{in: shapes[i].Size()}
		if i > 0 {
			before := net.Spec{Name: whole.Name, In: whole.In, Layers: whole.Layers[:i]}
			if s.net, err = m.Engine.Build(before, rng.New(0, whole.Name)); err != nil {
				return nil, err
			}
			if s.pass, err = s.net.Bind(probes); err != nil {
				return nil, err
			}
		}
		x.start[names[0]] = s
	}
	return x, m.Engine.Err()
}

// added is the names of layer i's parameters.
func added(s net.Spec, i int) ([]string, error) {
	before, err := net.Spec{Name: s.Name, In: s.In, Layers: s.Layers[:i]}.Params()
	if err != nil {
		return nil, err
	}
	after, err := net.Spec{Name: s.Name, In: s.In, Layers: s.Layers[:i+1]}.Params()
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range after[len(before):] {
		names = append(names, p.Name)
	}
	return names, nil
}

// of is what the layer with that weight is fed (probes, in) in a generator of that state; nil for layers that are not
// dense, about which nothing is said.
func (x *inputs) of(name string, state []weights.Tensor) ([]float32, error) {
	s, ok := x.start[name]
	if !ok {
		return nil, nil
	}
	if s.net == nil {
		return x.noise, nil
	}
	ps, err := s.net.Spec().Params()
	if err != nil {
		return nil, err
	}
	var mine []weights.Tensor
	for _, t := range state {
		if slices.ContainsFunc(ps, func(p net.Param) bool { return p.Name == t.Name }) {
			mine = append(mine, t)
		}
	}
	if err := s.net.Load(mine); err != nil {
		return nil, err
	}
	labels := make([]int32, probes)
	for i := range labels {
		labels[i] = int32(i % max(1, x.m.Data.Classes))
	}
	if !x.m.Recipe.Conditional {
		labels = nil
	}
	fed := make([]float32, probes*s.in)
	s.pass.Forward(engine.Batch{X: x.array, Labels: labels}, engine.Mode{Alpha: 1}).Read(fed)
	return fed, x.m.Engine.Err()
}
