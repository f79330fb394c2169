package config

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"ganvas/core/arch"
	"ganvas/core/loss"
	"ganvas/core/near"
)

// Kind says what values a field takes.
type Kind string

const (
	Real   Kind = "real"   // a number in [Min, Max]
	Int    Kind = "int"    // a whole number in [Min, Max]
	Bool   Kind = "bool"   // true or false
	Choice Kind = "choice" // one of Choices
	Widths Kind = "widths" // one to eight whole numbers in [Min, Max], written 256-512-1024
	Layers Kind = "layers" // a network written out, dense:128/leaky:0.2/dense:1024/tanh, or nothing
)

// Field describes one field of a [Recipe]: what it means and what it allows. One table drives flags, page controls and
// checks.
type Field struct {
	Name    string   `json:"name"`
	Group   string   `json:"group"` // one of Groups
	Kind    Kind     `json:"kind"`
	Min     float64  `json:"min"`
	Max     float64  `json:"max"`
	Choices []string `json:"choices,omitempty"`
	Live    bool     `json:"live"` // may change while the run goes on
	Help    string   `json:"help"`

	at func(*Recipe) any // the field's address

	stored float64 // what recipes that lie in files may have above Max, from when more was allowed; 0 for nothing
}

// Group is fields that stand together, on the page and in the command line's help.
type Group struct{ Name, Title string }

// Groups is the table of all groups, in the order in which they are listed.
var Groups = []Group{
	{"training", "Updates"}, {"networks", "Networks"}, {"loss", "Loss"}, {"averages", "Average and growth"}, {"data", "Data and length"},
}

// MaxSeed is the largest seed: the largest whole number that everything which reads JSON keeps as it is.
const MaxSeed = 1<<53 - 1

