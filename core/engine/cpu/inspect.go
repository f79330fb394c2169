package cpu

import (
	"fmt"

	"ganvas/core/engine"
	"ganvas/core/engine/cpu/ops"
	"ganvas/core/net"
)

// inspection is a network bound for looking: alone, whatever group the network trains in.
type inspection struct {
	ctx    *ops.Context
	rows   int
	chain  *ops.Chain
	places []net.Place
	inside []ops.Place // the same
	views  []ops.View  // of each place's learned weight
}

// Inspect implements engine.Inspector.
func (n *Net) Inspect(rows int) (engine.Inspection, error) {
	if rows < 1 {
		return nil, fmt.Errorf("%s: looking inside needs at least one row, not %d", n.spec.Name, rows)
	}
	ctx := &ops.Context{Group: engine.Solo{}, Mode: engine.Mode{Rows: rows}}
	i := &inspection{ctx: ctx, rows: rows, chain: ops.Bind(ops.NewBinder(rows, ctx, n.views), n.spec.In, n.spec.Layers)}
	i.inside = i.chain.Places(n.spec)
	for _, p := range i.inside {
		i.places = append(i.places, p.Place)
		v, _ := n.Param(p.Weight.Name)
		i.views = append(i.views, v)
	}
	return i, nil
}

func (i *inspection) Places() []net.Place { return i.places }

func (i *inspection) Forward(x []float32, labels []int32, m engine.Mode) {
	m.Rows = i.rows
	i.ctx.Begin(m)
	i.ctx.Labels = labels
	i.chain.Forward(x)
}

func (i *inspection) Activation(place, row int) []float32 {
	p := &i.inside[place]
	size := p.Out.Size()
	if y := p.Activation(); y != nil {
		return y[row*size:][:size]
	}
	return nil
}

func (i *inspection) Weight(place int) []float32 {
	if made := i.inside[place].Made(); made != nil {
		return made
	}
	return i.views[place].W
}

func (i *inspection) Gradient(place int) []float32 { return i.views[place].G }
