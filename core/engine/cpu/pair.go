package cpu

import (
	"ganvas/core/engine"
	"ganvas/core/engine/cpu/ops"
)

// pair is two passes over layers that are bound side by side.
type pair struct {
	a, b  *pass
	chain *ops.Pair
}

// BindPair implements engine.Pairer.
func (n *Net) BindPair(rows int) (engine.Pair, error) {
	shapes, err := n.shapes(rows)
	if err != nil {
		return nil, err
	}
	a, b := newPass(n, rows, shapes), newPass(n, rows, shapes)
	p := &pair{a: a, b: b, chain: ops.BindPair(rows, a.ctx, b.ctx, n.views, shapes[0], n.spec.Layers)}
	a.chain, b.chain = p.chain.A, p.chain.B
	return p, nil
}

func (p *pair) Release() {
	p.chain = nil
	p.a.Release()
	p.b.Release()
}

func (p *pair) Passes() (a, b engine.Pass) { return p.a, p.b }

func (p *pair) Forward(a, b engine.Batch, ma, mb engine.Mode) (ya, yb engine.Array) {
	p.a.share(a, ma)
	p.b.share(b, mb)
	p.a.y.Data, p.b.y.Data = p.chain.Forward(a.X.(*Array).Data, b.X.(*Array).Data)
	return &p.a.y, &p.b.y
}

func (p *pair) Backward(da, db engine.Array) {
	p.chain.Backward(da.(*Array).Data, db.(*Array).Data)
}
