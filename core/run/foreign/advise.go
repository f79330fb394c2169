package foreign

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/net"
	"ganvas/core/rng"
	"ganvas/core/run"
	"ganvas/core/weights"
)

const (
	absurd = 0.5  // distance of a BatchNorm's features from their running statistics, as off has it, that sampling does not make
	mended = 0.5  // of it is left where another setting is the better one
	spare  = 0.05 // distance that is not worth another change
	rounds = 2    // activation and eps, and the label
	tight  = 1.25 // what a last layer that was never under tanh hardly goes beyond where it makes grounds of −1,
	faint  = 0.8  // which reach so far,
	ground = 0.3  // and are within this the most of a picture
	wide   = 1.5  // what values of pictures never have
)

// Advise makes samples and looks whether their statistics are absurd: features that are not distributed as the file's own BatchNorm
// layers saw them in training, or pictures whose values never come near either end of their range, or go far beyond. Where
// settings are found that mend it, they are put into the guesses' Better. from and s are those that f was read with.
func Advise(e engine.Engine, from Tensors, s Settings, f *Found) error {
	at, err := see(e, f, true)
	if err != nil {
		return err
	}
	best, was := s, at
	for range rounds {
		if at.off <= absurd {
			break
		}
		next, found := best, at
		for _, try := range otherwise(best, f) {
			other, err := Read(from, try)
			if err != nil {
				continue // such a generator cannot be, so it is no way to mend this one
			}
			look, err := see(e, other, false)
			if err != nil {
				return err
			}
			if look.off += spare * float64(changed(s, try)); look.off < found.off {
				next, found = try, look
			}
		}
		if found.off > 0.8*at.off {
			break
		}
		best, at = next, found
	}
	if at.off > mended*was.off {
		best = s
	}
	for i := range f.Guesses {
		g := &f.Guesses[i]
		if to := best.of(g.What); to != s.of(g.What) && to != g.Value {
			g.Better = to
		}
		if g.What == "range" {
			g.Better = was.betterRange(g.Value)
		}
	}
	return e.Err()
}

// advised are the settings that statistics may speak for.
var advised = []string{"hidden", "bnEps", "labels", "classes"}

// of is the setting's text.
func (s Settings) of(what string) string {
	switch what {
	case "hidden":
		return s.Hidden
	case "bnEps":
		return s.BNEps
	case "labels":
		return s.Labels
	case "classes":
		if s.Classes != nil {
			return strconv.Itoa(*s.Classes)
		}
	}
	return ""
}

// changed is how many settings are others.
func changed(a, b Settings) (n int) {
	for _, what := range advised {
		if a.of(what) != b.of(what) {
			n++
		}
	}
	return n
}

// otherwise is settings with activation and eps, or another of the guesses, taken otherwise, as people often have them.
func otherwise(s Settings, f *Found) (all []Settings) {
	norms := 0
	for _, t := range f.File.Tensors {
		if strings.HasSuffix(t.Name, ".running_mean") {
			norms++
		}
	}
	add := func(change func(*Settings)) {
		other := s
		change(&other)
		all = append(all, other)
	}
	hiddens, values := []string{s.Hidden}, []string{s.BNEps}
	for _, g := range f.Guesses {
		switch g.What {
		case "hidden":
			hiddens = append(hiddens, "relu", "leaky:0.2", "leaky:0.01", "tanh", "sigmoid")
		case "bnEps":
			values = append(values, "1e-05", "0.001", "0.8")
			if norms > 1 { // the first one made without the slip that made the others' so
				values = append(values, "1e-05"+strings.Repeat(",0.8", norms-1))
			}
		case "labels":
			for _, v := range []string{"first", "last"} {
				add(func(o *Settings) { o.Labels = v })
			}
		case "classes":
			for _, v := range []int{0, 10} {
				add(func(o *Settings) { o.Classes = &v })
			}
		}
	}
	for _, h := range hiddens { // together, since one hides the other
		for _, v := range values {
			add(func(o *Settings) { o.Hidden, o.BNEps = h, v })
		}
	}
	return all
}

// look is what a generator's samples are like.
type look struct {
	off       float64 // how far the features are from their running statistics in the BatchNorm where they are farthest; 0 without one
	low, high float64 // between which all but one in a hundred of the last layer's values lie, before tanh where there is one
	middle    float64 // of those values
}

// betterRange is the range that a picture's values speak for, or nothing.
func (l look) betterRange(now string) string {
	reach := max(-l.low, l.high)
	switch {
	case now == "-1..1" && reach < tight && l.low < -faint && l.middle < l.low+ground:
		return "none"
	case now == "none" && reach > wide:
		return "-1..1"
	}
	return ""
}

// samplesSeen is how many samples statistics are of: fewer where each is much work.
func samplesSeen(shapes []net.Shape, layers []net.Layer) int {
	work := 1
	for i, l := range layers {
		if m, is := l.(interface{ MACs(net.Shape) int }); is {
			work += m.MACs(shapes[i])
		}
	}
	return min(max(300_000_000/work, 64), 256)
}

