package ops

import "ganvas/core/net"

func (b *binding) Equalized(l net.Equalized) Op {
	in := b.in
	e := &equalizing{learned: b.Take(), scale: float32(l.Scale(in))}
	return reweigh(b, l.Layer, len(e.learned.W), b.takeAll(len(l.Layer.Params(in))-1), e)
}

type equalizing struct {
	learned View
	scale   float32
}

func (e *equalizing) weigh(made []float32) {
	for i, w := range e.learned.W {
		made[i] = e.scale * w
	}
}

func (e *equalizing) learn(_, g []float32) { addScaled(e.learned.G, g, e.scale) }
