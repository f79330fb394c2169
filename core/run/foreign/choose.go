package foreign

import (
	"fmt"
	"slices"
	"strings"

	"ganvas/core/weights"
)

// Words that name parts of a checkpoint, as they are left when plain has been taken off.
var (
	generators = []string{"generatorema", "ema", "gema", "generator", "gen", "g"} // the averaged one first
	others     = []string{"discriminator", "disc", "dis", "d", "critic", "c", "encoder", "classifier"}
)

// plain is a part's name without what says nothing: "netG", "G_state_dict", "model_g" are all "g".
func plain(name string) string {
	name = strings.ToLower(name)
	for _, word := range []string{"state_dict", "statedict", "model", "module", "network", "net", "weights", "params", "_", "-"} {
		name = strings.ReplaceAll(name, word, "")
	}
	return name
}

// idle reports a part that is no network: an optimizer's or a scheduler's state.
func idle(name string) bool {
	name = strings.ToLower(name)
	return strings.Contains(name, "opt") || strings.Contains(name, "sched") || strings.Contains(name, "param_groups") || strings.Contains(name, "scaler")
}

// choose is the tensors of the file's generator without what all their names begin with, and that prefix.
func choose(ts []weights.Tensor, part string) ([]weights.Tensor, string, error) {
	if part != "" {
		inside := under(ts, strings.TrimSuffix(part, ".")+".")
		if len(inside) == 0 {
			return nil, "", fmt.Errorf("part is %q: no tensor's name in the file begins so; they begin with %s", part, list(firsts(ts)))
		}
		rest, more, err := choose(inside, "")
		return rest, strings.TrimSuffix(part, ".") + "." + more, err
	}
	heads := firsts(ts)
	for _, word := range generators {
		for _, h := range heads {
			if plain(h) == word {
				return deeper(ts, h)
			}
		}
	}
	var left []string
	for _, h := range heads {
		if !idle(h) && !slices.Contains(others, plain(h)) {
			left = append(left, h)
		}
	}
	switch {
	case len(left) == 0 && len(heads) > 0:
		return nil, "", fmt.Errorf("the file holds %s and no generator: name another file, or the part to take for one", list(heads))
	case len(left) == 1 && wraps(ts, left[0]):
		return deeper(ts, left[0])
	}
	var rest []weights.Tensor
	for _, t := range ts {
		if first, _, _ := strings.Cut(t.Name, "."); slices.Contains(left, first) {
			rest = append(rest, t)
		}
	}
	return rest, "", nil
}

// deeper chooses within one part.
func deeper(ts []weights.Tensor, head string) ([]weights.Tensor, string, error) {
	inside := under(ts, head+".")
	if len(inside) == 0 {
		return nil, "", fmt.Errorf("%q is a tensor where a generator's weights were expected", head)
	}
	rest, more, err := choose(inside, "")
	return rest, head + "." + more, err
}

// wraps reports a name under which there are layers, not a layer.
func wraps(ts []weights.Tensor, head string) bool {
	inside := under(ts, head+".")
	return len(inside) > 0 && !slices.ContainsFunc(inside, func(t weights.Tensor) bool {
		return !strings.Contains(t.Name, ".") || strings.HasPrefix(t.Name, "parametrizations.")
	})
}

// firsts are the first parts of names, each once, in order.
func firsts(ts []weights.Tensor) (all []string) {
	seen := map[string]bool{}
	for _, t := range ts {
		if first, _, _ := strings.Cut(t.Name, "."); !seen[first] {
			seen[first] = true
			all = append(all, first)
		}
	}
	return all
}

func under(ts []weights.Tensor, prefix string) (inside []weights.Tensor) {
	for _, t := range ts {
		if name, ok := strings.CutPrefix(t.Name, prefix); ok {
			t.Name = name
			inside = append(inside, t)
		}
	}
	return inside
}

// list names at most a few.
func list(names []string) string {
	short := make([]string, 0, 7)
	for i, n := range names {
		if i == 6 && len(names) > 7 {
			short = append(short, fmt.Sprintf("%d more", len(names)-i))
			break
		}
		if len(n) > 60 {
			n = n[:60] + "…"
		}
		short = append(short, fmt.Sprintf("%q", n))
	}
	return strings.Join(short, ", ")
}
