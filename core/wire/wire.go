// Package wire defines what a training run says: its events. The page, the command line, logs and tests all read them; what a run
// can be told is package session's. A message is one JSON object, with bytes beside it where it carries
// pictures or files.
package wire

import (
	"ganvas/core/config"
	"ganvas/core/sample"
)

// EventType names what an [Event] reports.
type EventType string

const (
	Loading    EventType = "loading"    // data is arriving: What, Have, Total
	Started    EventType = "started"    // a run begins or goes on: Recipe, Engine, Threads, Weights, Step; Bytes is the fixed noise, row by row, −3…3 as 0…255
	Stepped    EventType = "stepped"    // Points since the last one, and the totals
	Updated    EventType = "updated"    // one update of one network is done, as a step command of that depth asks for: Update
	Sampled    EventType = "sampled"    // pictures of the fixed noise and of real images with D's verdicts: Sheet, Bytes
	Measured   EventType = "measured"   // Metrics of images made now, by the names of judge.Quality's JSON and share0 to share9
	Diagnosed  EventType = "diagnosed"  // the run's state has changed: Reason names it as doctor.State does, Says is a sentence, Metrics its numbers
	Remembered EventType = "remembered" // the run's past has grown: Data has the steps of its moments and states, and the marks of branches
	Saved      EventType = "saved"      // Bytes is a checkpoint, or Path names the file
	Paused     EventType = "paused"     // the run waits for resume, step or start
	Resumed    EventType = "resumed"    // the run goes on
	Stopped    EventType = "stopped"    // the run has ended: Reason, and Error where something went wrong
	Changed    EventType = "changed"    // Recipe after a set command
	Answered   EventType = "answered"   // the answer to the command with this ID: Bytes, Data or Error
)

// Event is one message of the run. Only the fields that its type names are set.
type Event struct {
	Type EventType `json:"type"`
	ID   int       `json:"id,omitempty"` // of the command that this answers

	Step   int `json:"step"`   // steps done since the run's first start
	Images int `json:"images"` // real images seen
	Epoch  int `json:"epoch"`  // passes over the data set begun, from 1; 0 before the first step
	Epochs int `json:"epochs,omitempty"`

	Updates int     `json:"updates,omitempty"` // done of the step that is under way, where the run is paused in it; 0 between steps
	Update  *Update `json:"update,omitempty"`

	Points    []Point `json:"points,omitempty"`    // one a step, oldest first, ending with Step
	Each      int     `json:"each,omitempty"`      // of a long run's log: steps that each point is the mean of
	MsPerStep float64 `json:"msPerStep,omitempty"` // median of the recent steps
	GFlops    float64 `json:"gflops,omitempty"`    // billions of floating-point operations a second in those steps

	Recipe    *config.Recipe `json:"recipe,omitempty"`
	Preset    string         `json:"preset,omitempty"`
	Engine    string         `json:"engine,omitempty"` // such as "cpu · wasm relaxed simd"
	Threads   int            `json:"threads,omitempty"`
	Continues bool           `json:"continues,omitempty"` // the run that was here before goes on; else nothing of it is this run's
	Scores    bool           `json:"scores,omitempty"`    // D's verdicts are scores on a scale of their own, not probabilities
	Fresh     bool           `json:"fresh,omitempty"`     // D has learned nothing: the file that was opened has none
	Note      string         `json:"note,omitempty"`      // why the run has fewer threads or slower kernels than it could
	Weights   *Weights       `json:"weights,omitempty"`   // trainable parameters of each network

	Sample  sample.Shape `json:"sample,omitzero"`   // what one sample of the data is
	Classes int          `json:"classes,omitempty"` // of the data; 0 without labels
	Names   []string     `json:"names,omitempty"`   // of the classes; none where they have only numbers
	Digest  string       `json:"digest,omitempty"`  // of somebody's own data that the run learns from, as checkpoints have it

	Sheet   *Sheet             `json:"sheet,omitempty"`
	Metrics map[string]float64 `json:"metrics,omitempty"`

	What  string `json:"what,omitempty"` // what is loading
	Have  int64  `json:"have,omitempty"` // bytes or images so far
	Total int64  `json:"total,omitempty"`

	Path   string `json:"path,omitempty"`
	Reason string `json:"reason,omitempty"` // finished, stopped, diverged, failed; or a diagnosis
	Says   string `json:"says,omitempty"`   // a diagnosis in one sentence
	Error  string `json:"error,omitempty"`  // one sentence for a person
	Data   any    `json:"data,omitempty"`   // of a type of the command's or the event's own

	Bytes []byte `json:"-"` // travels beside the JSON
}

// Point is what one step measured. Losses are of the run's own loss function; PReal and PFake are the means of
// sigmoid(D(x)) and sigmoid(D(G(z))) in D's last update, between 0 and 1; Right is the share of that update's real samples
// and fakes together that D took for what they are.
type Point struct {
	LossD float64 `json:"lossD"`
	LossG float64 `json:"lossG"`
	PReal float64 `json:"pReal"`
	PFake float64 `json:"pFake"`
	Right float64 `json:"right"`

	SReal float64 `json:"sReal,omitempty"` // means of D(x) and D(G(z)) where D gives scores
	SFake float64 `json:"sFake,omitempty"`
}

// Update is one update of one network: the N-th of Of that it has in each step, and its loss.
type Update struct {
	Network string  `json:"network"` // D or G
	N       int     `json:"n"`
	Of      int     `json:"of"`
	Loss    float64 `json:"loss"`
}

// Weights counts trainable parameters.
type Weights struct {
	G int `json:"g"`
	D int `json:"d"`
}

// Sheet describes the samples, the real ones as D is shown them, in a Sampled event's Bytes: first Fakes, then Reals, each as
// many bytes as a Sample has values, 0 for −1, which is black, to 255 for 1. Behind points come Field × Field bytes, D's
// verdict on each place of the square, rows from y = −1 on.
type Sheet struct {
	Side   int     `json:"side,omitempty"`   // of networks that grow: the resolution they work at now
	FadeIn float64 `json:"fadeIn,omitempty"` // and how far it has faded in, from 0 to 1

	Scores bool `json:"scores,omitempty"` // FakeScores and RealScores are scores, not probabilities
	Fresh  bool `json:"fresh,omitempty"`  // there are none: D has learned nothing

	Field int `json:"field,omitempty"` // of points: side of the square of verdicts

	Sample     sample.Shape `json:"sample"`
	Fakes      int          `json:"fakes"`
	Reals      int          `json:"reals"`
	FakeScores []float32    `json:"fakeScores"` // D's verdict on each: sigmoid of its logit, or the score that it is; the same wherever that sample is judged
	RealScores []float32    `json:"realScores"`
	FakeLabels []int32      `json:"fakeLabels,omitempty"` // the classes that were asked for, conditional runs only
	RealLabels []int32      `json:"realLabels,omitempty"`
}
