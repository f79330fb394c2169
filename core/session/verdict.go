package session

import (
	"math"

	"ganvas/core/run"
)

// Verdict is answered with D's verdict on pictures, as Generate gives them. The run is left as it is.
type Verdict struct {
	Digit    int    `json:"digit"` // that a conditional D is told; −1 for any
	Pictures []byte `json:"-"`
}

func (c *Verdict) beside() *[]byte { return &c.Pictures }

// Verdicts is what D makes of pictures, and what the judge of digits sees in them where it is there.
type Verdicts struct {
	P       []float64   `json:"p"` // sigmoid of each logit
	Logits  []float64   `json:"logits"`
	Labels  []int32     `json:"labels,omitempty"` // the classes that D took them for, conditional runs only
	Middle  float64     `json:"middle"`           // the logit at which D is undecided, above which it takes a picture for real,
	PMiddle float64     `json:"pMiddle"`          // and its sigmoid
	Learned int         `json:"learned"`          // steps that D has learned in
	Scores  bool        `json:"scores"`           // D gives scores on a scale of their own, not probabilities
	Fresh   bool        `json:"fresh"`            // D has learned nothing
	Shares  [][]float64 `json:"shares,omitempty"` // each picture's probabilities of the digits
}

func (*Verdict) command() {}

func (c *Verdict) do(s *Session, _ run.Cancel) (Answer, error) {
	v, err := s.verdicts(c.Pictures, c.Digit)
	if err != nil {
		return Answer{}, err
	}
	v.Shares = s.gauge.Shares(s.run.Trainer, c.Pictures)
	return Answer{Data: v}, nil
}

func (s *Session) verdicts(pictures []byte, digit int) (Verdicts, error) {
	v, err := s.run.Verdict(pictures, digit)
	return Verdicts{P: v.P, Logits: v.Logits, Labels: v.Labels, Middle: v.Middle, PMiddle: 1 / (1 + math.Exp(-v.Middle)),
		Learned: s.run.Learned(), Scores: s.run.GAN.Scores(), Fresh: s.run.Fresh()}, err
}
