package gpu

import (
	"fmt"
	"strings"
	"time"

	"ganvas/core/engine"
	"ganvas/core/loss"
)

// judge computes losses: one workgroup goes over all rows. Reports come on trays, each with as many as the GPU makes in a moment, so that
// few are sent and none is long on its way.
type judge struct {
	e             *Engine
	held          *held
	lists         *held
	rows, outputs int
	labels        span // words (2, rows): of real samples and of fakes
	args          span // smoothing and drift
	told          [2]float64
	report        span // of the last case, in the order of engine.Report
	made          map[judgeKey]*playable

	free    []*tray         // that hold nothing
	filling *tray           // nil for none
	flying  []*tray         // sent, oldest first
	came    []engine.Report // not taken yet
	values  []float32       // of a tray
	each    int             // reports a tray gets now
	last    time.Time       // when one came
	now     func() time.Time
}

type judgeKey struct {
	row                      *loss.Row
	d                        bool
	real, fake, dReal, dFake span
}

// tray is a Tray with what was put on it.
type tray struct {
	Tray
	sizes []int // of its reports, in values
	used  int   // values
}

const (
	trays      = 3
	mostOnTray = 16
	reportSize = 6                           // values, without penalties
	mostValues = mostOnTray * 2 * reportSize // on a tray
	moment     = 20 * time.Millisecond
)

// Judge implements engine.Judging.
func (e *Engine) Judge(rows, outputs int) (engine.Judge, error) {
	j := &judge{e: e, rows: rows, outputs: outputs, made: map[judgeKey]*playable{}, each: 1, now: time.Now, values: make([]float32, mostValues), told: [2]float64{-1, -1}}
	j.held, j.lists = holding(e, j), holding(e, j)
	j.args, j.report = e.memory(j.held, 2), e.memory(j.held, reportSize)
	if outputs > 1 {
		j.labels = e.memory(j.held, padded(rows)+rows)
	}
	for range trays {
		if e.failed() {
			break
		}
		t, err := e.device.Tray(4 * mostValues)
		if err != nil {
			return nil, err
		}
		j.held.all = append(j.held.all, t)
		j.free = append(j.free, &tray{Tray: t})
	}
	return j, e.Err()
}

func (j *judge) Release() {
	j.lists.Release()
	j.held.Release()
}

func (j *judge) Judge(c engine.Case) {
	j.e.drop()
	if told := [2]float64{c.Smoothing, c.Drift}; told != j.told {
		j.told = told
		j.e.write(j.args, bytesOf([]float32{float32(c.Smoothing), float32(c.Drift)}))
	}
	if j.outputs > 1 {
		if c.D {
			j.e.write(j.labels.part(0, j.rows), bytesOf(c.RealLabels[:j.rows]))
		}
		j.e.write(j.labels.part(padded(j.rows), j.rows), bytesOf(c.FakeLabels[:j.rows]))
	}
	key := judgeKey{row: c.Loss, d: c.D, fake: spanOf(c.Fake), dFake: spanOf(c.DFake)}
	if c.Real != nil {
		key.real = spanOf(c.Real)
	}
	if c.DReal != nil {
		key.dReal = spanOf(c.DReal)
	}
	l := j.made[key]
	if l == nil {
		if len(j.made) >= most {
			j.lists.Release()
			clear(j.made)
		}
		r := &recorder{e: j.e}
		j.record(r, key)
		l = j.lists.swap(nil, r.done())
		j.made[key] = l
	}
	j.e.play(l)
}

// record is the kernel of a loss.
func (j *judge) record(r *recorder, k judgeKey) {
	terms := k.row.G
	if k.d {
		terms = k.row.D
	}
	fake, fakes := k.fake.whole() // D's two passes may be one, with what it says of fakes behind what it says of real samples
	real, reals := k.real.whole()
	buffers := []bound{in("fakes", fake), in("args", j.args), out("report", j.report)}
	text := "fn fake(i: u32) -> f32 { return fakes[i + FAKES]; }\n"
	if real.in != nil {
		buffers = append(buffers, in("reals", real))
		text += "fn real(i: u32) -> f32 { return reals[i + REALS]; }\n"
	}
	consts := []konst{{"N", j.rows}, {"OUTPUTS", j.outputs}, {"FAKES", fakes}, {"REALS", reals}, {"LABELS", padded(j.rows)}}
	body := judged(terms, k.row, k.d, j.outputs)
	switch {
	case k.d && k.dReal.in == k.dFake.in: // which is bound once, being written
		both := k.dReal.part(0, k.dFake.at+k.dFake.count-k.dReal.at)
		buffers, consts = append(buffers, out("slopes", both)), append(consts, konst{"DFAKES", k.dFake.at - k.dReal.at})
		body = strings.NewReplacer("dreal[", "slopes[", "dfake[", "slopes[DFAKES + ").Replace(body)
	case k.d:
		buffers = append(buffers, out("dreal", k.dReal), out("dfake", k.dFake))
	default:
		buffers = append(buffers, out("dfake", k.dFake))
	}
	if j.outputs > 1 {
		buffers = append(buffers, words("labels", j.labels))
	}
	r.rows(1, source("judge")+text+body, consts, buffers...)
}

