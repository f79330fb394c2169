package run

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"ganvas/core/arch"
	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/sample"
	"ganvas/core/weights"
)

// Format names this project's checkpoints in their metadata.
const Format = "ganvas-checkpoint-1"

// howNoise tells readers of a file how Generate draws noise.
const howNoise = "standard normal; PCG seeded by (seed, \"generate\"), ziggurat, row by row"

// part is a network or an optimizer under its name in a checkpoint.
type part struct {
	prefix string
	state  interface {
		State() ([]weights.Tensor, error)
		Load([]weights.Tensor) error
	}
}

// computedBy is the metadata's name for the engine's name.
const computedBy = "engine"

// madeBy is the metadata's name for what other program trained a generator.
const madeBy = "made_by"

// shownSeed is the metadata's name for the seed of the fixed noise, where that is not the recipe's.
const shownSeed = "shown_seed"

const (
	prefixG   = "generator."
	prefixD   = "discriminator."
	prefixEMA = "generator_ema."
)

// parts lists what a checkpoint of a run holds.
func parts(m *gan.GAN, weightsOnly bool) []part {
	ps := []part{{prefixG, m.G}, {prefixD, m.D}}
	if m.Average != nil {
		ps = append(ps, part{prefixEMA, m.Average})
	}
	if weightsOnly {
		return ps
	}
	return append(ps, part{"optimizer.generator.", m.OptG}, part{"optimizer.discriminator.", m.OptD})
}

// Checkpoint is the whole run as a file: weights, optimizers and random state, or the weights alone. A run can be gone on
// with from whole steps only, so that one whose step is under way gives no more than its weights.
func (t *Trainer) Checkpoint(weightsOnly bool) (*weights.File, error) {
	if t.at > 0 && !weightsOnly {
		return nil, fmt.Errorf("step %d is half done: finish it first", t.step+1)
	}
	if err := t.take(true); err != nil { // it is not known yet to be any good
		return nil, err
	}
	f, err := describe(t.GAN, t.step, t.images)
	if err != nil {
		return nil, err
	}
	if err := t.nameData(f); err != nil {
		return nil, err
	}
	if err := gather(f, parts(t.GAN, weightsOnly)); err != nil {
		return nil, err
	}
	if weightsOnly {
		return f, nil
	}
	order := t.order.AppendState(nil)
	if t.drawn {
		order = t.mark
	}
	random, err := t.random.MarshalJSON()
	if err != nil {
		return nil, err
	}
	f.Meta[computedBy] = t.GAN.Engine.Name() // with which a run that goes on computes the same bits
	f.Meta["random"], f.Meta["order"] = string(random), base64.StdEncoding.EncodeToString(order)
	if t.shown != t.GAN.Recipe.Seed {
		f.Meta[shownSeed] = strconv.FormatUint(t.shown, 10)
	}
	return f, nil
}

// GeneratorFile is a file that holds only what generating needs: the shown generator under the plain generator's names.
func GeneratorFile(m *gan.GAN, step, images int) (*weights.File, error) {
	f, err := describe(m, step, images)
	if err != nil {
		return nil, err
	}
	return f, gather(f, []part{{prefixG, m.Shown()}})
}

// GeneratorState is the state of the generator that a file shows.
func GeneratorState(f *weights.File) ([]weights.Tensor, error) {
	prefix := prefixG
	if has(f, prefixEMA) {
		prefix = prefixEMA
	}
	return weights.Widen(under(f, prefix))
}

// describe begins a file with its metadata.
func describe(m *gan.GAN, step, images int) (*weights.File, error) {
	check, err := selfCheck(m)
	if err != nil {
		return nil, err
	}
	about, err := json.Marshal(dataInfo{Sample: &m.Data.Sample, Classes: m.Data.Classes, Names: m.Classes})
	if err != nil {
		return nil, err
	}
	shape, err := json.Marshal(m.Data.Sample)
	if err != nil {
		return nil, err
	}
	return &weights.File{Meta: map[string]string{
		"format": Format, "recipe": string(m.Recipe.JSON()), "sample": string(shape), "data": string(about), "step": strconv.Itoa(step),
		"images": strconv.Itoa(images), "noise": howNoise, "self_check": check,
	}}, nil
}

// nameData adds to a file's metadata which data the run learns from.
func (t *Trainer) nameData(f *weights.File) error {
	about := dataInfo{Sample: &t.GAN.Data.Sample, Classes: t.GAN.Data.Classes, Names: t.GAN.Classes, Name: t.set.Name(), Samples: t.set.Len(), Digest: t.Digest()}
	b, err := json.Marshal(about)
	f.Meta["data"] = string(b)
	return err
}

func gather(f *weights.File, ps []part) error {
	for _, p := range ps {
		ts, err := p.state.State()
		if err != nil {
			return err
		}
		for _, x := range ts {
			x.Name = p.prefix + x.Name
			f.Tensors = append(f.Tensors, x)
		}
	}
	return nil
}

// maxSamples is how many samples data may have.
const maxSamples = 10_000_000

type dataInfo struct {
	Sample  *sample.Shape `json:"sample,omitempty"` // as it stands beside the recipe, for programs that look for it here
	Classes int           `json:"classes"`
	Names   []string      `json:"names,omitempty"` // of the classes
	Name    string        `json:"name,omitempty"`
	Samples int           `json:"samples,omitempty"`
	Digest  string        `json:"digest,omitempty"`
}

// shapeIn is the shape of a file's samples: what stands beside the recipe, or in what is said of the data as in older
// files, or that of the only data there were before any file said it.
func shapeIn(f *weights.File, d dataInfo) (s sample.Shape, err error) {
	switch text, said := f.Meta["sample"]; {
	case said:
		err = json.Unmarshal([]byte(text), &s)
	case d.Sample != nil:
		s = *d.Sample
	default:
		s = data.Find("mnist").Sample
	}
	if err == nil {
		err = s.Check()
	}
	return s, err
}

