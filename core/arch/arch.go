// Package arch holds the families of architectures that both networks come from, and the norms inside them: each a row of
// one table, with what it takes, the sentences that refuse anything else, and how networks are made of it. It describes
// networks and computes nothing.
package arch

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/core/loss"
	"ganvas/core/near"
	"ganvas/core/net"
	"ganvas/core/sample"
)

// MaxClasses is how many classes data may have, so that a file of a few bytes cannot ask for more memory than any need.
const MaxClasses = 1000

// Data says what the networks must fit: the shape of one sample and the number of classes.
type Data struct {
	Sample  sample.Shape
	Classes int
}

// Plan is what a recipe says of its networks, in the recipe's words.
type Plan struct {
	Arch                         string
	Noise                        int
	Generator, Discriminator     []int
	Layers                       string // the generator written out, in place of the architecture's own; "" for that
	Norm                         string
	Leak, Dropout, InstanceNoise float64
	Loss                         string
	Packing                      int  // samples that D judges together; 0 stands for 1
	Penalized                    bool // D's gradient is looked at whatever the loss is
	Conditional                  bool
	LabelMode                    string
	Augment                      string
	AugmentP                     float64 // with which each of its changes happens
}

// Row is a family of architectures.
type Row struct {
	Name    string        `json:"name"`
	Says    string        `json:"says"` // what its networks are, in a few words
	Widths  Widths        `json:"widths"`
	Norms   []string      `json:"norms"`      // those that a recipe may ask of it
	Labels  []string      `json:"labelModes"` // likewise the ways in which D is told a label
	Samples []sample.Kind `json:"samples"`    // what it makes
	Grows   bool          `json:"grows"`      // its networks grow, a stage for each width
}

// Widths is how many widths each network takes and what they are.
type Widths struct {
	Least int    `json:"least"`
	Same  bool   `json:"same"` // as many for the generator as for the discriminator
	Says  string `json:"says"` // what it takes, as the end of a sentence that refuses others

	Resample bool `json:"-"` // each stands for a doubling or halving of the picture,
	Beside   int  `json:"-"` // but for so many
}

var (
	pictures = []sample.Kind{sample.Picture}
	anything = []sample.Kind{sample.Picture, sample.Point}
)

// Rows is the table of all architectures, in the order in which they are offered.
var Rows = []Row{
	{Name: "mlp", Says: "dense layers in both networks", Norms: NormNames(), Labels: LabelModes, Samples: anything,
		Widths: Widths{Least: 1, Says: "a width for each hidden layer, such as generator 256-512-1024 and discriminator 1024-512-256"}},
	{Name: "dcgan", Says: "convolutions that double and halve the picture, once for each width", Norms: NormNames(), Labels: LabelModes, Samples: pictures,
		Widths: Widths{Least: 1, Says: "a width for each doubling of the picture, such as generator 64-32 and discriminator 32-64", Resample: true}},
	{Name: "sngan", Says: "residual blocks of convolutions, the discriminator under spectral norm", Norms: []string{"auto", "none", "spectral"}, Labels: LabelModes, Samples: pictures,
		Widths: Widths{Least: 2, Says: "at least two feature-map widths for each network, one more than the picture is doubled, such as generator 64-32-32 and discriminator 32-64-64", Resample: true, Beside: 1}},
	{Name: "r3gan", Says: "residual blocks without any norm, resampled by interpolation", Norms: []string{"auto", "none"}, Labels: LabelModes, Samples: pictures,
		Widths: Widths{Least: 2, Says: "at least two feature-map widths for each network, one more than the picture is doubled, such as generator 64-32-32 and discriminator 32-32-64", Resample: true, Beside: 1}},
	{Name: "progressive", Says: "convolutions that begin at 4×4 pixels and grow", Norms: []string{"auto"}, Labels: []string{OneHot, Auxiliary}, Samples: pictures, Grows: true,
		Widths: Widths{Least: 1, Same: true, Says: "a width for each resolution, as many for the generator as for the discriminator, such as 64-64-32-16 and 16-32-64-64", Resample: true, Beside: 1}},
}

// Names are those of all architectures, in the table's order.
func Names() []string {
	all := make([]string, len(Rows))
	for i := range Rows {
		all[i] = Rows[i].Name
	}
	return all
}

