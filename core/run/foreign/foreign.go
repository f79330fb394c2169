// Package foreign makes checkpoints of ours of generators that other programs trained: their layers are read from the
// names and shapes of their weights. What weights cannot tell gets the usual default, is said, and can be set.
package foreign

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/gan"
	"ganvas/core/net"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/core/weights"
)

// Guess is something that weights cannot tell, what was taken for it, and the setting that changes it.
type Guess struct {
	What   string `json:"what"` // hidden, bnEps, range, labels, classes, strides
	Value  string `json:"value"`
	Better string `json:"better,omitempty"` // what Advise would set in its place
}

// Found is a generator that was understood.
type Found struct {
	File    *weights.File // a checkpoint of ours: the generator alone
	Prefix  string        // of its tensors' names in the file
	Says    string        // what it is, in a few words
	Guesses []Guess
}

// Tensors are what a file holds that is no checkpoint of ours.
type Tensors struct {
	All    []weights.Tensor
	Sorted bool // names tell the order of layers, the file does not
}

// reading is a generator on its way to being understood.
type reading struct {
	Settings
	*chain
	hidden  net.Layer // nil for none
	eps     []float64 // of each BatchNorm
	end     end
	shape   sample.Shape // of its pictures
	noise   int
	classes int // that labels have; 0 for none
}

// Read understands a file's generator.
func Read(from Tensors, s Settings) (*Found, error) {
	ts, prefix, err := choose(from.All, s.Part)
	if err != nil {
		return nil, err
	}
	all, err := modules(ts)
	if err != nil {
		return nil, err
	}
	if from.Sorted {
		natural(all)
	}
	f := &Found{Prefix: prefix}
	if f.File, err = f.read(all, s); err != nil {
		return nil, err
	}
	return f, nil
}

func (f *Found) read(all []*module, s Settings) (*weights.File, error) {
	c, err := assemble(all)
	if err != nil {
		return nil, err
	}
	r := &reading{Settings: s, chain: c}
	if err := r.usual(f); err != nil {
		return nil, err
	}
	if err := r.sample(f); err != nil {
		return nil, err
	}
	if err := r.labels(f); err != nil {
		return nil, err
	}
	layers, ts, err := r.built()
	if err != nil {
		return nil, err
	}
	recipe, about, err := r.recipe(layers)
	if err != nil {
		return nil, err
	}
	f.Says = r.says(layers, ts)
	return run.Bare(recipe, about, ts)
}

// usual takes the settings, or the usual defaults in their place.
func (r *reading) usual(f *Found) (err error) {
	if r.Hidden == "" {
		r.Hidden = "leaky:0.2"
		if r.maps && r.norms > 0 {
			r.Hidden = "relu"
		}
	}
	if r.hidden, err = hidden(r.Hidden); err != nil {
		return err
	}
	if r.hidden != nil {
		r.Hidden = writeOne(r.hidden)
	}
	if slices.ContainsFunc(r.links, func(l link) bool { return l.acts }) {
		f.Guesses = append(f.Guesses, Guess{What: "hidden", Value: r.Hidden})
	}
	if r.BNEps == "" {
		r.BNEps = strconv.FormatFloat(net.BatchEps, 'g', -1, 64)
	}
	if r.eps, err = epsilons(r.BNEps, max(1, r.norms)); err != nil {
		return err
	}
	if r.norms > 0 {
		f.Guesses = append(f.Guesses, Guess{What: "bnEps", Value: r.BNEps})
	}
	if r.Range == "" {
		r.Range = "-1..1"
	}
	if r.end, err = ending(r.Range); err != nil {
		return err
	}
	f.Guesses = append(f.Guesses, Guess{What: "range", Value: r.Range})
	return nil
}

func writeOne(l net.Layer) string {
	text, _ := arch.WriteLayers([]net.Layer{l})
	return text
}

// sample finds the shape of the pictures, and how convolutions walk to get there.
func (r *reading) sample(f *Found) error {
	asked, err := size(r.Size)
	if err != nil {
		return err
	}
	forced, err := strides(r.Strides)
	if err != nil {
		return err
	}
	if !r.maps {
		if len(forced) > 0 {
			return errors.New("strides are for transposed convolutions, and the generator has dense layers")
		}
		r.shape, err = cut(r.out, asked)
		return err
	}
	sides := usualSides
	if asked.Height > 0 {
		if asked.Height != asked.Width {
			return fmt.Errorf("size is %q: convolutions are read for square pictures", r.Size)
		}
		sides = []int{asked.Height}
	}
	if err := r.walks(sides, forced); err != nil {
		return err
	}
	at, used := net.Shape{C: r.in, H: 1, W: 1}, []string(nil)
	for _, l := range r.links {
		if l.layer == nil {
			continue
		}
		if d, is := l.layer.(net.Linear); is {
			at = net.Vec(d.Units)
			continue
		}
		if at, err = l.layer.Out(at); err != nil {
			return err
		}
		if d, is := l.layer.(net.ConvTranspose2d); is {
			used = append(used, strconv.Itoa(d.Stride))
		}
	}
	r.shape = sample.Shape{Channels: at.C, Height: at.H, Width: at.W}
	if asked.Channels > 0 && asked.Channels != at.C {
		return fmt.Errorf("size is %q, and the generator's last layer makes %d channels", r.Size, at.C)
	}
	if len(used) > 0 {
		f.Guesses = append(f.Guesses, Guess{What: "strides", Value: strings.Join(used, ",")})
	}
	if at.C > 4 {
		return fmt.Errorf("what comes out has %d feature maps, which is no picture: the generator goes on where its weights end", at.C)
	}
	return r.shape.Check()
}