// Fields is the table of all recipe fields, in the order in which they are shown within their groups.
var Fields = []Field{
	{Name: "arch", Group: "networks", Kind: Choice, Choices: Archs, Help: "the family both networks come from: " + arch.Say(), at: func(r *Recipe) any { return &r.Arch }},
	{Name: "noise", Group: "networks", Kind: Int, Min: 1, Max: 1024, Help: "how many noise values the generator starts from", at: func(r *Recipe) any { return &r.Noise }},
	{Name: "generator", Group: "networks", Kind: Widths, Min: 1, Max: 4096, Help: "the generator's hidden widths or feature maps, noise side first", at: func(r *Recipe) any { return &r.Generator }},
	{Name: "layers", Group: "networks", Kind: Layers, Help: "the generator written out layer by layer, noise side first, in place of what arch and generator make; empty for that (" + strings.Join(arch.LayerNames(), ", ") + ")", at: func(r *Recipe) any { return &r.Layers }},
	{Name: "discriminator", Group: "networks", Kind: Widths, Min: 1, Max: 4096, Help: "the discriminator's hidden widths or feature maps, image side first", at: func(r *Recipe) any { return &r.Discriminator }},
	{Name: "norm", Group: "networks", Kind: Choice, Choices: Norms, Help: "normalisation inside the networks; auto takes the architecture's own", at: func(r *Recipe) any { return &r.Norm }},
	{Name: "leak", Group: "networks", Kind: Real, Min: 0, Max: 1, Help: "slope of LeakyReLU below zero", at: func(r *Recipe) any { return &r.Leak }},
	{Name: "dropout", Group: "networks", Kind: Real, Min: 0, Max: 0.95, Help: "share of the discriminator's units that a step drops", at: func(r *Recipe) any { return &r.Dropout }},
	{Name: "conditional", Group: "networks", Kind: Bool, Help: "tell both networks which digit it is", at: func(r *Recipe) any { return &r.Conditional }},
	{Name: "label_mode", Group: "networks", Kind: Choice, Choices: LabelModes, Help: "how a conditional discriminator uses the label", at: func(r *Recipe) any { return &r.LabelMode }},
	{Name: "loss", Group: "loss", Kind: Choice, Choices: Losses, Help: "what the two networks play for", at: func(r *Recipe) any { return &r.Loss }},
	{Name: "packing", Group: "loss", Kind: Int, Min: 1, Max: 16, Help: "how many samples the discriminator judges together, all real or all fakes, so that it sees whether they vary; 1 for each by itself", at: func(r *Recipe) any { return &r.Packing }},
	{Name: "label_smoothing", Group: "loss", Kind: Real, Min: 0, Max: 0.5, Help: "how far below 1 the target of real images is" + usedBy("label_smoothing"), at: func(r *Recipe) any { return &r.LabelSmoothing }},
	{Name: "gp_weight", Group: "loss", Kind: Real, Min: 0, Max: 1e4, Live: true, Help: "weight of the gradient penalty" + usedBy("gp_weight"), at: func(r *Recipe) any { return &r.GPWeight }},
	{Name: "r1_weight", Group: "loss", Kind: Real, Min: 0, Max: 1e4, Help: "weight of R1, half the squared norm of the discriminator's gradient at real samples, beside any loss; 0 for none", at: func(r *Recipe) any { return &r.R1Weight }},
	{Name: "r2_weight", Group: "loss", Kind: Real, Min: 0, Max: 1e4, Help: "weight of R2, half the squared norm of the discriminator's gradient at fakes, beside any loss; 0 for none", at: func(r *Recipe) any { return &r.R2Weight }},
	{Name: "gp_decay", Group: "loss", Kind: Real, Min: 0, Max: 1, Live: true, Help: "share of the penalties' weights that is gone where anneal ends", at: func(r *Recipe) any { return &r.GPDecay }},
	{Name: "drift", Group: "loss", Kind: Real, Min: 0, Max: 1, Help: "weight of the critic's squared score on real images" + usedBy("drift"), at: func(r *Recipe) any { return &r.Drift }},
	{Name: "instance_noise", Group: "loss", Kind: Real, Min: 0, Max: 2, Help: "deviation of the noise that is added to what the discriminator sees", at: func(r *Recipe) any { return &r.InstanceNoise }},
	{Name: "lr_g", Group: "training", Kind: Real, Min: 1e-7, Max: 1, Live: true, Help: "the generator's learning rate", at: func(r *Recipe) any { return &r.LRG }},
	{Name: "lr_d", Group: "training", Kind: Real, Min: 1e-7, Max: 1, Live: true, Help: "the discriminator's learning rate", at: func(r *Recipe) any { return &r.LRD }},
	{Name: "lr_decay", Group: "training", Kind: Real, Min: 0, Max: 1, Live: true, Help: "share of the learning rates that is gone where anneal ends", at: func(r *Recipe) any { return &r.LRDecay }},
	{Name: "schedule", Group: "training", Kind: Choice, Choices: Schedules, Live: true, Help: "the way on which lr_decay, gp_decay, beta2_end and ema_end come about: a straight line or half a cosine", at: func(r *Recipe) any { return &r.Schedule }},
	{Name: "warm_up", Group: "training", Kind: Real, Min: 0, Max: 1, Live: true, Help: "share of the run over which the learning rates rise from zero", at: func(r *Recipe) any { return &r.WarmUp }},
	{Name: "hold", Group: "training", Kind: Real, Min: 0, Max: 1, Live: true, Help: "share of the run for which all stay as they are before the schedule begins", at: func(r *Recipe) any { return &r.Hold }},
	{Name: "anneal", Group: "training", Kind: Real, Min: 0.001, Max: 1, Live: true, Help: "share of the run at which the schedule ends; from there on all stay as they are", at: func(r *Recipe) any { return &r.Anneal }},
	{Name: "optimizer", Group: "training", Kind: Choice, Choices: Optimizers, Help: "the rule that turns gradients into updates", at: func(r *Recipe) any { return &r.Optimizer }},
	{Name: "beta1", Group: "training", Kind: Real, Min: 0, Max: 0.9999, Help: "Adam's memory of the gradient", at: func(r *Recipe) any { return &r.Beta1 }},
	{Name: "beta2", Group: "training", Kind: Real, Min: 0, Max: 0.999999, Help: "Adam's and RMSProp's memory of the squared gradient", at: func(r *Recipe) any { return &r.Beta2 }},
	{Name: "beta2_end", Group: "training", Kind: Real, Min: 0, Max: 0.999999, Live: true, Help: "beta2 where anneal ends; 0 leaves it as it is", at: func(r *Recipe) any { return &r.Beta2End }},
	{Name: "eps", Group: "training", Kind: Real, Min: 1e-12, Max: 1, Help: "what keeps Adam's division from zero", at: func(r *Recipe) any { return &r.Eps }},
	{Name: "clip", Group: "training", Kind: Real, Min: 0, Max: 1e6, Live: true, Help: "largest norm of a network's gradient; 0 leaves it alone", at: func(r *Recipe) any { return &r.Clip }},
	{Name: "d_steps", Group: "training", Kind: Int, Min: 1, Max: 100, Help: "discriminator updates in a step", at: func(r *Recipe) any { return &r.DSteps }},
	{Name: "g_steps", Group: "training", Kind: Int, Min: 1, Max: 100, Help: "generator updates in a step", at: func(r *Recipe) any { return &r.GSteps }},
	{Name: "ema", Group: "averages", Kind: Real, Min: 0, Max: 0.99999, Live: true, Help: "memory of the averaged generator; 0 keeps none", at: func(r *Recipe) any { return &r.EMA }},
	{Name: "ema_end", Group: "averages", Kind: Real, Min: 0, Max: 0.99999, Live: true, Help: "ema where anneal ends; 0 leaves it as it is", at: func(r *Recipe) any { return &r.EMAEnd }},
	{Name: "stage_images", Group: "averages", Kind: Int, Min: 1, Max: 1e9, Help: "real images in each phase of growing: a new resolution fades in over so many and settles over as many (" + strings.Join(arch.Growing(), ", ") + ")", at: func(r *Recipe) any { return &r.StageImages }},
	{Name: "dataset", Group: "data", Kind: Choice, Choices: Datasets, Help: "what the real samples are: digits, points of the plane, or your own", at: func(r *Recipe) any { return &r.Dataset }},
	{Name: "seed", Group: "data", Kind: Int, Min: 0, Max: MaxSeed, stored: 1 << 53, Help: "where every random number comes from", at: func(r *Recipe) any { return &r.Seed }},
	{Name: "epochs", Group: "data", Kind: Int, Min: 1, Max: 1e6, Live: true, Help: "passes over the data set", at: func(r *Recipe) any { return &r.Epochs }},
	{Name: "batch", Group: "data", Kind: Int, Min: 1, Max: 4096, Help: "images in a batch", at: func(r *Recipe) any { return &r.Batch }},
	{Name: "augment", Group: "data", Kind: Choice, Choices: Augments, Help: "how pictures are changed at random before the discriminator sees them, real ones and fakes alike, for small data sets", at: func(r *Recipe) any { return &r.Augment }},
	{Name: "augment_p", Group: "data", Kind: Real, Min: 0, Max: 1, Help: "with which probability each change of augment happens to a picture; below 0.8 or so the generator does not learn to imitate them", at: func(r *Recipe) any { return &r.AugmentP }},
}

