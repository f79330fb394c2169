// Package likeness says how much made pictures are like real ones where nobody has trained a judge of what they show: by the
// features of a fixed convolutional network of random weights, which needs no data and knows no kind of picture.
package likeness

import (
	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/rng"
	"ganvas/core/sample"
)

// Features is how many values describe a picture.
const Features = 64

// Eye is the network bound to a number of pictures at a time. (Random weights as Naeem et al. 2020 use them.)
type Eye struct {
	rows, size int
	body       engine.Net
	see        engine.Pass
	in         engine.Array
	x, y       []float32
}

// spec halves pictures until their shorter side has at most four pixels, with more feature maps each time.
func spec(s sample.Shape) net.Spec {
	in := net.Of(s)
	layers := []net.Layer{net.AsImage{Reshape: net.Reshape{To: in}}}
	for side, maps := min(s.Height, s.Width), 16; side > 4; side, maps = (side+1)/2, min(64, 2*maps) {
		layers = append(layers, net.Conv2d{Maps: maps, Kernel: 3, Stride: 2, Pad: 1}, net.LeakyReLU{Leak: 0.2})
	}
	return net.Spec{Name: "eye", In: net.Vec(s.Size()), Layers: append(layers, net.Flatten{}, net.Linear{Units: Features})}
}

// NewEye is an eye for pictures of a shape, rows of them at a time: always with the same weights.
func NewEye(e engine.Engine, rows int, s sample.Shape) (*Eye, error) {
	body, err := e.Build(spec(s), rng.New(1, "eye"))
	if err != nil {
		return nil, err
	}
	eye := &Eye{body: body, rows: rows, size: s.Size(), in: e.NewArray(rows, s.Size()), x: make([]float32, rows*s.Size()), y: make([]float32, rows*Features)}
	if eye.see, err = body.Bind(rows); err != nil {
		return nil, err
	}
	return eye, e.Err()
}

// Release gives the engine's memory back.
func (e *Eye) Release() {
	if e.see != nil {
		e.see.Release()
	}
	e.body.Release()
	e.in.Release()
}

// Rows is how many pictures Look takes at most.
func (e *Eye) Rows() int { return e.rows }

// Look adds the features (n, Features) of pictures as bytes, n ≤ Rows of them, to those before.
func (e *Eye) Look(features []float64, pictures []byte) []float64 {
	n := len(pictures) / e.size
	for i, b := range pictures {
		e.x[i] = float32(b)/127.5 - 1
	}
	clear(e.x[len(pictures):])
	e.in.Write(e.x)
	e.see.Forward(engine.Batch{X: e.in}, engine.Mode{}).Read(e.y)
	for _, v := range e.y[:n*Features] {
		features = append(features, float64(v))
	}
	return features
}

// See looks at any number of pictures, Rows at a time, and calls rest, if there is one, after each part.
func (e *Eye) See(pictures []byte, rest func()) (features []float64) {
	for at, step := 0, e.rows*e.size; at < len(pictures); at += step {
		features = e.Look(features, pictures[at:min(at+step, len(pictures))])
		if rest != nil {
			rest()
		}
	}
	return features
}
