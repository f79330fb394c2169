package inspect

import "ganvas/core/net"

// Record keeps histograms of all weights as they are and of the gradients of the last updates.
func (g *Glass) Record(step int) error {
	if err := g.follow(); err != nil {
		return err
	}
	m := moment{step: step, layers: map[string]*histogram{}}
	for _, n := range []*network{g.learns, g.d} {
		for i := range n.places {
			if !weighs(&n.places[i]) {
				continue
			}
			h := &histogram{}
			h.count(n.Weight(i), n.Gradient(i))
			m.layers[n.name+"/"+n.places[i].Name] = h
		}
	}
	g.past.add(m)
	return nil
}

func weighs(p *net.Place) bool { return p.Weight.Name != "" }
