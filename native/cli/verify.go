package cli

import (
	"encoding/json"
	"errors"
	"fmt"

	"ganvas/core/disk"
	"ganvas/core/trace"
)

type verifyCmd struct {
	engineFlags
	Traces []string `arg:"" help:"Trace files to replay." type:"path"`
	JSON   bool     `help:"Print one JSON array."`
}

// verdict is one trace's outcome.
type verdict struct {
	Trace string `json:"trace"`
	trace.Result
	Error string `json:"error,omitempty"`
}

func (c *verifyCmd) Run(w *world) error {
	e, err := c.open(w)
	if err != nil {
		return err
	}
	defer e.Close()
	var all []verdict
	failed, unread := 0, 0
	for _, name := range c.Traces {
		v := verdict{Trace: name}
		b, err := disk.Read(name, mostWeights)
		if err != nil {
			err = fmt.Errorf("it cannot be read: %w", errors.Unwrap(err))
		} else {
			var t *trace.Trace
			if t, err = trace.Decode(b); err == nil {
				works := w.busy("replaying " + name)
				v.Result, err = t.Replay(e)
				works.end()
			} else {
				err = insteadOf(name, err)
			}
		}
		if err != nil {
			v.Error, v.OK = err.Error(), false
			unread++
		} else if !v.OK {
			failed++
		}
		all = append(all, v)
		if !c.JSON {
			fmt.Fprintln(w.out, v.line())
		}
	}
	if c.JSON {
		enc := json.NewEncoder(w.out)
		enc.SetIndent("", "  ")
		if err := enc.Encode(all); err != nil {
			return err
		}
	}
	switch {
	case failed > 0 && unread > 0:
		return fmt.Errorf("%d of %d traces are out of tolerance on %s, and %d could not be replayed", failed, len(all), e.Name(), unread)
	case unread > 0:
		return fmt.Errorf("%d of %d traces could not be replayed", unread, len(all))
	case failed > 0:
		return fmt.Errorf("%d of %d traces are out of tolerance on %s", failed, len(all), e.Name())
	}
	return nil
}

func (v verdict) line() string {
	switch {
	case v.Error != "":
		return fmt.Sprintf("%s: %s", v.Trace, v.Error)
	case v.OK:
		return fmt.Sprintf("%s: passes; losses off by %.1e of %.1e, weights %.1e of %.1e, images %.1e", v.Trace, v.LossError, v.LossBound, v.WeightsError, v.WeightsBound, v.ImagesError)
	}
	return fmt.Sprintf("%s: FAILS; losses off by %.1e of %.1e, weights %.1e of %.1e (%s), images %.1e", v.Trace, v.LossError, v.LossBound, v.WeightsError, v.WeightsBound, v.Worst, v.ImagesError)
}
