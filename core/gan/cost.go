package gan

import "ganvas/core/net"

// costed is a layer whose multiply-adds are worth counting.
type costed interface {
	// MACs is the number of multiply-adds for one sample's forward pass; each of the two gradients costs as many.
	MACs(in net.Shape) int
}

// StepFlops is how many floating-point operations one training step really needs, counting a multiply-add as two and
// only products and convolutions: D's update without its input's gradient, G's without D's parameter gradients.
func (m *GAN) StepFlops() float64 {
	g, g0 := macs(m.G.Spec())
	d, d0 := macs(m.D.Spec())
	d, d0 = d/float64(m.Pack()), d0/float64(m.Pack())
	perD := g + 2*(3*d-d0)                  // G forward; D forward, both gradients but the first layer's input, on real and on fake
	perD += float64(len(m.demands)) * 5 * d // forward, to the input, tangent, and its two products
	perG := 3*g - g0 + 2*d
	if m.loss.GSeesReal {
		perG += d
	}
	r := m.Recipe
	return 2 * float64(r.Batch) * (float64(r.DSteps)*perD + float64(r.GSteps)*perG)
}

// macs counts a network's multiply-adds for one sample, and those of its first costed layer.
func macs(s net.Spec) (all, first float64) {
	shapes, err := s.Shapes()
	if err != nil {
		return 0, 0
	}
	for i, l := range s.Layers {
		var n, head float64
		switch l := l.(type) {
		case net.Nested:
			for _, row := range l.Rows() {
				a, f := macs(net.Spec{In: shapes[i], Layers: row})
				n, head = n+a, head+f
			}
		case costed:
			n = float64(l.MACs(shapes[i]))
			head = n
		}
		if all == 0 {
			first = head
		}
		all += n
	}
	return all, first
}
