// Search finds the recipe that draws recognisable digits soonest: it trains candidates from several seeds each, looks at
// their images now and then, and says when each passed the bar.
//
//	go run ./native/lab/search --out runs/search
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/disk"
	"ganvas/core/quality/judge/trained"
	"ganvas/native/lab/program"
)

func main() {
	os.Exit(program.Main("search", "Finds out which recipe draws recognisable digits soonest.", new(command)))
}

type command struct {
	program.Flags
	Candidates string   `help:"File with the recipes to try, one a line: a name, a preset, and field=value for what differs; without it the list that quick was found in." placeholder:"FILE"`
	Only       []string `help:"Try these alone." placeholder:"NAME"`
	Seeds      int      `help:"Runs of each, with seeds from 1 up." default:"3"`
	Seconds    float64  `help:"Training time that a run has to pass the bar." default:"60"`
	Through    bool     `help:"Go on after the bar, and draw the curves."`
	Retime     bool     `help:"Train nothing, and time the steps of the runs that lie there again, on a machine with nothing else to do."`
	Out        string   `required:"" help:"Folder for the results; runs that lie there already are not repeated." placeholder:"DIR"`
}

// The files of a search, in its folder.
const (
	resultsFile = "results.jsonl"
	tableFile   = "table.md"
	curvesFile  = "curves.svg"
)

// Run tries every candidate with every seed and writes the table of what came of them.
func (c *command) Run(ctx context.Context, out, errs io.Writer) error {
	switch {
	case c.Seeds < 1 || c.Seeds > 100:
		return fmt.Errorf("seeds is %d: it must be from 1 to 100", c.Seeds)
	case !(c.Seconds > 0):
		return fmt.Errorf("seconds is %v: it must be above 0", c.Seconds)
	}
	list, err := c.list()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o777); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %w", c.Out, err)
	}
	done, err := readResults(filepath.Join(c.Out, resultsFile))
	if err != nil {
		return err
	}
	bench, err := c.bench(ctx)
	if err != nil {
		return err
	}
	if c.Retime {
		if err := retime(ctx, bench, done); err != nil {
			return err
		}
		c.Seeds = 0
	}
	for seed := range c.Seeds {
		for _, k := range list {
			k.Recipe.Seed = uint64(seed + 1)
			if slices.ContainsFunc(done, func(r *Result) bool { return r.Name == k.Name && r.Recipe.Equal(k.Recipe) }) {
				continue
			}
			r, err := bench.Run(ctx, k, Limit{Seconds: c.Seconds, Through: c.Through}, func(r *Result, l Look) {
				fmt.Fprintf(errs, "%s, seed %d, step %d: %d digits, confidence %.2f, %.0f times the floor, %.1f ms a step\n", k.Name, k.Recipe.Seed, l.Step, l.Covered, l.Confidence, l.Distance, r.Ms)
			})
			if err != nil {
				return err
			}
			done = append(done, r)
			if err := c.write(done); err != nil {
				return err
			}
		}
	}
	if err := c.write(done); err != nil {
		return err
	}
	fmt.Fprint(out, Table(done))
	return nil
}

// retime puts each candidate's time for a step into all its runs.
func retime(ctx context.Context, bench *Bench, done []*Result) error {
	ms := map[string]float64{}
	for _, r := range done {
		if ms[r.Name] == 0 {
			t, err := bench.Time(ctx, r.Recipe)
			if err != nil {
				return err
			}
			ms[r.Name] = t
		}
		r.Ms = ms[r.Name]
	}
	return nil
}

// list is the candidates to try.
func (c *command) list() ([]Candidate, error) {
	text := Candidates
	if c.Candidates != "" {
		b, err := disk.Read(c.Candidates, 1<<20)
		if err != nil {
			return nil, err
		}
		text = string(b)
	}
	list, err := Parse(text)
	if err != nil || len(c.Only) == 0 {
		return list, err
	}
	var some []Candidate
	for _, name := range c.Only {
		i := slices.IndexFunc(list, func(k Candidate) bool { return k.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("--only %s: there is no such candidate", name)
		}
		some = append(some, list[i])
	}
	return some, nil
}

func (c *command) bench(ctx context.Context) (*Bench, error) {
	e, err := c.Engine()
	if err != nil {
		return nil, err
	}
	set, held, err := c.Halves(ctx)
	if err != nil {
		return nil, err
	}
	return NewBench(e, set, held, trained.File)
}

// readResults are the runs of an earlier search in that file, if there was one.
func readResults(path string) (done []*Result, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, err)
	}
	defer f.Close()
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		r := new(Result)
		if err := d.Decode(r); err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w", path, err)
		}
		done = append(done, r)
	}
	return done, nil
}

// write puts the runs, their table and their curves into the folder.
func (c *command) write(done []*Result) error {
	var lines strings.Builder
	for _, r := range done {
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		lines.Write(append(b, '\n'))
	}
	files := map[string]string{resultsFile: lines.String(), tableFile: Table(done)}
	if c.Through {
		files[curvesFile] = Curves(done)
	}
	for name, text := range files {
		if err := program.Write(filepath.Join(c.Out, name), []byte(text)); err != nil {
			return err
		}
	}
	return nil
}
