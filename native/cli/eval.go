package cli

import (
	"encoding/json"
	"fmt"

	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/gan"
	"ganvas/core/quality"
	"ganvas/core/quality/judge"
	"ganvas/core/quality/judge/trained"
	"ganvas/core/run"
)

type evalCmd struct {
	engineFlags
	weightsFlags
	Weights string `required:"" help:"Checkpoint to evaluate." placeholder:"FILE"`
	dataFlags
	Count int    `help:"How many images to make." default:"10000"`
	Seed  uint64 `help:"Where the noise comes from." default:"1"`
	JSON  bool   `help:"Print one JSON object."`
}

func (c *evalCmd) Run(w *world) error {
	e, f, err := c.begin(w, c.weightsFlags, c.Weights)
	if err != nil {
		return err
	}
	defer e.Close()
	m, in, err := run.Open(e, f)
	if err != nil {
		return about(c.Weights, err)
	}
	rep, err := evaluate(w, e, m, in, c.dataFlags, c.Count, c.Seed)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(w.out).Encode(rep)
	}
	fmt.Fprint(w.out, rep)
	return nil
}

// mostMeasured is how many images are measured at most.
const mostMeasured = 1_000_000

// evaluate measures a generator on both halves of its data set.
func evaluate(w *world, e engine.Engine, m *gan.GAN, in run.Info, from dataFlags, count int, seed uint64) (*quality.Evaluation, error) {
	if count > mostMeasured {
		return nil, fmt.Errorf("count is %d: it must be from 10 to %d", count, mostMeasured)
	}
	real := new(quality.Real)
	var err error
	if real.Train, err = from.samples(w, in.Recipe.Dataset, data.TrainSplit, in.Data.Sample); err != nil {
		return nil, err
	}
	w.sayFound()
	if in.Digest != "" && in.Digest != real.Train.Look().Digest {
		fmt.Fprintf(w.err, "These are not the data that the run learned from: that was %q with %d samples.\n", in.Set, in.Samples)
	}
	if real.Held, err = from.samples(w, in.Recipe.Dataset, data.TestSplit, in.Data.Sample); err != nil {
		return nil, err
	}
	if real.Judge, err = judge.Load(e, 200, trained.File); err != nil {
		return nil, err
	}
	b := w.busy("measuring")
	defer b.end()
	return quality.Evaluate(m, in, real, count, seed, b.at)
}
