package cli

import (
	"strings"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/native/kept"
	"ganvas/native/kernels"
	"ganvas/native/weigh"
)

// patient is how long steps on an engine may take that are only timed.
const patient = 400 * time.Millisecond

// faster is e, the Go engine where the flags leave the choice, or this machine's GPU where a step of the recipe takes less time there. A run
// that goes on stays with what has computed it.
func (f engineFlags) faster(w *world, e engine.Engine, r config.Recipe, set *data.Set) engine.Engine {
	if f.Engine != "auto" || f.Precision != "f32" || f.Device != "auto" || torch != nil || card == nil || strings.HasPrefix(f.Until, "cpu · go") {
		return e
	}
	if strings.HasPrefix(f.Until, "gpu · ") && !strings.Contains(f.Until, "webgpu") {
		g, err := card()
		if err != nil {
			w.computes += " It was computed on a GPU until now: " + err.Error() + "."
			return e
		}
		w.computes = "Computing on " + g.Name() + ", as the run has been until now."
		return g
	}
	c := weigh.Chooser{List: kept.In[weigh.Record]("weighed.json"), Key: kernels.Key(), Open: card, Patience: patient, Now: time.Now,
		Busy: func(what string) func() { return w.busy(what).end }}
	choice, err := c.Choose(w.ctx, e, r, set)
	switch {
	case err != nil || choice.Says == "": // what is wrong with the recipe is said where the run begins
		return e
	case choice.GPU == nil:
		w.computes = choice.Says + " " + w.computes
		return e
	}
	w.computes = choice.Says
	return choice.GPU
}
