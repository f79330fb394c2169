package foreign

import (
	"fmt"

	"ganvas/core/net"
)

// stop is a way in which a convolution of some kernel may walk. Cost says how unusual it is.
type stop struct{ stride, pad, more, cost int } // more: rows and columns that are added behind (output_padding)

// deconvs are the usual ways of transposed convolutions by the side of their kernels, beside those that any can have.
var deconvs = map[int][]stop{
	1: {{1, 0, 0, 0}}, 2: {{2, 0, 0, 0}, {1, 0, 0, 2}}, 3: {{2, 1, 1, 0}, {1, 1, 0, 1}, {2, 1, 0, 1}, {2, 0, 0, 1}, {1, 0, 0, 2}, {2, 0, 1, 5}},
	4: {{2, 1, 0, 0}, {1, 0, 0, 2}, {2, 0, 0, 3}, {1, 1, 0, 3}, {2, 2, 0, 3}, {1, 2, 0, 4}, {4, 0, 0, 4}},
	5: {{2, 2, 1, 0}, {1, 2, 0, 1}, {2, 1, 0, 2}, {2, 2, 0, 2}, {1, 0, 0, 2}, {2, 0, 0, 2}, {2, 1, 1, 5}, {3, 1, 0, 5}},
	6: {{2, 2, 0, 0}, {1, 0, 0, 2}, {2, 1, 0, 2}, {2, 0, 0, 2}}, 7: {{1, 0, 0, 0}, {1, 3, 0, 1}, {2, 3, 1, 1}, {2, 0, 0, 2}}, 8: {{2, 3, 0, 0}, {4, 2, 0, 0}, {1, 0, 0, 2}},
}

// Sizes of pictures, the commonest first, of which some are common.
var usualSides = []int{28, 32, 64, 16, 128, 8, 48, 96, 256}

const (
	common   = 3
	rareCost = 2
)

// walks finds how the chain's convolutions walk, so that its pictures have one of the sides; forced are strides of the transposed ones in turn.
func (c *chain) walks(sides []int, forced []int) error {
	var convs []int
	transposed := 0
	for i, l := range c.links {
		if l.conv {
			convs = append(convs, i)
			if _, is := l.layer.(net.ConvTranspose2d); is {
				transposed++
			}
		}
	}
	if len(forced) > 0 && len(forced) != transposed {
		return fmt.Errorf("strides has %d of them, and the generator has %d transposed convolutions", len(forced), transposed)
	}
	best := way{cost: -1}
	for _, bare := range []bool{false, true} {
		for rank, side := range sides {
			s := search{c: c, convs: convs, forced: forced, side: side, bare: bare, seen: map[[2]int]way{}}
			w := s.from(0, c.side, 0)
			if rank >= common {
				rank += rareCost
			}
			if bare {
				rank += bareCost
			}
			if w.cost >= 0 && (best.cost < 0 || w.cost+rank < best.cost) {
				w.cost += rank
				best = w
			}
		}
	}
	if best.cost < 0 {
		return fmt.Errorf("no usual strides of its convolutions make a square picture of side %v out of %d×%d: say its size and strides", sides, c.side, c.side)
	}
	c.walk(convs, best)
	return nil
}

// way is how the convolutions from one on walk, and what that costs together; −1 for no way.
type way struct {
	cost  int
	stops []choice
}

type choice struct {
	stop
	twice bool // what comes in is doubled before a convolution
}

type search struct {
	c      *chain
	convs  []int
	forced []int
	side   int  // that is wanted
	bare   bool // nothing is padded anywhere
	seen   map[[2]int]way
}

// from is the cheapest way for the convolutions from number i on, at that side; k counts the transposed ones.
func (s *search) from(i, side, k int) way {
	if i == len(s.convs) {
		if side == s.side {
			return way{}
		}
		return way{cost: -1}
	}
	if side < 1 || side > s.side+8 {
		return way{cost: -1}
	}
	if w, known := s.seen[[2]int{i, side}]; known {
		return w
	}
	best := way{cost: -1}
	try := func(c choice, out, cost, k int) {
		rest := s.from(i+1, out, k)
		if rest.cost >= 0 && (best.cost < 0 || rest.cost+cost < best.cost) {
			best = way{rest.cost + cost, append([]choice{c}, rest.stops...)}
		}
	}
	l := s.c.links[s.convs[i]]
	if _, transposed := l.layer.(net.ConvTranspose2d); transposed {
		stops := s.stops(l.kernel, side)
		if s.cropped(i) {
			stops = append([]stop{cropping}, stops...)
		}
		for _, at := range stops {
			if len(s.forced) == 0 || s.forced[k] == at.stride {
				try(choice{stop: at}, (side-1)*at.stride-2*at.pad+l.kernel+at.more, at.cost, k+1)
			}
		}
	} else {
		same := stop{stride: 1, pad: (l.kernel - 1) / 2}
		plain, doubled := 0, 1
		if l.up {
			plain, doubled = 1, 0
		}
		shrink := l.kernel - 1 - 2*same.pad
		try(choice{stop: same, twice: true}, 2*side-shrink, doubled, k) // early rather than late
		try(choice{stop: same}, side-shrink, plain, k)
		if l.kernel > 1 {
			try(choice{stop: stop{stride: 1}}, side-l.kernel+1, 3, k)
		}
	}
	s.seen[[2]int{i, side}] = best
	return best
}

// cropping is how the layer before a last one of 1×1 kernels and padding 2 walks when that padding, which cuts two rows and columns off each side
// of its picture (32 becomes 28), is taken by it: what lies between the two looks at single pixels.
var cropping = stop{stride: 2, pad: 3}

// cropped reports whether convolution i is such a one, of 4×4 kernels before a last one of 1×1 to gray.
func (s *search) cropped(i int) bool {
	if i+2 != len(s.convs) || s.bare || s.c.links[s.convs[i]].kernel != 4 {
		return false
	}
	last := s.c.links[s.convs[i+1]]
	d, is := last.layer.(net.ConvTranspose2d)
	return is && last.kernel == 1 && d.Maps == 1
}

// bareCost is how unusual it is that nothing is padded anywhere.
const bareCost = 2

// stops are the ways that a transposed convolution may take from that side.
func (s *search) stops(kernel, side int) []stop {
	if s.bare {
		return []stop{{2, 0, 0, 0}, {1, 0, 0, min(1, side-1)}}
	}
	all := deconvs[kernel]
	if side == 1 {
		all = append([]stop{{1, 0, 0, 0}, {2, 0, 0, 1}}, all...)
	}
	if len(all) == 0 {
		all = []stop{{1, 0, 0, 2}, {2, (kernel - 2) / 2, kernel % 2, 1}, {1, (kernel - 1) / 2, 0, 2}, {kernel, 0, 0, 3}}
	}
	return all
}

// walk gives the convolutions their ways.
func (c *chain) walk(convs []int, w way) {
	var links []link
	k := 0
	for i, l := range c.links {
		if k < len(convs) && convs[k] == i {
			at := w.stops[k]
			k++
			switch conv := l.layer.(type) {
			case net.ConvTranspose2d:
				conv.Stride, conv.Pad, conv.Kernel = at.stride, at.pad, l.kernel+at.more
				l.layer = conv
			case net.Conv2d:
				if at.twice && l.either {
					links = links[:len(links)-1]
				}
				if at.twice {
					links = append(links, link{layer: net.Upsample{Scale: 2}})
				}
				conv.Stride, conv.Pad = at.stride, at.pad
				l.layer = conv
			}
		}
		links = append(links, l)
	}
	c.links = links
}
