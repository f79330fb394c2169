package gpu_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"ganvas/core/engine"
	"ganvas/core/engine/gpu"
	"ganvas/core/net"
	"ganvas/core/rng"
)

// paced is a device on which kernels take time, more or less of it by how many threads a product's workgroup has.
type paced struct {
	idle
	now   time.Time
	costs map[string]time.Duration // by what their code has
	plays int
}

type cost struct {
	nothing
	takes time.Duration
	of    string // of what the code has
}

func (p *paced) Program(code string, a []gpu.Access) (gpu.Program, error) {
	var c cost
	for has, takes := range p.costs {
		if strings.Contains(code, has) && len(has) > len(c.of) {
			c = cost{takes: takes, of: has}
		}
	}
	if c.of != "" {
		return c, nil
	}
	return p.idle.Program(code, a)
}

func (p *paced) Record(ds []gpu.Dispatch) (gpu.List, error) {
	all := cost{}
	for _, d := range ds {
		if c, ok := d.Program.(cost); ok {
			all.takes += c.takes
			all.of += c.of
		}
	}
	return all, nil
}

func (p *paced) Play(l gpu.List) {
	p.plays++
	p.now = p.now.Add(l.(cost).takes)
}

// played is the products that a network's pass plays, after it was bound.
func (p *paced) played(t *testing.T, e *gpu.Engine, units int) (of string, plays int) {
	t.Helper()
	n, err := e.Build(net.Spec{Name: "generator", In: net.Vec(512), Layers: []net.Layer{net.Linear{Units: units}}}, rng.New(1, "net"))
	if err != nil {
		t.Fatal(err)
	}
	pass, err := n.Bind(256)
	if err != nil {
		t.Fatal(err)
	}
	before := p.plays
	pass.Forward(engine.Batch{X: e.NewArray(256, 512)}, engine.Mode{Train: true, Alpha: 1})
	return fmt.Sprint(e.Tuned()), p.plays - before
}

// Large products are timed with every tile when they are first recorded, and made with the fastest; small ones are not, nor what is known.
func TestTilesAreTimed(t *testing.T) {
	ms := time.Millisecond
	for _, c := range []struct {
		costs map[string]time.Duration
		says  string
	}{
		{map[string]time.Duration{"@workgroup_size(8, 8)": 9 * ms, "@workgroup_size(16, 16)": 9 * ms, "let deep = min(8u, stop - k0)": ms}, "1 in tiles of 64×64 by 64 threads"},
		{map[string]time.Duration{"@workgroup_size(8, 8)": ms, "@workgroup_size(16, 16)": 2 * ms}, "1 in tiles of 32×32 by 64 threads"},
		{map[string]time.Duration{"@workgroup_size(8, 8)": 100 * ms, "@workgroup_size(16, 16)": 98 * ms}, "1 in tiles of 32×32 by 64 threads"}, // too little to tell
		{map[string]time.Duration{"@workgroup_size(8, 8)": 3 * ms, "@workgroup_size(16, 16)": 2 * ms}, "1 in tiles of 64×64 by 256 threads"},
	} {
		d, found := &paced{costs: c.costs}, map[string]int{}
		e := gpu.New(d)
		e.Tune(nil, func() time.Time { return d.now }, func(product string, tile int) { found[product] = tile })
		if says, plays := d.played(t, e, 4); says != "" || plays != 1 || len(found) != 0 {
			t.Errorf("a small product: %q after %d plays", says, plays)
		}
		says, plays := d.played(t, e, 512)
		if !strings.Contains(says, c.says) || plays < 4*3 || len(found) != 1 {
			t.Errorf("%v: %q after %d plays, and %v was found", c.costs, says, plays, found)
		}
		if again, plays := d.played(t, e, 512); again != says || plays != 1 {
			t.Errorf("the second time: %q after %d plays", again, plays)
		}
		e = gpu.New(d)
		e.Tune(maps.Clone(found), func() time.Time { return d.now }, func(product string, tile int) { t.Error("timed again: ", product) })
		if known, plays := d.played(t, e, 512); known != says || plays != 1 {
			t.Errorf("at the next start: %q after %d plays", known, plays)
		}
	}
}

// Once half a second has gone into it, what was found goes for all.
func TestTimingTilesEnds(t *testing.T) {
	d := &paced{costs: map[string]time.Duration{"@workgroup_size(8, 8)": 300 * time.Millisecond, "@workgroup_size(16, 16)": 100 * time.Millisecond}}
	e := gpu.New(d)
	e.Tune(map[string]int{"of another program": 99}, func() time.Time { return d.now }, nil)
	if _, plays := d.played(t, e, 512); plays < 12 {
		t.Fatalf("%d plays", plays)
	}
	before := d.now
	if says, plays := d.played(t, e, 640); says != "1 in tiles of 64×64 by 256 threads" || plays != 1 || d.now.Sub(before) != 100*time.Millisecond {
		t.Errorf("%q after %d plays in %v", says, plays, d.now.Sub(before))
	}
}
