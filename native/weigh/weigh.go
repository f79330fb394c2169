// Package weigh chooses between the processor and a GPU for a recipe: whichever takes less time for a step, timed at first use and kept in
// the user's cache folder.
package weigh

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"ganvas/core/config"
	"ganvas/core/data"
	"ganvas/core/engine"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/native/kept"
)

// Chooser times and remembers.
type Chooser struct {
	List     kept.List[Record]
	Key      string                        // of the processor and this program: what others found out doesn't count
	Open     func() (engine.Engine, error) // this machine's GPU; an error where there is none, or a processor computes in its place
	Patience time.Duration                 // for steps on either, once they are compiled
	Now      func() time.Time              //
	Busy     func(what string) func()      // begins to tell of what takes time; its result ends that
}

// Record is a choice as it is kept.
type Record struct {
	Key string  `json:"key"`
	GPU float64 `json:"gpuMs"` // a step on the GPU; 0 while that is tried
	CPU float64 `json:"cpuMs"`
	Day string  `json:"day"`
}

// Choice is what is to compute, and why, in one sentence.
type Choice struct {
	GPU  engine.Engine // nil for the processor
	Says string        // "" where there is nothing to choose from
}

// Choose takes the faster of the processor's engine and the GPU's for a recipe and a data set. A GPU that fails while it is timed is left
// out; one that has ended the program is not tried again that day.
func (c *Chooser) Choose(ctx run.Cancel, cpu engine.Engine, r config.Recipe, set *data.Set) (Choice, error) {
	mark := Record{Key: "tried by " + c.Key, Day: c.Now().Format(time.DateOnly)}
	for _, old := range c.List.All() {
		if old == mark {
			return Choice{Says: "The GPU is left out, since the program ended today while it was tried; --engine gpu takes it all the same."}, nil
		}
	}
	marked := func(other Record) bool { return other.Key == mark.Key }
	_ = c.List.Put(mark, marked) // where nothing can be kept, neither can this
	choice, err := c.choose(ctx, cpu, r, set)
	_ = c.List.Drop(marked)
	return choice, err
}

func (c *Chooser) choose(ctx run.Cancel, cpu engine.Engine, r config.Recipe, set *data.Set) (Choice, error) {
	gpu, err := c.Open()
	if err != nil {
		return Choice{}, nil // most machines without one have no use for a reason
	}
	name, key := gpu.Name(), c.key(gpu, cpu, r, set.Shape())
	for _, old := range c.List.All() {
		if old.Key == key && old.GPU > 0 && old.CPU > 0 {
			return old.taken(gpu, name, "as timed on "+old.Day), nil
		}
	}
	defer c.Busy("trying " + name)()
	found := Record{Key: key, Day: c.Now().Format(time.DateOnly)}
	if found.GPU, err = run.Glance(ctx, gpu, r, set, c.Patience, true, c.Now); err != nil {
		closed := gpu.Close()
		if ctx.Err() != nil {
			return Choice{}, ctx.Err()
		}
		return Choice{Says: fmt.Sprintf("Computing on the processor, since %s failed when it was tried: %v.", name, errors.Join(err, closed))}, nil
	}
	if found.CPU, err = run.Glance(ctx, cpu, r, set, c.Patience, false, c.Now); err != nil {
		gpu.Close()
		return Choice{}, err
	}
	how := "timed just now and kept for later starts"
	if err := c.List.Put(found, func(old Record) bool { return old.Key == key }); err != nil {
		how = fmt.Sprintf("timed just now, and at each start, since that cannot be kept: %v", err)
	}
	return found.taken(gpu, name, how), nil
}

// taken is the choice that the times make. A GPU that it is not is closed.
func (r Record) taken(gpu engine.Engine, name, how string) Choice {
	if r.GPU < run.Worth*r.CPU {
		return Choice{gpu, fmt.Sprintf("Computing on %s, %.3g times as fast as this processor: %.3g and %.3g ms a step, %s.", name, r.CPU/r.GPU, r.GPU, r.CPU, how)}
	}
	says := fmt.Sprintf("Computing on the processor: %s takes %.3g times as long, %.3g and %.3g ms a step, %s.", name, r.GPU/r.CPU, r.GPU, r.CPU, how)
	gpu.Close() // nothing is asked of it any more
	return Choice{nil, says}
}

// key is of all that a step's time depends on, and not of what runs of one shape differ in.
func (c *Chooser) key(gpu, cpu engine.Engine, r config.Recipe, s sample.Shape) string {
	r = r.Clone()
	r.Seed, r.Epochs, r.LRG, r.LRD, r.LRDecay, r.WarmUp, r.Hold, r.Anneal = 0, 0, 0, 0, 0, 0, 0, 0
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d\x00%s\x00%v", c.Key, gpu.Name(), cpu.Name(), cpu.Threads(), r.JSON(), s))
	return hex.EncodeToString(sum[:10])
}
