// The converter runs in a Web Worker of its own, which the page starts once somebody opens a file of another program, gives a
// generator away, or brings pictures that browsers do not take apart: weights in, weights out; pictures in, pixels out. The trainer, which
// every visitor fetches, knows nothing of such files.
package main

import (
	"encoding/json"
	"fmt"

	"ganvas/core/engine/cpu"
	"ganvas/core/export"
	"ganvas/core/run"
	"ganvas/core/run/foreign"
	"ganvas/core/weights"
	"ganvas/core/wire"
	"ganvas/core/zipstore"
	"ganvas/wasm/bridge"
)

// question is what the page asks, with a file beside it.
type question struct {
	ID     int              `json:"id"`
	Open   bool             `json:"open"`   // make a generator of ours of another program's weights,
	As     foreign.Settings `json:"as"`     // of which they do not tell this
	Pixels bool             `json:"pixels"` // or tell the pixels of pictures,
	Format string           `json:"format"` // or make of ours what package export calls so
}

// opened is what was understood of another program's weights; the generator lies beside it.
type opened struct {
	Says    string          `json:"says"`
	Guesses []foreign.Guess `json:"guesses"` // what they do not tell, and what would mend samples that are absurd
}

func main() {
	bridge.Receive(answer)
	select {}
}

func answer(text string, file []byte) (id int, err error) {
	var q question
	if err := json.Unmarshal([]byte(text), &q); err != nil {
		return 0, fmt.Errorf("the question cannot be read: %w", err)
	}
	e := wire.Event{Type: wire.Answered, ID: q.ID}
	switch {
	case q.Open:
		e.Data, e.Bytes, err = open(file, q.As)
	case q.Pixels:
		e.Data, e.Bytes, err = pictures(file)
	default:
		e.Bytes, err = give(file, q.Format)
	}
	if err == nil {
		bridge.Emit(e)
	}
	return q.ID, err
}

func open(file []byte, as foreign.Settings) (any, []byte, error) {
	found, err := foreign.Open(cpu.New(nil), file, as)
	if err != nil {
		return nil, nil, err
	}
	b, err := found.File.Encode()
	return opened{found.Says, found.Guesses}, b, err
}

// give is a generator of ours in another format; one of several files is a ZIP file.
func give(file []byte, name string) ([]byte, error) {
	format, err := export.Find(name)
	if err != nil {
		return nil, err
	}
	f, err := weights.Decode(file)
	if err != nil {
		return nil, err
	}
	m, _, err := run.Open(cpu.New(nil), f)
	if err != nil {
		return nil, err
	}
	model, err := export.Of(m)
	if err != nil {
		return nil, err
	}
	files, err := format.Files(model)
	if err != nil {
		return nil, err
	}
	if format.Single {
		return files[0].Data, nil
	}
	parts := make([]zipstore.Part, len(files))
	for i, f := range files {
		parts[i] = zipstore.Part{Name: "generator/" + f.Name, Data: f.Data}
	}
	return zipstore.Write(parts, 1)
}