// Info is what a checkpoint says of itself.
type Info struct {
	Recipe        config.Recipe
	Data          gan.Data
	Names         []string // what the data's classes are called; nil where they have only numbers
	Set           string   // name of the data set,
	Samples       int      // and how many samples it has; "" and 0 where the file does not say
	Digest        string   // of somebody's own data, "" where the file does not say
	Step, Images  int
	Shown         uint64 // seed of the fixed noise
	Discriminator bool   // weights of D are in the file
	Resumable     bool   // optimizer and random state are, too
	Checked       bool   // the file had a digest, and its content is what that says
	Engine        string // that computed the run, "" where the file does not say
	Foreign       bool   // another program trained the generator
	random, order string
	check         string
}

// Inspect reads a checkpoint's metadata.
func Inspect(f *weights.File) (Info, error) {
	var in Info
	if got := f.Meta["format"]; got != Format {
		if strings.HasPrefix(got, "gan-trace") {
			return in, fmt.Errorf("this file is a trace, to be verified, not a checkpoint")
		}
		if got == "" || got == "pt" {
			return in, errors.New("this file has no recipe in its metadata, so it is not a checkpoint of this program, or a program that saved it anew left them out: copy the metadata over when saving")
		}
		return in, fmt.Errorf("this file is not a checkpoint of this program: its metadata give the format %q instead of %q", got, Format)
	}
	var err error
	if in.Recipe, err = config.Parse([]byte(f.Meta["recipe"])); err != nil {
		return in, fmt.Errorf("the checkpoint's recipe cannot be used: %w", err)
	}
	var d dataInfo
	if err := json.Unmarshal([]byte(f.Meta["data"]), &d); err != nil {
		return in, fmt.Errorf("the checkpoint does not say what data it is for: %w", err)
	}
	in.Set, in.Samples, in.Digest = d.Name, d.Samples, d.Digest
	in.Data.Classes = d.Classes
	if in.Data.Sample, err = shapeIn(f, d); err != nil {
		return in, fmt.Errorf("the checkpoint does not say what its samples are: %w", err)
	}
	if d.Classes < 0 || d.Classes > arch.MaxClasses || d.Samples < 0 || d.Samples > maxSamples {
		return in, fmt.Errorf("the checkpoint is for %d samples of %d classes: there can be up to %d of %d", d.Samples, d.Classes, maxSamples, arch.MaxClasses)
	}
	if len(d.Names) == d.Classes && d.Classes > 0 {
		in.Names = d.Names
	}
	for name, to := range map[string]*int{"step": &in.Step, "images": &in.Images} {
		if *to, err = strconv.Atoi(f.Meta[name]); err != nil || *to < 0 {
			return in, fmt.Errorf("the checkpoint's count of %ss is %q", name, f.Meta[name])
		}
	}
	in.Discriminator, in.Checked = has(f, prefixD), f.Checked
	in.Shown = in.Recipe.Seed
	if text := f.Meta[shownSeed]; text != "" {
		if in.Shown, err = strconv.ParseUint(text, 10, 64); err != nil {
			return in, fmt.Errorf("the checkpoint's seed of the shown noise is %q", text)
		}
	}
	in.Engine, in.Foreign = f.Meta[computedBy], f.Meta[madeBy] != ""
	in.random, in.order, in.check = f.Meta["random"], f.Meta["order"], f.Meta["self_check"]
	in.Resumable = in.Discriminator && in.random != "" && in.order != "" && has(f, "optimizer.")
	return in, nil
}

func has(f *weights.File, prefix string) bool {
	for _, t := range f.Tensors {
		if strings.HasPrefix(t.Name, prefix) {
			return true
		}
	}
	return false
}

// Open builds the networks of a checkpoint for generating; D is fresh where the file has none.
func Open(e engine.Engine, f *weights.File) (*gan.GAN, Info, error) {
	in, err := Inspect(f)
	if err != nil {
		return nil, in, err
	}
	r := in.Recipe
	if !has(f, prefixEMA) {
		r.EMA = 0
	}
	if err := holds(f, in); err != nil {
		return nil, in, err
	}
	m, err := gan.Trained(e, r, in.Data)
	if err != nil {
		return nil, in, err
	}
	m.Classes = in.Names
	if _, err := m.Grow(in.Images); err != nil {
		return nil, in, err
	}
	for _, p := range parts(m, true) {
		if p.prefix == prefixD && !in.Discriminator {
			continue
		}
		if err := load(p, f, p.prefix); err != nil {
			return nil, in, err
		}
	}
	return m, in, verifySelf(m, f, in.check)
}

// holds checks that a file has as many weights as its recipe says, before there is memory for them.
func holds(f *weights.File, in Info) error {
	d := -1
	if in.Discriminator {
		d = weights.Count(under(f, prefixD))
	}
	return gan.Held(in.Recipe, in.Data, weights.Count(under(f, prefixG)), d)
}

// load gives a part the file's tensors with that prefix.
func load(p part, f *weights.File, prefix string) error {
	ts, err := weights.Widen(under(f, prefix))
	if err != nil {
		return err
	}
	return p.state.Load(ts)
}

// under is the file's tensors with that prefix, without it.
func under(f *weights.File, prefix string) []weights.Tensor {
	var ts []weights.Tensor
	for _, t := range f.Tensors {
		if name, ok := strings.CutPrefix(t.Name, prefix); ok {
			t.Name = name
			ts = append(ts, t)
		}
	}
	return ts
}