// judged is fn row of a loss.
func judged(terms loss.Terms, row *loss.Row, d bool, outputs int) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	for _, t := range terms {
		if name := curveName(t.Curve); !strings.Contains(b.String(), name+"(") {
			line("fn %s(x: f32, aim: f32) -> vec2<f32> {\n%s}", name, curves[t.Curve])
		}
	}
	real := d || terms.SeesReal()
	line("fn row(i: u32, t: u32) {")
	sums := func(into, of string) { // the sum over all rows of what is said of j
		line("\tvar %s = 0.0;\n\tfor (var j = t; j < N; j = j + 256u) { %s = %s + %s; }\n\tlet %ss = total(%s, t);", into, into, into, of, into, into)
	}
	if real {
		sums("ofreal", "real(j * OUTPUTS)")
		sums("offake", "fake(j * OUTPUTS)")
		line("\tlet meanreal = ofreals / f32(N);\n\tlet meanfake = offakes / f32(N);")
	}
	if d {
		middle := literal(float32(row.Middle))
		if row.Relative {
			middle = "(meanreal + meanfake) / 2.0"
		}
		line("\tlet middle = %s;", middle)
		sums("preal", "sigmoid(real(j * OUTPUTS))")
		sums("pfake", "sigmoid(fake(j * OUTPUTS))")
		sums("right", "side(real(j * OUTPUTS) - middle) + side(middle - fake(j * OUTPUTS))")
	}
	line("\tvar value = 0.0;\n\tvar pullreal = 0.0;\n\tvar pullfake = 0.0;\n\tfor (var j = t; j < N; j = j + 256u) {")
	line("\t\tlet b = fake(j * OUTPUTS);\n\t\tvar db = 0.0;\n\t\tvar da = 0.0;")
	if real {
		line("\t\tlet a = real(j * OUTPUTS);")
	}
	for _, t := range terms {
		judgedTerm(line, t)
	}
	line("\t\tdfake[j * OUTPUTS] = db;")
	if d {
		line("\t\tdreal[j * OUTPUTS] = da;")
	}
	if outputs > 1 {
		judgedClass(line, "fake", "LABELS + j")
		if d {
			judgedClass(line, "real", "j")
		}
	}
	line("\t}\n\tlet all = total(value, t);")
	judgedPull(line, terms, d)
	line("\tif (t == 0u) {\n\t\treport[0] = all;")
	if d {
		for k, v := range []string{"preals / f32(N)", "pfakes / f32(N)", "meanreal", "meanfake", "rights / f32(2u * N)"} {
			line("\t\treport[%d] = %s;", k+1, v)
		}
	}
	line("\t}\n}")
	return b.String()
}

func curveName(c loss.Curve) string { return fmt.Sprintf("curve%d", c) }

// judgedTerm adds a term at row j, as loss.Term does.
func judgedTerm(line func(string, ...any), t loss.Term) {
	x, dx, other, dOther, mean, pull := "b", "db", "a", "da", "meanreal", "pullreal"
	if t.Of == loss.OfReal {
		x, dx, other, dOther, mean, pull = "a", "da", "b", "db", "meanfake", "pullfake"
	}
	target, weight, sign := literal(float32(t.Target)), literal(1), ""
	if t.Smoothed {
		target += " - args[0]"
	}
	if t.Weight != 0 {
		weight = literal(float32(t.Weight))
	}
	if t.Drift {
		weight += " * args[1]"
	}
	if t.Flip {
		sign = "-"
	}
	switch t.Against {
	case loss.Mate:
		x += " - " + other
	case loss.Mean:
		x += " - " + mean
	}
	line("\t\t{\n\t\t\tlet c = %s(%s(%s), %s);\n\t\t\tlet w = %s / f32(N);", curveName(t.Curve), sign, x, target, weight)
	line("\t\t\tlet s = %sw * c.y;\n\t\t\tvalue = value + w * c.x;\n\t\t\t%s = %s + s;", sign, dx, dx)
	switch t.Against {
	case loss.Mate:
		line("\t\t\t%s = %s - s;", dOther, dOther)
	case loss.Mean:
		line("\t\t\t%s = %s + s;", pull, pull)
	}
	line("\t\t}")
}

