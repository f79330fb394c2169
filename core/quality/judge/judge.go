// Package judge is a small classifier of MNIST digits. It says which digit a picture shows and how sure that is, and
// gives the features that pictures are compared by. The core's own layers compute it; native/lab/judge trains it, and
// core/quality/judge/trained holds the result.
package judge

import (
	"fmt"
	"iter"
	"math"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/net"
	"ganvas/core/rng"
	"ganvas/core/sample"
	"ganvas/core/weights"
)

const (
	Side     = 28 // pictures are Side × Side
	Classes  = 10 // digits
	Features = 64 // values that describe a picture
)

// spec is the classifier's network: three convolutions, from Side × Side pixels in [−1, 1] to the features and from
// them to the digits' logits, side by side. Its last convolution's maps are halved by a stride, so that 28 becomes 14,
// 14 and 7.
func spec() net.Spec {
	return net.Spec{Name: "judge", In: net.Vec(Side * Side), Layers: []net.Layer{
		net.AsImage{Reshape: net.Reshape{To: net.Shape{C: 1, H: Side, W: Side}}},
		net.Conv2d{Maps: 16, Kernel: 5, Stride: 2, Pad: 2, NoBias: true}, net.BatchNorm{}, net.LeakyReLU{},
		net.Conv2d{Maps: 32, Kernel: 3, Stride: 1, Pad: 1, NoBias: true}, net.BatchNorm{}, net.LeakyReLU{},
		net.Conv2d{Maps: 32, Kernel: 3, Stride: 2, Pad: 1, NoBias: true}, net.BatchNorm{}, net.LeakyReLU{},
		net.Flatten{}, net.Linear{Units: Features}, net.LeakyReLU{},
	}}
}

// head is the network from features to logits.
func head() net.Spec {
	return net.Spec{Name: "head", In: net.Vec(Features), Layers: []net.Layer{net.Dropout{P: 0.3}, net.Linear{Units: Classes}}}
}

// Judge is the classifier bound to a number of pictures at a time.
type Judge struct {
	rows       int
	body, head engine.Net
	see, tell  engine.Pass
	in         engine.Array
	x          []float32
}

// New is a judge with fresh weights, for rows pictures at a time.
func New(e engine.Engine, rows int, seed uint64) (*Judge, error) {
	j := &Judge{rows: rows, in: e.NewArray(rows, Side*Side), x: make([]float32, rows*Side*Side)}
	var err error
	if j.body, err = e.Build(spec(), rng.New(seed, "judge")); err != nil {
		return nil, err
	}
	if j.head, err = e.Build(head(), rng.New(seed, "judge's head")); err != nil {
		return nil, err
	}
	if j.see, err = j.body.Bind(rows); err != nil {
		return nil, err
	}
	if j.tell, err = j.head.Bind(rows); err != nil {
		return nil, err
	}
	return j, e.Err()
}

// Load is the judge that a file of its weights holds.
func Load(e engine.Engine, rows int, file []byte) (*Judge, error) {
	f, err := weights.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("the judge's file: %w", err)
	}
	j, err := New(e, rows, 0)
	if err != nil {
		return nil, err
	}
	for prefix, net := range j.nets() {
		var state []weights.Tensor
		for _, t := range f.Tensors {
			if name, mine := strings.CutPrefix(t.Name, prefix); mine {
				t.Name = name
				state = append(state, t)
			}
		}
		if err := net.Load(state); err != nil {
			return nil, fmt.Errorf("the judge's file: %w", err)
		}
	}
	return j, e.Err()
}

// nets are the judge's networks under the prefixes of their tensors' names.
func (j *Judge) nets() iter.Seq2[string, engine.Net] {
	return func(yield func(string, engine.Net) bool) {
		if yield("judge.", j.body) {
			yield("head.", j.head)
		}
	}
}

// File is the judge's weights in float16, as Load takes them.
func (j *Judge) File() (*weights.File, error) {
	f := &weights.File{Meta: map[string]string{}}
	for prefix, net := range j.nets() {
		state, err := net.State()
		if err != nil {
			return nil, err
		}
		for _, t := range state {
			if t.DType != weights.I64 {
				if t, err = t.Half(); err != nil {
					return nil, err
				}
			}
			t.Name = prefix + t.Name
			f.Tensors = append(f.Tensors, t)
		}
	}
	return f, nil
}

// Rows is how many pictures Look takes at most.
func (j *Judge) Rows() int { return j.rows }

// Seen is what the judge makes of pictures.
type Seen struct {
	Features []float64 // (n, Features)
	P        []float64 // (n, Classes), each picture's probabilities
}

// Len is how many pictures were seen.
func (s Seen) Len() int { return len(s.P) / Classes }

// Knows reports whether data of that shape and so many classes can be digits as the judge knows them.
func Knows(s sample.Shape, classes int) bool {
	return s == sample.Gray(Side, Side) && classes == Classes
}

// Look adds pictures to what has been seen: n ≤ Rows of them, Side × Side bytes each, 0 black.
func (j *Judge) Look(s *Seen, pictures []byte) {
	n := len(pictures) / (Side * Side)
	for i, b := range pictures {
		j.x[i] = float32(b)/127.5 - 1
	}
	clear(j.x[len(pictures):])
	j.in.Write(j.x)
	features := make([]float32, j.rows*Features)
	f := j.see.Forward(engine.Batch{X: j.in}, engine.Mode{})
	f.Read(features)
	logits := make([]float32, j.rows*Classes)
	j.tell.Forward(engine.Batch{X: f}, engine.Mode{}).Read(logits)
	for _, v := range features[:n*Features] {
		s.Features = append(s.Features, float64(v))
	}
	for i := range n {
		s.P = append(s.P, softmax(logits[i*Classes:][:Classes])...)
	}
}

// See looks at any number of pictures, Rows at a time, and calls rest, if there is one, after each part.
func (j *Judge) See(pictures []byte, rest func()) Seen {
	var s Seen
	for at, step := 0, j.rows*Side*Side; at < len(pictures); at += step {
		j.Look(&s, pictures[at:min(at+step, len(pictures))])
		if rest != nil {
			rest()
		}
	}
	return s
}

// softmax of one picture's logits.
func softmax(logits []float32) []float64 {
	most, sum := math.Inf(-1), 0.0
	for _, v := range logits {
		most = max(most, float64(v))
	}
	p := make([]float64, len(logits))
	for i, v := range logits {
		p[i] = math.Exp(float64(v) - most)
		sum += p[i]
	}
	for i := range p {
		p[i] /= sum
	}
	return p
}

// Class is the digit that picture i most likely shows, and its probability.
func (s Seen) Class(i int) (class int, p float64) {
	for c, v := range s.P[i*Classes:][:Classes] {
		if v > p {
			class, p = c, v
		}
	}
	return class, p
}
