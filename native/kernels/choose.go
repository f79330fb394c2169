// Package kernels chooses what the Go engine computes with: the set of kernels that was fastest in a short timing at first
// use on this processor, which is kept in the user's cache folder, so that later starts compute with the same one.
package kernels

import (
	"fmt"
	"os"
	"strings"
	"time"

	"ganvas/core/f32"
	"ganvas/native/kept"
)

// Variable names the kernels to compute with instead of the fastest, say avx2 where there is AVX-512 as well.
const Variable = "GANVAS_KERNELS"

// engine is what the engine's name, which checkpoints hold, begins with.
const engine = "cpu · "

// Chooser knows what there is to choose from.
type Chooser struct {
	Sets   []f32.Kernels             // all that there are
	Timed  []f32.Kernels             // those that the choice is between, the widest vectors last
	Key    string                    // of the processor and this program: kept choices of others don't count
	List   kept.List[record]         // that the choice is kept in
	Rate   func(f32.Kernels) float64 // GFLOP/s of one thread in a few milliseconds
	Reason string                    // why there is but one set to choose from
}

// record is one choice as it is kept.
type record struct {
	Key     string  `json:"key"`
	Kernels string  `json:"kernels"`
	Rates   []rated `json:"rates"`
	Day     string  `json:"day"`
}

type rated struct {
	Name   string  `json:"name"`
	GFlops float64 `json:"gflops"`
}

// Choice is a set of kernels and why it is taken, in one sentence.
type Choice struct {
	f32.Kernels
	Says string
}

// Choose takes, in this order, the set that is named, the one that a run has been computed with until now by the engine's name
// in its checkpoint, or the fastest. Both may be "".
func (c *Chooser) Choose(named, until string) (Choice, error) {
	if named != "" {
		k, err := f32.Named(named)
		if err != nil {
			return Choice{}, fmt.Errorf("%s: %w", Variable, err)
		}
		says := fmt.Sprintf("Computing with %s, which %s names.", k.Name(), Variable)
		if until != "" && until != engine+k.Name() {
			says += differently(until)
		}
		return Choice{k, says}, nil
	}
	if until == "" {
		return c.fastest(), nil
	}
	for _, k := range c.Sets {
		if until == engine+k.Name() {
			return Choice{k, c.goOn(k)}, nil
		}
	}
	choice := c.fastest()
	choice.Says += differently(until)
	return choice, nil
}

// differently says that a run changes its kernels; until is a file's text.
func differently(until string) string {
	return fmt.Sprintf(" The run has been computed with %.60q until now, so that its numbers round differently from here on.", strings.TrimPrefix(until, engine))
}

// goOn says that a run keeps its kernels, and which are faster as far as that is known.
func (c *Chooser) goOn(k f32.Kernels) string {
	says := fmt.Sprintf("Computing with %s, as the run has been until now", k.Name())
	if fast, ok := c.Kept(); ok && fast.Name() != k.Name() {
		says += fmt.Sprintf("; %s is faster here, and %s=%s takes it", fast.Name(), Variable, word(fast))
	}
	return says + "."
}

func (c *Chooser) fastest() Choice {
	if len(c.Timed) == 1 {
		return Choice{c.Timed[0], fmt.Sprintf("Computing with %s, since %s.", c.Timed[0].Name(), c.Reason)}
	}
	if known, ok := c.Kept(); ok {
		return known
	}
	r := record{Key: c.Key, Day: time.Now().Format(time.DateOnly)}
	best := c.timed(&r)
	how := "timed just now and kept for later starts"
	if err := c.List.Put(r, func(old record) bool { return old.Key == r.Key }); err != nil {
		how = fmt.Sprintf("timed just now; it is timed at each start, since the choice cannot be kept: %v", err)
	}
	return Choice{best, r.says(best, how)}
}

// Kept is the choice of an earlier start, if there is one.
func (c *Chooser) Kept() (Choice, bool) {
	for _, r := range c.List.All() {
		if r.Key != c.Key {
			continue
		}
		for _, k := range c.Timed {
			if k.Name() == r.Kernels {
				return Choice{k, r.says(k, "timed on "+r.Day)}, true
			}
		}
	}
	return Choice{}, false
}

// word is the name by which [Variable] takes a set.
func word(k f32.Kernels) string { return k.Name()[strings.LastIndexByte(k.Name(), ' ')+1:] }

// Named is the choice of this process: what [Variable] names, what a run has been computed with until now, or the fastest.
func Named(until string) (Choice, error) { return here().Choose(os.Getenv(Variable), until) }

// Shown is the choice as far as it is known without a timing.
func Shown() string {
	if k, err := f32.Named(os.Getenv(Variable)); err == nil && os.Getenv(Variable) != "" {
		return k.Name() + ", which " + Variable + " names"
	}
	c := here()
	if known, ok := c.Kept(); ok {
		return known.Name() + ", the fastest here as timed at first use"
	}
	if len(c.Timed) == 1 {
		return c.Timed[0].Name() + ", since " + c.Reason
	}
	return f32.Best().Name() + " until a timing at first use"
}
