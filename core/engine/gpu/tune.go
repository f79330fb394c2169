package gpu

import (
	"fmt"
	"time"
)

const (
	tuneLook   = 4 * time.Millisecond // at one tile, once what it takes is known
	tuneBudget = time.Second / 2      // of an engine, after which what was found goes for all
	tuneWorth  = 1 << 25              // operations of a product that is worth timing
	tuneLead   = 1.05                 // how much faster than the first another must be
)

// tuner finds out which tile is the fastest for each large product. No single one is on all GPUs.
type tuner struct {
	now   func() time.Time
	known map[string]int // tile by product
	found func(product string, tile int)
	spent time.Duration
	wins  [Tiles]int
}

// Tune has large products timed with every tile when they are first recorded, for half a second in all; what is known of earlier starts is
// not timed again. found, if it is not nil, is told of each product that was.
func (e *Engine) Tune(known map[string]int, now func() time.Time, found func(product string, tile int)) {
	e.tuner = &tuner{now: now, known: map[string]int{}, found: found}
	for product, k := range known {
		if k >= 0 && k < Tiles {
			e.tuner.known[product] = k
			e.tuner.wins[k]++
		}
	}
}

// Tuned says how many large products are made in which way; "" where none was timed.
func (e *Engine) Tuned() (says string) {
	if e.tuner == nil {
		return ""
	}
	for k, n := range e.tuner.wins {
		if n > 0 {
			if says != "" {
				says += ", "
			}
			says += fmt.Sprintf("%d in tiles of %v", n, tiles[k])
		}
	}
	return says
}

// tileOf is the tile to make a product with.
func (c *ctx) tileOf(r *recorder, p product) tile {
	e := c.e
	t := e.tuner
	if t == nil || r.dry || e.failed() {
		return e.tile
	}
	z := max(1, p.z)
	if 2*p.m*p.n*p.k*z < tuneWorth {
		return tiles[0]
	}
	name := fmt.Sprintf("%d×%d×%d×%d in %d %t %t %t", p.m, p.n, p.k, z, max(1, p.pieces), p.aDeep, p.bDeep, c.half)
	k, ok := t.known[name]
	switch {
	case ok:
	case t.spent > tuneBudget:
		for i, n := range t.wins {
			if n > t.wins[k] {
				k = i
			}
		}
	default:
		k = c.fastest(p)
		if e.failed() {
			return tiles[0]
		}
		t.known[name] = k
		t.wins[k]++
		if t.found != nil {
			t.found(name, k)
		}
	}
	return tiles[k]
}

// fastest times a product with every tile.
func (c *ctx) fastest(p product) (best int) {
	t, before := c.e.tuner, c.e.stats
	began := t.now()
	var took [Tiles]time.Duration
	for k := range tiles {
		took[k] = c.timed(p, tiles[k])
		if float64(took[k])*tuneLead < float64(took[best]) {
			best = k
		}
	}
	t.spent += t.now().Sub(began)
	c.e.stats = before
	return best
}

// timed is how long a product takes with a tile. Its results go into memory that is given back.
func (c *ctx) timed(p product, t tile) time.Duration {
	e, scratch := c.e, &held{}
	defer scratch.Release()
	f := p.cut(t, c.half)
	sums := e.memory(scratch, f.layers*p.m*p.n)
	if e.failed() {
		return 0
	}
	r := &recorder{e: e}
	r.over(f.apart(p, sums), f.across, f.down, f.layers)
	l := r.done()
	scratch.all = append(scratch.all, l)
	one := make([]float32, 1)
	times := func(n int) time.Duration {
		began := e.tuner.now()
		for range n {
			e.play(l)
		}
		e.read([]Reading{sums.part(0, 1).reading(one)})
		return e.tuner.now().Sub(began)
	}
	times(1) // compiles
	once := times(1)
	n := int(min(64, tuneLook/max(1, once)) + 1)
	return times(n) / time.Duration(n)
}
