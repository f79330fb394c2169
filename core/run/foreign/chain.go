package foreign

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/net"
)

// link is one layer of the generator as it is put together, with the parameters that it has in the file.
type link struct {
	layer    net.Layer
	of       *module // nil where there are no parameters
	conv     bool    // a convolution whose stride is still to be found
	kernel   int
	up       bool // a convolution that does not double by itself and that modules without weights stand before
	either   bool // one module does, which is an activation or doubles
	acts     bool // an activation between layers
	reshapes bool // from a vector to feature maps of a side that follows from it
}

// chain is a generator's layers in turn.
type chain struct {
	links   []link
	in      int       // values that the first layer takes
	embeds  []*module // embeddings of labels
	side    int       // of the first feature maps
	maps    bool      // it ends in feature maps,
	out     int       // of which there are so many; else so many values
	norms   int       // BatchNorms
	learned int       // slopes of activations that the file has
}

// assemble puts modules together by their shapes.
func assemble(all []*module) (*chain, error) {
	c := &chain{side: 1}
	var rest []*module
	for _, m := range all {
		if m.embedding() {
			c.embeds = append(c.embeds, m)
		} else {
			rest = append(rest, m)
		}
	}
	err := c.put(rest)
	if errors.As(err, new(misplaced)) { // norms may be made after all layers
		if other := beside(rest); other != nil {
			again := &chain{side: 1, embeds: c.embeds}
			if again.put(other) == nil {
				return again, nil
			}
		}
	}
	return c, err
}

func (m *module) embedding() bool {
	_, bias := m.has["bias"]
	if m.dims() != 2 || bias {
		return false
	}
	name := strings.ToLower(m.name)
	return slices.ContainsFunc([]string{"emb", "label", "class", "cond"}, func(s string) bool { return strings.Contains(name, s) })
}

func (m *module) batchNorm() bool { _, is := m.has["running_mean"]; return is }

// misplaced says that a norm does not fit what it comes after.
type misplaced string

func (e misplaced) Error() string { return string(e) }

// beside puts norms behind the layers that have the same number in their names, such as bn2 behind fc2; nil where that does not work.
func beside(all []*module) []*module {
	var norms, sorted []*module
	for _, m := range all {
		if m.batchNorm() {
			norms = append(norms, m)
		}
	}
	for _, m := range all {
		if m.batchNorm() {
			continue
		}
		sorted = append(sorted, m)
		_, n := trailing(m.name)
		for i, b := range norms {
			if _, k := trailing(b.name); n >= 0 && k == n {
				sorted = append(sorted, b)
				norms = slices.Delete(norms, i, i+1)
				break
			}
		}
	}
	if len(norms) > 0 {
		return nil
	}
	return sorted
}

// between is how many modules without weights stand between two of one nn.Sequential, −1 where that cannot be told.
func between(a, b *module) int {
	cut := func(m *module) (string, int) {
		i := strings.LastIndexByte(m.name, '.')
		n, err := strconv.Atoi(m.name[i+1:])
		if err != nil {
			return "", -1
		}
		return m.name[:i+1], n
	}
	parentA, x := cut(a)
	parentB, y := cut(b)
	if x < 0 || y <= x || parentA != parentB {
		return -1
	}
	return y - x - 1
}

// put appends modules in turn.
func (c *chain) put(all []*module) error {
	acted := true // since the last layer with weights, or there was none
	var last *module
	for i, m := range all {
		gap := -1
		if last != nil {
			gap = between(last, m)
		}
		w, has := m.get("weight")
		switch {
		case m.batchNorm() || has && len(w.shape) == 1 && len(w.v) > 1 || has && len(w.shape) == 3:
			n := len(w.v)
			if m.batchNorm() {
				n = len(m.has["running_mean"].v)
			}
			maps := c.nextMaps(all[i+1:])
			toMaps := !c.maps && maps == n && c.out != n && last != nil
			if gap > 0 && !acted && !(toMaps && gap == 1) {
				c.act()
				acted = true
			}
			if toMaps {
				if err := c.reshape(maps, m.name); err != nil {
					return err
				}
			}
			if err := c.norm(m, n); err != nil {
				return err
			}
		case has && len(w.v) == 1:
			if bias, is := m.get("bias"); is {
				return fmt.Errorf("%q has a weight and a bias of shape %v, which no layer here has", m.name, bias.shape)
			}
			c.links = append(c.links, link{layer: net.LeakyReLU{Leak: float64(w.v[0])}})
			c.learned++
			acted = true
		case has && (len(w.shape) == 2 || len(w.shape) == 4):
			spare, acts := gap, !acted && gap != 0
			if acts {
				c.act()
				spare--
			}
			if err := c.weighted(m, w, spare > 0); err != nil {
				return err
			}
			c.links[len(c.links)-1].either = acts && gap == 1
			acted = false
		case has && len(w.shape) == 5:
			return fmt.Errorf("%q is a convolution of volumes, and generators here make pictures", m.name)
		default:
			return fmt.Errorf("%q has a weight of shape %v, which no layer here has", m.name, w.shape)
		}
		last = m
	}
	if c.in == 0 {
		return errors.New("the file's tensors are no generator: there is no layer that takes noise")
	}
	return nil
}

func (c *chain) act() { c.links = append(c.links, link{acts: true}) }