// judgedPull hands what terms that compare with a mean say of it on to each of its scores.
func judgedPull(line func(string, ...any), terms loss.Terms, d bool) {
	for _, t := range terms {
		side := "real"
		if t.Of == loss.OfReal {
			side = "fake"
		}
		if t.Against == loss.Mean && (d || side == "fake") {
			line("\tlet pulled%s = total(pull%s, t) / f32(N);", side, side)
			line("\tfor (var j = t; j < N; j = j + 256u) { d%s[j * OUTPUTS] = d%s[j * OUTPUTS] - pulled%s; }", side, side, side)
		}
	}
}

// judgedClass adds the class head's cross-entropy with row j's label.
func judgedClass(line func(string, ...any), side, at string) {
	line("\t\t{\n\t\t\tlet first = j * OUTPUTS + 1u;\n\t\t\tlet last = first + OUTPUTS - 1u;\n\t\t\tlet hot = first + labels[%s];", at)
	line("\t\t\tvar top = %s(first);\n\t\t\tfor (var k = first + 1u; k < last; k = k + 1u) { top = max(top, %s(k)); }", side, side)
	line("\t\t\tvar sum = 0.0;\n\t\t\tfor (var k = first; k < last; k = k + 1u) { sum = sum + exp(%s(k) - top); }", side)
	line("\t\t\tvalue = value + (log(sum) + top - %s(hot)) / f32(N);", side)
	line("\t\t\tfor (var k = first; k < last; k = k + 1u) { d%s[k] = (exp(%s(k) - top) / sum - select(0.0, 1.0, k == hot)) / f32(N); }\n\t\t}", side, side)
}

func (j *judge) Send(penalties []engine.Array) {
	if j.e.failed() {
		return
	}
	if j.filling == nil {
		if len(j.free) == 0 {
			j.bring()
		}
		j.filling, j.free = j.free[len(j.free)-1], j.free[:len(j.free)-1]
	}
	t := j.filling
	j.put(t, j.report)
	for _, p := range penalties {
		j.put(t, spanOf(p))
	}
	t.sizes = append(t.sizes, reportSize+len(penalties))
	if len(t.sizes) >= j.each {
		j.send()
	}
}

func (j *judge) put(t *tray, s span) {
	t.Put(4*t.used, s.in, 4*s.at, 4*s.count)
	t.used += s.count
}

// send sends the tray that is being filled.
func (j *judge) send() {
	j.filling.Send()
	j.flying, j.filling = append(j.flying, j.filling), nil
}

// bring takes the reports of the oldest tray that was sent, and has the next ones as large as a moment fills.
func (j *judge) bring() {
	t := j.flying[0]
	j.flying = append(j.flying[:0], j.flying[1:]...)
	if !t.Came() {
		j.e.stats.Reads++
	}
	values := j.values[:t.used]
	t.Take(bytesOf(values))
	j.e.stats.Read += 4 * t.used
	j.e.stats.Trays++
	now := j.now()
	if took := now.Sub(j.last) / time.Duration(len(t.sizes)); took > 0 {
		j.each = max(1, min(mostOnTray, int(moment/took)))
	}
	j.last = now
	for _, n := range t.sizes {
		v := values[:n]
		r := engine.Report{Loss: float64(v[0]), PReal: float64(v[1]), PFake: float64(v[2]), SReal: float64(v[3]), SFake: float64(v[4]), Right: float64(v[5])}
		for _, p := range v[reportSize:] {
			r.Loss += float64(p)
		}
		j.came = append(j.came, r)
		values = values[n:]
	}
	t.sizes, t.used = t.sizes[:0], 0
	j.free = append(j.free, t)
}

func (j *judge) Take(wait bool) (engine.Report, bool) {
	for len(j.came) == 0 {
		switch {
		case j.e.failed():
			return engine.Report{}, true
		case len(j.flying) > 0 && (wait || j.flying[0].Came()):
			j.bring()
		case len(j.flying) > 0 || !wait:
			return engine.Report{}, false
		case j.filling == nil:
			panic("gpu: a report is taken that was not sent")
		default:
			j.send()
		}
	}
	r := j.came[0]
	j.came = append(j.came[:0], j.came[1:]...)
	return r, true
}
