package gan

import (
	"fmt"
	"strings"

	"ganvas/core/config"
	"ganvas/core/loss"
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

// Arch is a family of architectures: a function from a recipe to both networks.
type Arch struct {
	Name  string
	Says  string
	Build func(r config.Recipe, d Data) (generator, discriminator net.Spec, err error)
	Grow  func(r config.Recipe, d Data, stage int) (Networks, error) // in place of Build: the networks grow in stages
}

// Networks is both networks' specs. Networks that grow see the data at a resolution of their own: Prepare makes their
// real images of the data's samples, and Finish samples of what they generate; else both are nil.
type Networks struct {
	G, D            net.Spec
	Prepare, Finish *net.Spec
}

// Archs is the table of all architectures.
var Archs = []Arch{
	{Name: "mlp", Says: "dense layers in both networks", Build: mlp},
	{Name: "dcgan", Says: "convolutions that double and halve the picture, once for each width", Build: dcgan},
	{Name: "sngan", Says: "residual blocks of convolutions, the discriminator under spectral norm", Build: sngan},
	{Name: "progressive", Says: "convolutions that begin at 4×4 pixels and grow", Grow: progressive},
}

// Build makes both networks' specs, those of the last stage where they grow, and checks that they fit each other and
// the loss.
func Build(r config.Recipe, d Data) (Networks, error) { return build(r, d, len(r.Generator)-1) }

// build is Build for a stage of networks that grow.
func build(r config.Recipe, d Data, stage int) (n Networks, err error) {
	if err := r.Validate(); err != nil {
		return n, err
	}
	arch, err := findArch(r.Arch)
	if err != nil {
		return n, err
	}
	if r.Conditional && d.Classes < 1 {
		return n, fmt.Errorf("conditional needs labels, and the data set %s has none", r.Dataset)
	}
	if arch.Grow != nil {
		n, err = arch.Grow(r, d, stage)
	} else {
		n.G, n.D, err = arch.Build(r, d)
	}
	if err != nil {
		return n, err
	}
	return n, fits(n, d, r)
}

func findArch(name string) (*Arch, error) {
	var all []string
	for i := range Archs {
		if Archs[i].Name == name {
			return &Archs[i], nil
		}
		all = append(all, Archs[i].Name)
	}
	return nil, fmt.Errorf("there is no arch %q; there are %s", name, strings.Join(all, ", "))
}

// fits checks shapes end to end, the number of weights, and that the loss's penalty can pass the discriminator.
func fits(n Networks, data Data, r config.Recipe) error {
	g, d, want := n.G, n.D, net.Of(data.Sample)
	if n.Prepare != nil {
		var err error
		if want, err = n.Prepare.Out(); err != nil {
			return err
		}
	}
	out, err := g.Out()
	if err != nil {
		return err
	}
	if out.Size() != want.Size() {
		return fmt.Errorf("the generator makes %v and the data are %v", out, want)
	}
	if _, err := d.Out(); err != nil {
		return err
	}
	for _, s := range []net.Spec{g, d} {
		if n, err := count(s); err != nil {
			return err
		} else if n > config.MaxWeights {
			return fmt.Errorf("the %s would have %d weights, more than 64 million: make its widths smaller", s.Name, n)
		}
	}
	row, err := loss.Find(r.Loss)
	if err != nil {
		return err
	}
	if row.Penalty.Asked() {
		if err := d.CheckPenalty(); err != nil {
			return fmt.Errorf("loss %s cannot be used here: %w", r.Loss, err)
		}
	}
	return nil
}

func count(s net.Spec) (int, error) {
	ps, err := s.Params()
	n := 0
	for _, p := range ps {
		n += p.Size()
	}
	return n, err
}

// Heads is how many outputs the discriminator has: its verdict, and a class head where the recipe asks for one.
func Heads(r config.Recipe, d Data) int {
	if r.Conditional && r.LabelMode == "auxiliary" {
		return 1 + d.Classes
	}
	return 1
}