// usedBy names the losses that read a field, in brackets.
func usedBy(field string) string { return " (" + strings.Join(loss.Using(field), ", ") + ")" }

// Find is the field of that name, nil when there is none.
func Find(name string) *Field {
	for i := range Fields {
		if Fields[i].Name == name {
			return &Fields[i]
		}
	}
	return nil
}

// noField says that no field has that name, which one may have been meant, and which there are.
func noField(name, says string) error {
	all := make([]string, len(Fields))
	for i := range Fields {
		all[i] = Fields[i].Name
	}
	return fmt.Errorf("%s %q: the fields are %s%s", says, name, strings.Join(all, ", "), near.Ask(name, all))
}

// wrong says that text is no value of the field, and what is.
func (f *Field) wrong(text string) error {
	return fmt.Errorf("%s is %q: it must be %s%s", f.Name, text, f.Allowed(), near.Ask(text, f.Choices))
}

// Flag is the field's name on the command line.
func (f *Field) Flag() string { return strings.ReplaceAll(f.Name, "_", "-") }

// Allowed says in words what values the field takes.
func (f *Field) Allowed() string {
	switch f.Kind {
	case Real:
		return fmt.Sprintf("a number from %g to %g", f.Min, f.Max)
	case Int:
		return fmt.Sprintf("a whole number from %.0f to %.0f", f.Min, f.Max)
	case Bool:
		return "true or false"
	case Choice:
		return "one of " + strings.Join(f.Choices, ", ")
	case Layers:
		return "layers such as dense:128/leaky:0.2/dense:1024/tanh, or nothing"
	default:
		return fmt.Sprintf("one to eight whole numbers from %.0f to %.0f, such as 256-512-1024", f.Min, f.Max)
	}
}

