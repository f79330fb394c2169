package session_test

import (
	"errors"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
)

// A run is not gone on with on data that were replaced by others of the same name, number and size, unless that is asked
// for; what does not know its data's content opens as before.
func TestReplacedDataAreNoticed(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	p.must(given(60, 3))
	p.must(&session.Start{Choice: session.Choice{Recipe: ownRecipe()}, Paused: true})
	p.must(&session.Step{N: 3})
	p.paused(3)
	file := p.must(&session.Save{}).Bytes

	changed := given(60, 3)
	changed.Files[5]++
	other := newPage(t, 1, runtest.Digits(t, 100))
	other.must(changed)
	e := other.must(&session.Load{File: file, Paused: true})
	if says := e.Data.(session.Loaded).Missing; !strings.Contains(says, "not those") || !strings.Contains(says, "squares") {
		t.Errorf("the answer to changed data is %v", e.Data)
	}
	again := other.must(&session.Save{}).Bytes
	if e := other.must(&session.Load{File: file, OtherData: true, Paused: true}); e.Data.(session.Loaded).Missing != "" {
		t.Errorf("with other data accepted the answer is %v", e.Data)
	}
	other.must(&session.Step{N: 2})
	other.paused(5)
	for what, b := range map[string][]byte{"the file": file, "the file, saved where its data were not": again} {
		f := runtest.Decoded(t, b)
		set := taken(t, changed)
		if _, err := run.Resume(cpu.New(nil), f, set); !errors.Is(err, run.ErrOtherData) {
			t.Errorf("%s: resuming on changed data gives %v", what, err)
		}
		if _, err := run.Resume(cpu.New(nil), f, taken(t, given(60, 3))); err != nil {
			t.Errorf("%s: resuming on the same data gives %v", what, err)
		}
		in, err := run.Inspect(f)
		if err != nil {
			t.Fatal(err)
		}
		for _, accepted := range []*session.Data{changed, given(61, 3)} {
			tr, err := run.ResumeOn(cpu.New(nil), f, taken(t, accepted), in.Recipe)
			if err != nil {
				t.Fatalf("%s: %v", what, err)
			}
			if _, err := tr.Step(); err != nil || tr.Steps() != 4 {
				t.Errorf("%s: the next step on accepted data: %v", what, err)
			}
		}
		if _, err := run.ResumeOn(cpu.New(nil), f, taken(t, given(60, 0)), in.Recipe); err == nil {
			t.Errorf("%s: data of other classes were accepted", what)
		}
		f.Meta["data"] = strings.Replace(f.Meta["data"], `"digest"`, `"unknown"`, 1)
		if _, err := run.Resume(cpu.New(nil), f, set); err != nil {
			t.Errorf("%s: an earlier version's: %v", what, err)
		}
	}
}

// taken is the set that a command hands over.
func taken(t *testing.T, c *session.Data) *data.Set {
	t.Helper()
	s, err := data.FromBytes(c.Name, c.Count, c.Sample, c.Classes, c.Files)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
