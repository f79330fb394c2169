package session_test

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"ganvas/core/data"
	"ganvas/core/engine/cpu"
	"ganvas/core/gan"
	"ganvas/core/run"
	"ganvas/core/run/runtest"
	"ganvas/core/session"
	"ganvas/core/wire"
)

// Networks on every data set of the table can be outlined, each with the size that its samples have: here 6×6 digits, and
// pictures of 4×4.
func TestDescribeKnowsEveryDataSet(t *testing.T) {
	p := newPage(t, 1, runtest.Digits(t, 100))
	for _, known := range data.Sets {
		recipe, size := map[string]any{"dataset": known.Name, "batch": 10}, known.Sample.Size()
		switch {
		case known.Kind == data.Digits:
			size = 6 * 6
		case known.Name == data.Own:
			p.must(given(60, 0))
			size = 4 * 4
		}
		e := p.must(&session.Describe{Choice: session.Choice{Preset: "classic", Recipe: recipe}})
		text, err := json.Marshal(e.Data.(gan.Outline).Discriminator)
		if want := fmt.Sprintf(`{"in":{"c":%d,"h":1,"w":1}`, size); err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s: %s lacks %s", known.Name, text, want)
		}
		if set := data.Made(known.Name, data.TrainSplit); set != nil && (set.Len() != known.Samples || set.Shape() != known.Sample) {
			t.Errorf("%s has %d samples of %v, and the table says otherwise", known.Name, set.Len(), set.Shape())
		}
	}
}

// A session outlines networks before any run, and refuses what a start would refuse, in the same words.
func TestDescribeCommand(t *testing.T) {
	set := runtest.Patterns(t, 200, 8)
	ask := func(c session.Command) wire.Event {
		t.Helper()
		commands, events := make(chan session.Message, 1), make(chan wire.Event, 100)
		s := &session.Session{Engine: cpu.New(nil), Commands: commands, Emit: func(e wire.Event) { events <- e },
			Data: func(run.Cancel, string) (*data.Set, error) { return set, nil }}
		commands <- session.Message{ID: 7, Command: c}
		close(commands)
		if err := s.Run(context.Background()); err != nil {
			t.Fatal(err)
		}
		close(events)
		for e := range events {
			if e.Type == wire.Answered && e.ID == 7 {
				return e
			}
		}
		t.Fatal("no answer")
		return wire.Event{}
	}
	e := ask(&session.Describe{Choice: session.Choice{Preset: "quick", Recipe: map[string]any{"generator": "6-4"}}})
	text, err := json.Marshal(e.Data)
	if err != nil || e.Error != "" {
		t.Fatal(err, e.Error)
	}
	if want := `{"what":"deconv","kernel":4,"then":["tanh"],"out":{"c":1,"h":8,"w":8},"weights":65}`; !strings.Contains(string(text), want) {
		t.Errorf("%s\nlacks %s", text, want)
	}
	for _, c := range []struct {
		fields map[string]any
		says   string
	}{
		{map[string]any{"generator": "6-4-2-2"}, "multiples of 16"},
		{map[string]any{"batch": "201"}, "batch"},
		{map[string]any{"noise": "0"}, "from 1 to 1024"},
	} {
		described := ask(&session.Describe{Choice: session.Choice{Preset: "quick", Recipe: c.fields}})
		started := ask(&session.Start{Choice: session.Choice{Preset: "quick", Recipe: c.fields}})
		if described.Error != started.Error || !strings.Contains(described.Error, c.says) {
			t.Errorf("%v: described with %q, started with %q, want %q in both", c.fields, described.Error, started.Error, c.says)
		}
	}
}