// Say is each name with what its networks are, in one line for help.
func Say() string {
	all := make([]string, len(Rows))
	for i, row := range Rows {
		all[i] = row.Name + " (" + row.Says + ")"
	}
	return strings.Join(all, ", ")
}

// Find is the named row; a miss says which there are.
func Find(name string) (*Row, error) {
	for i := range Rows {
		if Rows[i].Name == name {
			return &Rows[i], nil
		}
	}
	return nil, fmt.Errorf("there is no arch %q; there are %s%s", name, strings.Join(Names(), ", "), near.Ask(name, Names()))
}

// Grows reports whether the named architecture's networks grow.
func Grows(name string) bool {
	row, err := Find(name)
	return err == nil && row.Grows
}

// Growing are the names of the architectures whose networks grow.
func Growing() (all []string) {
	for i := range Rows {
		if Rows[i].Grows {
			all = append(all, Rows[i].Name)
		}
	}
	return all
}

// Making are the names of the architectures that make such samples.
func Making(kind sample.Kind) (all []string) {
	for i := range Rows {
		if slices.Contains(Rows[i].Samples, kind) {
			all = append(all, Rows[i].Name)
		}
	}
	return all
}

// Check holds a plan against what its architecture, norm and loss take, whatever the data are; what is wrong is one
// sentence that names the field.
func (p Plan) Check() error {
	row, err := Find(p.Arch)
	if err != nil {
		return err
	}
	w, g, d := row.Widths, len(p.Generator), len(p.Discriminator)
	switch {
	case g < w.Least || d < w.Least || w.Same && g != d:
		return fmt.Errorf("arch %s takes %s", p.Arch, w.Says)
	case !slices.Contains(row.Norms, p.Norm):
		return fmt.Errorf("arch %s takes no norm %s: take norm %s", p.Arch, p.Norm, either(row.Norms))
	case !slices.Contains(row.Labels, p.LabelMode):
		return fmt.Errorf("arch %s takes no label_mode %s: take label_mode %s", p.Arch, p.LabelMode, either(row.Labels))
	case p.LabelMode != OneHot && !p.Conditional:
		return fmt.Errorf("label_mode %s needs conditional true", p.LabelMode)
	}
	if p.packs() > 1 {
		switch {
		case row.Grows:
			return fmt.Errorf("arch %s compares the samples of a batch by itself: take packing 1", p.Arch)
		case p.Conditional:
			return fmt.Errorf("packing %d judges samples as one, and with conditional each has a label of its own: take packing 1 or conditional false", p.Packing)
		case p.Augment != "none":
			return fmt.Errorf("packing %d judges samples as one, and augment changes each by itself: take packing 1 or augment none", p.Packing)
		}
	}
	if p.Layers != "" {
		if row.Grows {
			return fmt.Errorf("layers writes out a whole generator, and arch %s grows its own: take arch mlp or dcgan", p.Arch)
		}
		if !readable(p.Layers) {
			return fmt.Errorf("layers is %q: it must be layers like dense:128/leaky:0.2/dense:1024/tanh", p.Layers)
		}
	}
	game, err := loss.Find(p.Loss)
	if err != nil {
		return err
	}
	if p.Penalized && normOf(p.Norm).Mixes {
		return fmt.Errorf("r1_weight and r2_weight look at each image's own gradient, which norm %s mixes with the others': take norm %s", p.Norm, either(apart(row.Norms)))
	}
	if game.Penalty.Asked() && normOf(p.Norm).Mixes {
		return fmt.Errorf("loss %s looks at each image's own gradient, which norm %s mixes with the others': take norm %s", p.Loss, p.Norm, either(apart(row.Norms)))
	}
	return nil
}

// packs is how many samples D judges together.
func (p Plan) packs() int { return max(1, p.Packing) }

// judged is what D takes: samples of that shape, one behind the other as further channels.
func (p Plan) judged(s sample.Shape) net.Shape {
	return net.Shape{C: p.packs() * s.Channels, H: s.Height, W: s.Width}
}

// either lists names of which one is to be taken.
func either(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
}

// Last is the stage that networks of the plan end in; those that do not grow have one, 0.
func (p Plan) Last() int {
	if Grows(p.Arch) {
		return len(p.Generator) - 1
	}
	return 0
}