// Get is the field's value in r as text, in the form that Set takes.
func (f *Field) Get(r *Recipe) string {
	switch p := f.at(r).(type) {
	case *string:
		return *p
	case *int:
		return strconv.Itoa(*p)
	case *uint64:
		return strconv.FormatUint(*p, 10)
	case *float64:
		return strconv.FormatFloat(*p, 'g', -1, 64)
	case *bool:
		return strconv.FormatBool(*p)
	case *[]int:
		s := make([]string, len(*p))
		for i, v := range *p {
			s[i] = strconv.Itoa(v)
		}
		return strings.Join(s, "-")
	}
	panic("config: a field of a type that has no text form")
}

// Set puts text, as a flag or a URL gives it, into the named field and checks it against the field's range.
func (r *Recipe) Set(name, text string) error {
	f := Find(name)
	if f == nil {
		return noField(name, "there is no recipe field")
	}
	n := r.Clone()
	if err := f.parse(&n, text); err != nil {
		return f.wrong(text)
	}
	if err := f.check(&n, f.Max); err != nil {
		return err
	}
	*r = n
	return nil
}

func (f *Field) parse(r *Recipe, text string) (err error) {
	switch p := f.at(r).(type) {
	case *string:
		*p = text
	case *int:
		*p, err = strconv.Atoi(text)
	case *uint64:
		*p, err = strconv.ParseUint(text, 10, 64)
	case *float64:
		*p, err = strconv.ParseFloat(text, 64)
	case *bool:
		*p, err = strconv.ParseBool(text)
	case *[]int:
		*p = nil
		for _, s := range strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune("-, []", c) }) {
			v, e := strconv.Atoi(s)
			if e != nil {
				return e
			}
			*p = append(*p, v)
		}
	}
	return err
}

// check holds the field's value in r against the field's range, which ends at most.
func (f *Field) check(r *Recipe, most float64) error {
	in := func(v float64) bool { return !math.IsNaN(v) && v >= f.Min && v <= most }
	ok := true
	switch p := f.at(r).(type) {
	case *string:
		ok = f.Kind == Layers || slices.Contains(f.Choices, *p)
	case *int:
		ok = in(float64(*p))
	case *uint64:
		ok = in(float64(*p))
	case *float64:
		ok = in(*p)
	case *[]int:
		ok = len(*p) >= 1 && len(*p) <= 8 && !slices.ContainsFunc(*p, func(v int) bool { return !in(float64(v)) })
	}
	if !ok {
		return f.wrong(f.Get(r))
	}
	return nil
}

// Validate checks every field's range, then what fields demand of each other. A recipe that lies in a file from when more
// was allowed is valid.
func (r Recipe) Validate() error {
	for i := range Fields {
		if err := Fields[i].check(&r, max(Fields[i].Max, Fields[i].stored)); err != nil {
			return err
		}
	}
	for _, rule := range rules {
		if why := rule(&r); why != "" {
			return fmt.Errorf("%s", why)
		}
	}
	return nil
}
