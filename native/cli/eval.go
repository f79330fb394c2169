package cli

import (
	"encoding/json"
	"fmt"

	"ganvas/core/data"
	"ganvas/core/train"
)

type evalCmd struct {
	engineFlags
	Weights string `required:"" help:"Checkpoint to evaluate." placeholder:"FILE"`
	Data    string `help:"Folder with the data set's .gz files, if not MNIST from its Go module." placeholder:"DIR"`
	Count   int    `help:"How many images to make." default:"10000"`
	Seed    uint64 `help:"Where the noise comes from." default:"1"`
	JSON    bool   `help:"Print one JSON object."`
}

func (c *evalCmd) Run(w *world) error {
	e, f, err := c.begin(w, c.Weights)
	if err != nil {
		return err
	}
	defer e.Close()
	m, in, err := train.Open(e, f)
	if err != nil {
		return fmt.Errorf("%s: %w", c.Weights, err)
	}
	set, err := openData(w.ctx, in.Recipe.Dataset, c.Data, data.TestSplit)
	if err != nil {
		return err
	}
	rep, err := train.Evaluate(m, in, set, c.Count, c.Seed)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(w.out).Encode(rep)
	}
	fmt.Fprint(w.out, rep)
	return nil
}