// nextMaps is how many feature maps the next convolution takes, if one is the next layer with weights.
func (c *chain) nextMaps(rest []*module) int {
	for _, m := range rest {
		w, has := m.get("weight")
		switch {
		case has && len(w.shape) == 4:
			if c.transposed(m, w, len(m.has["running_mean"].v)) {
				return w.shape[0]
			}
			return w.shape[1]
		case has && len(w.shape) == 2:
			return 0
		}
	}
	return 0
}

// norm appends a normalisation over n features.
func (c *chain) norm(m *module, n int) error {
	if !m.batchNorm() {
		if bias, ok := m.get("bias"); !ok || len(bias.v) != n {
			return fmt.Errorf("%q has a weight of shape %v and no bias, which no layer here has", m.name, m.has["weight"].shape)
		}
		if c.maps || n != c.out {
			return fmt.Errorf("%q normalises %d features and has no running statistics: LayerNorm behind dense layers is read, GroupNorm, InstanceNorm and BatchNorm without statistics are not", m.name, n)
		}
		c.links = append(c.links, link{layer: net.LayerNorm{}, of: m})
		return nil
	}
	if c.in == 0 {
		c.in, c.out = n, n
	}
	if n != c.out {
		return misplaced(fmt.Sprintf("%q normalises %d features, and what comes before it makes %d", m.name, n, c.out))
	}
	for _, leaf := range []string{"weight", "bias", "running_var"} {
		if v, is := m.get(leaf); (is || leaf == "running_var") && len(v.v) != n {
			return fmt.Errorf("%q has %d values in its %s and %d in its running mean", m.name, len(v.v), leaf, n)
		}
	}
	c.norms++
	c.links = append(c.links, link{layer: net.BatchNorm{}, of: m})
	return nil
}

// weighted appends a dense layer or a convolution.
func (c *chain) weighted(m *module, w numbers, spare bool) error {
	bias, biased := m.get("bias")
	if len(w.shape) == 2 {
		if c.maps {
			return fmt.Errorf("%q is a dense layer behind convolutions, as in a discriminator; a generator ends in convolutions", m.name)
		}
		if c.in == 0 {
			c.in, c.out = w.shape[1], w.shape[1]
		}
		if w.shape[1] != c.out {
			return c.broken(m, w.shape[1])
		}
		if biased && len(bias.v) != w.shape[0] {
			return fmt.Errorf("%q has %d biases for %d units", m.name, len(bias.v), w.shape[0])
		}
		c.out = w.shape[0]
		c.links = append(c.links, link{layer: net.Linear{Units: c.out, NoBias: !biased}, of: m})
		return nil
	}
	if w.shape[2] != w.shape[3] {
		return fmt.Errorf("%q has kernels of %d×%d: square ones are read", m.name, w.shape[2], w.shape[3])
	}
	have := c.out
	if !c.maps && len(c.links) > 0 {
		have = 0 // any number that the vector can be cut into
	}
	transposed := c.transposed(m, w, have)
	in, out := w.shape[1], w.shape[0]
	if transposed {
		in, out = out, in
	}
	if c.in == 0 {
		if !transposed {
			return fmt.Errorf("the first layer, %q, is a convolution: a generator here begins with noise, in a dense layer or a transposed convolution", m.name)
		}
		c.in, c.out, c.maps = in, in, true
	}
	if !c.maps {
		if err := c.reshape(in, m.name); err != nil {
			return err
		}
	}
	if in != c.out {
		return c.broken(m, in)
	}
	if biased && len(bias.v) != out {
		return fmt.Errorf("%q has %d biases for %d feature maps", m.name, len(bias.v), out)
	}
	c.out = out
	k := w.shape[2]
	l := link{of: m, conv: true, kernel: k, up: spare, layer: net.Conv2d{Maps: out, Kernel: k, NoBias: !biased}}
	if transposed {
		l.layer = net.ConvTranspose2d{Maps: out, Kernel: k, NoBias: !biased}
	}
	c.links = append(c.links, l)
	return nil
}

// transposed reports whether a kernel (a, b, k, k) is a transposed convolution's, from a maps to b, rather than a convolution's. Where shapes do not
// tell, kernels of even size and names do.
func (c *chain) transposed(m *module, w numbers, have int) bool {
	a, b := w.shape[0], w.shape[1]
	bias, biased := m.get("bias")
	switch {
	case biased && a != b && len(bias.v) == a:
		return false
	case biased && a != b && len(bias.v) == b:
		return true
	case have > 0 && a != b:
		return a == have
	}
	name := strings.ToLower(m.name)
	if strings.Contains(name, "trans") || strings.Contains(name, "deconv") || strings.Contains(name, "ct") {
		return true
	}
	return w.shape[2]%2 == 0 || a > b && !c.maps
}

// reshape reads the vector as that many square feature maps.
func (c *chain) reshape(maps int, before string) error {
	side := 0
	if maps > 0 && c.out%maps == 0 {
		side = int(math.Round(math.Sqrt(float64(c.out / maps))))
	}
	if side == 0 || side*side*maps != c.out {
		return fmt.Errorf("%d values come before %q, which takes %d feature maps: they make no squares", c.out, before, maps)
	}
	c.side, c.maps, c.out = side, true, maps
	c.links = append(c.links, link{layer: net.Reshape{To: net.Shape{C: maps, H: side, W: side}}, reshapes: true})
	return nil
}

func (c *chain) broken(m *module, takes int) error {
	return fmt.Errorf("%q takes %d values, and what comes before it makes %d: its layers do not stand in one row, so only its own program knows what it computes", m.name, takes, c.out)
}
