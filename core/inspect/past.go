package inspect

import (
	"math"

	"ganvas/core/wire"
)

// moments is the most that a history keeps; when there would be more it drops every second one and from then on takes half
// as many.
const moments = 128

// Past is histograms of every layer's weights and gradients over a run, in bounded memory.
type Past struct {
	all   []moment
	every int // steps between moments, at least
}

type moment struct {
	step   int
	layers map[string]*histogram // by network and name
}

// Due reports whether a moment of that step would be taken.
func (p *Past) Due(step int) bool {
	n := len(p.all)
	return n == 0 || step-p.all[n-1].step >= max(1, p.every)
}

// add takes a moment.
func (p *Past) add(m moment) {
	p.all = append(p.all, m)
	if len(p.all) <= moments {
		return
	}
	kept := p.all[:0]
	for i := 0; i < len(p.all); i += 2 {
		kept = append(kept, p.all[i])
	}
	clear(p.all[len(kept):])
	p.all = kept
	p.every = (m.step - kept[0].step) / (len(kept) - 1)
}

// of writes a layer's past behind the bytes b; nil where there is none.
func (p *Past) of(b []byte, layer string) ([]byte, *wire.Past) {
	out, reach := &wire.Past{Steps: []int{}}, 0.0
	var seen []*histogram
	low, high := octaves, -1 // sizes of gradients that were met
	for _, m := range p.all {
		h := m.layers[layer]
		if h == nil {
			continue
		}
		out.Steps, seen, reach = append(out.Steps, m.step), append(seen, h), max(reach, h.reach)
		for k, v := range h.sizes {
			if v > 0 {
				low, high = min(low, k), max(high, k)
			}
		}
	}
	if len(seen) == 0 {
		return b, nil
	}
	if high < 0 { // no gradient yet
		low, high = -lowest-8, -lowest
	}
	rows := make([][]int, len(seen))
	for i, h := range seen {
		wide := h.widened(reach)
		rows[i] = wide[:]
	}
	out.Weights = wire.Strip{Bins: bins, Low: -reach, High: reach, At: len(b)}
	b = shades(b, rows)
	for i, h := range seen {
		rows[i] = rows[i][:0]
		for _, v := range h.sizes[low : high+1] {
			rows[i] = append(rows[i], int(v))
		}
	}
	out.Gradients = wire.Strip{Bins: high + 1 - low, Low: float64(low + lowest), High: float64(high + 1 + lowest), Log: true, At: len(b)}
	return shades(b, rows), out
}

// shades appends the rows as bytes: square roots over the largest of all, so that thin tails are seen.
func shades(b []byte, rows [][]int) []byte {
	top := 1
	for _, r := range rows {
		for _, v := range r {
			top = max(top, v)
		}
	}
	for _, r := range rows {
		for _, v := range r {
			b = append(b, byte(math.Round(255*math.Sqrt(float64(v)/float64(top)))))
		}
	}
	return b
}
