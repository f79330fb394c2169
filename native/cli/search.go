package cli

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ganvas/core/data"
	"ganvas/core/disk"
	"ganvas/core/quality/judge/trained"
	"ganvas/native/search"
)

type searchCmd struct {
	engineFlags
	dataFlags
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
func (c *searchCmd) Run(w *world) error {
	if c.Seeds < 1 || c.Seeds > 100 {
		return fmt.Errorf("seeds is %d: it must be from 1 to 100", c.Seeds)
	}
	list, err := c.list()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o777); err != nil {
		return fmt.Errorf("the folder %s cannot be made: %w", c.Out, plainly(err))
	}
	done, err := readResults(filepath.Join(c.Out, resultsFile))
	if err != nil {
		return err
	}
	bench, err := c.bench(w)
	if err != nil {
		return err
	}
	if c.Retime {
		if err := retime(w, bench, done); err != nil {
			return err
		}
		c.Seeds = 0
	}
	for seed := range c.Seeds {
		for _, k := range list {
			k.Recipe.Seed = uint64(seed + 1)
			if slices.ContainsFunc(done, func(r *search.Result) bool { return r.Name == k.Name && r.Recipe.Equal(k.Recipe) }) {
				continue
			}
			r, err := bench.Run(w.ctx, k, search.Limit{Seconds: c.Seconds, Through: c.Through}, func(r *search.Result, l search.Look) {
				fmt.Fprintf(w.err, "%s, seed %d, step %d: %d digits, confidence %.2f, %.0f times the floor, %.1f ms a step\n", k.Name, k.Recipe.Seed, l.Step, l.Covered, l.Confidence, l.Apart, r.Ms)
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
	fmt.Fprint(w.out, search.Table(done))
	return nil
}

// retime puts each candidate's time for a step into all its runs.
func retime(w *world, bench *search.Bench, done []*search.Result) error {
	ms := map[string]float64{}
	for _, r := range done {
		if ms[r.Name] == 0 {
			t, err := bench.Time(w.ctx, r.Recipe)
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
func (c *searchCmd) list() ([]search.Candidate, error) {
	text := search.Candidates
	if c.Candidates != "" {
		b, err := disk.Read(c.Candidates, 1<<20)
		if err != nil {
			return nil, err
		}
		text = string(b)
	}
	list, err := search.Parse(text)
	if err != nil || len(c.Only) == 0 {
		return list, err
	}
	var some []search.Candidate
	for _, name := range c.Only {
		i := slices.IndexFunc(list, func(k search.Candidate) bool { return k.Name == name })
		if i < 0 {
			return nil, fmt.Errorf("--only %s: there is no such candidate", name)
		}
		some = append(some, list[i])
	}
	return some, nil
}

func (c *searchCmd) bench(w *world) (*search.Bench, error) {
	e, err := c.open(w)
	if err != nil {
		return nil, err
	}
	set, err := c.samples(w, "mnist", data.TrainSplit)
	if err != nil {
		return nil, err
	}
	held, err := c.samples(w, "mnist", data.TestSplit)
	if err != nil {
		return nil, err
	}
	b := w.busy("looking at real images")
	defer b.end()
	return search.NewBench(e, set, held, trained.File)
}

// readResults are the runs of an earlier search in that file, if there was one.
func readResults(path string) (done []*search.Result, err error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be read: %w", path, plainly(err))
	}
	defer f.Close()
	for d := json.NewDecoder(bufio.NewReader(f)); d.More(); {
		r := new(search.Result)
		if err := d.Decode(r); err != nil {
			return nil, fmt.Errorf("%s cannot be read: %w", path, err)
		}
		done = append(done, r)
	}
	return done, nil
}

// write puts the runs, their table and their curves into the folder.
func (c *searchCmd) write(done []*search.Result) error {
	var lines strings.Builder
	for _, r := range done {
		b, err := json.Marshal(r)
		if err != nil {
			return err
		}
		lines.Write(append(b, '\n'))
	}
	files := map[string]string{resultsFile: lines.String(), tableFile: search.Table(done)}
	if c.Through {
		files[curvesFile] = search.Curves(done)
	}
	for name, text := range files {
		if err := writeFile(filepath.Join(c.Out, name), []byte(text)); err != nil {
			return err
		}
	}
	return nil
}