// cut is the shape of pictures of n values: squares of one, three or four channels, unless a size is asked for.
func cut(n int, asked sample.Shape) (sample.Shape, error) {
	if asked.Height > 0 {
		s := asked
		if s.Channels == 0 {
			s.Channels = max(1, n/s.Area())
		}
		if s.Size() != n {
			return s, fmt.Errorf("the generator makes %d values, and a picture of size %v has %d", n, s, s.Size())
		}
		return s, s.Check()
	}
	if n == sample.Plane.Size() {
		return sample.Plane, nil
	}
	for _, channels := range []int{1, 3, 4} {
		for side := 4; side*side*channels <= n && side <= sample.MaxSide; side++ {
			if side*side*channels == n {
				return sample.Shape{Channels: channels, Height: side, Width: side}, nil
			}
		}
	}
	if n == 1 {
		return sample.Shape{}, errors.New("its layers end in one value: this is a discriminator, not a generator")
	}
	return sample.Shape{}, fmt.Errorf("the generator makes %d values, which are no square picture: say its size", n)
}

// recipe is what trains the generator on: our own architecture where it is exactly that, else its layers written out; the
// discriminator is of ours.
func (r *reading) recipe(layers []net.Layer) (config.Recipe, gan.Data, error) {
	c, err := config.FindPreset("classic")
	if err != nil {
		return c, gan.Data{}, err
	}
	c.Noise, c.Conditional = r.noise, r.classes > 0
	about := gan.Data{Sample: r.shape, Classes: r.classes}
	c.Dataset = data.Own
	for _, set := range data.Sets {
		if set.Name != data.Own && set.Kind != data.Pictures && set.Sample == r.shape && (r.classes == 0 || r.classes == set.Classes) {
			c.Dataset, about.Classes = set.Name, set.Classes
			break
		}
	}
	other := "" // preset whose discriminator suits better
	switch {
	case r.shape.Kind() == sample.Point:
		other = "ring-2d"
	case r.maps && r.shape.Height%4 == 0:
		other = "dcgan"
	}
	if other != "" {
		p, err := config.FindPreset(other)
		if err != nil {
			return c, about, err
		}
		p.Noise, p.Conditional, p.Dataset, p.EMA = c.Noise, c.Conditional, c.Dataset, 0
		c = p
	}
	if c.Layers, err = arch.WriteLayers(layers); err != nil {
		return c, about, err
	}
	if own, ok := ours(c, about, layers); ok {
		c = own
	}
	return c, about, c.Validate()
}

// ours is the recipe in which the generator is an architecture's own, if it is one.
func ours(c config.Recipe, about gan.Data, layers []net.Layer) (config.Recipe, bool) {
	c.Layers = ""
	var widths []int
	for _, l := range layers {
		switch l := l.(type) {
		case net.Linear:
			widths = append(widths, l.Units)
		case net.Reshape:
			widths = []int{l.To.C}
		case net.ConvTranspose2d:
			widths = append(widths, l.Maps)
		case net.LeakyReLU:
			if l.Leak > 0 {
				c.Leak = l.Leak
			}
		}
	}
	if len(widths) < 2 || len(widths) > 9 {
		return c, false
	}
	c.Generator = widths[:len(widths)-1]
	for _, norm := range []string{arch.Auto, "batch", "none"} {
		c.Norm = norm
		if n, err := gan.Build(c, about); err == nil && reflect.DeepEqual(withoutLabels(n.G.Layers), layers) {
			return c, true
		}
	}
	return c, false
}

func withoutLabels(layers []net.Layer) []net.Layer {
	if _, is := layers[0].(net.OneHot); is {
		return layers[1:]
	}
	return layers
}

// says is what the generator is, in a few words.
func (r *reading) says(layers []net.Layer, ts []weights.Tensor) string {
	var words []string
	at, what := r.noise, ""
	for _, l := range layers {
		name, out := "", 0
		switch l := l.(type) {
		case net.Linear:
			name, out = "dense", l.Units
		case net.ConvTranspose2d:
			name, out = "transposed convolutions", l.Maps
		case net.Conv2d:
			name, out = "convolutions", l.Maps
		default:
			continue
		}
		if name != what {
			words = append(words, name+" "+strconv.Itoa(at))
			what = name
		}
		at = out
		words[len(words)-1] += "-" + strconv.Itoa(out)
	}
	total := 0
	for _, t := range ts {
		if !strings.Contains(t.Name, "running_") && !strings.Contains(t.Name, "num_batches") {
			total += t.Len()
		}
	}
	text := fmt.Sprintf("a generator of %v from %d noise values", r.shape, r.noise)
	if r.classes > 0 {
		text += fmt.Sprintf(" and a label of %d", r.classes)
	}
	return fmt.Sprintf("%s, %s, %d weights", text, strings.Join(words, ", "), total)
}
