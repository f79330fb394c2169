package arch

import (
	"fmt"
	"slices"

	"ganvas/core/loss"
	"ganvas/core/net"
)

// MaxWeights bounds the size of one network: 64 Mi weights are 1 GiB with gradients and Adam's two moments.
const MaxWeights = 64 << 20

// Networks is both networks' specs. Networks that grow see the data at a resolution of their own: Prepare makes their
// real images of the data's samples, and Finish samples of what they generate; else both are nil.
type Networks struct {
	G, D            net.Spec
	Prepare, Finish *net.Spec
}

// builder makes the networks of a row; stage is 0 but for those that grow.
type builder struct {
	name string
	make func(p Plan, d Data, stage int) (Networks, error)
}

// builds is how the rows' networks are made. It stands apart from them so that a program which only reads recipes comes
// without any of it.
var builds = []builder{{"mlp", mlp}, {"dcgan", dcgan}, {"sngan", sngan}, {"r3gan", r3gan}, {"progressive", progressive}}

// Build makes both networks' specs of a stage, and checks that they fit each other, the data and the loss.
func Build(p Plan, d Data, stage int) (n Networks, err error) {
	if err := p.Check(); err != nil {
		return n, err
	}
	i := slices.IndexFunc(builds, func(b builder) bool { return b.name == p.Arch })
	if i < 0 {
		panic("arch: a row whose networks nobody makes")
	}
	if n, err = builds[i].make(p, d, stage); err != nil {
		return n, err
	}
	if n, err = n.written(p, d); err != nil {
		return n, err
	}
	return n, n.fit(d, p)
}

// fit checks shapes end to end, the number of weights, and that the loss's penalty can pass the discriminator.
func (n Networks) fit(data Data, p Plan) error {
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
		} else if n > MaxWeights {
			return fmt.Errorf("the %s would have %d weights, more than 64 million: make its widths smaller", s.Name, n)
		}
	}
	game, err := loss.Find(p.Loss)
	if err != nil {
		return err
	}
	if p.Penalized {
		if err := d.CheckPenalty(); err != nil {
			return fmt.Errorf("r1_weight and r2_weight cannot be used here: %w", err)
		}
	}
	if game.Penalty.Asked() {
		if err := d.CheckPenalty(); err != nil {
			return fmt.Errorf("loss %s cannot be used here: %w", p.Loss, err)
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