// see takes samples through the generator, from BatchNorm to BatchNorm; to the last of them alone unless the whole is asked for.
func see(e engine.Engine, f *Found, whole bool) (l look, err error) {
	in, err := run.Inspect(f.File)
	if err != nil {
		return l, err
	}
	nets, err := gan.Build(in.Recipe, in.Data)
	if err != nil {
		return l, err
	}
	layers := nets.G.Layers
	shapes, err := nets.G.Shapes()
	if err != nil {
		return l, err
	}
	rows := samplesSeen(shapes, layers)
	x := make([]float32, rows*in.Recipe.Noise)
	rng.New(1, "statistics").Normal(x)
	var labels []int32
	if in.Recipe.Conditional {
		for i := range rows {
			labels = append(labels, int32(i%in.Data.Classes))
		}
	}
	end := len(layers)
	if _, is := layers[end-1].(net.Tanh); is {
		end--
	}
	for !whole && end > 0 && !isBatchNorm(layers[end-1]) {
		end--
	}
	outside := len(layers) - len(withoutLabels(layers)) // layers that take no number
	for from := 0; from < end; {
		to := from + 1 // a BatchNorm stands at the beginning of its piece
		for to < end && !isBatchNorm(layers[to]) {
			to++
		}
		if isBatchNorm(layers[from]) {
			d, err := distance(f.File, strconv.Itoa(from-outside), x, shapes[from])
			if err != nil {
				return l, err
			}
			l.off = max(l.off, d)
		}
		piece := net.Spec{Name: nets.G.Name, In: shapes[from], Layers: layers[from:to]}
		if x, err = through(e, piece, state(f.File, max(0, from-outside), to-outside), x, rows, labels); err != nil {
			return l, err
		}
		from, labels = to, nil
	}
	if !whole {
		return l, nil
	}
	slices.Sort(x)
	few := len(x) / 200
	l.low, l.middle, l.high = float64(x[few]), float64(x[len(x)/2]), float64(x[len(x)-1-few])
	return l, nil
}

func isBatchNorm(l net.Layer) bool { _, is := l.(net.BatchNorm); return is }

// state is the tensors of the generator's layers from number from up to to, numbered from 0.
func state(f *weights.File, from, to int) (ts []weights.Tensor) {
	for _, t := range f.Tensors {
		name, ok := strings.CutPrefix(t.Name, "generator.")
		number, leaf, _ := strings.Cut(name, ".")
		if n, err := strconv.Atoi(number); ok && err == nil && n >= from && n < to {
			t.Name = fmt.Sprintf("%d.%s", n-from, leaf)
			ts = append(ts, t)
		}
	}
	return ts
}

// through is what layers with that state make of x (rows, in).
func through(e engine.Engine, s net.Spec, state []weights.Tensor, x []float32, rows int, labels []int32) ([]float32, error) {
	n, err := e.Build(s, rng.New(1, s.Name))
	if err != nil {
		return nil, err
	}
	defer n.Release()
	if err := n.Load(state); err != nil {
		return nil, err
	}
	pass, err := n.Bind(rows)
	if err != nil {
		return nil, err
	}
	defer pass.Release()
	fed := e.NewArray(rows, s.In.Size())
	defer fed.Release()
	fed.Write(x)
	y := pass.Forward(engine.Batch{X: fed, Labels: labels}, engine.Mode{})
	out := make([]float32, rows*y.Cols())
	y.Read(out)
	return out, e.Err()
}

// distance is how far the features x (rows, maps, h·w) are from the running statistics of the BatchNorm of that number, the mean over
// its maps of |ln σ²/σ₀²| and |µ − µ₀|/σ₀ together. Maps that hardly vary count for little.
func distance(f *weights.File, number string, x []float32, at net.Shape) (float64, error) {
	var kept [2][]float64
	for i, leaf := range []string{".running_mean", ".running_var"} {
		t, ok := f.Lookup("generator." + number + leaf)
		if !ok {
			return 0, fmt.Errorf("BatchNorm %s has no running statistics", number)
		}
		var err error
		if kept[i], err = t.F64(); err != nil {
			return 0, err
		}
	}
	still := 1e-12
	for _, v := range kept[1] {
		still += v / float64(20*len(kept[1]))
	}
	area, total := at.H*at.W, 0.0
	n := float64(len(x) / at.C)
	for c := range at.C {
		sum, square := 0.0, 0.0
		for i := c * area; i < len(x); i += at.C * area {
			for _, v := range x[i:][:area] {
				d := float64(v) - kept[0][c]
				sum += d
				square += d * d
			}
		}
		mean := sum / n
		varies := square/n - mean*mean
		total += math.Abs(math.Log((max(varies, 0)+still)/(kept[1][c]+still))) + math.Abs(mean)/math.Sqrt(kept[1][c]+still)
	}
	return total / float64(at.C), nil
}
