package session

import "ganvas/core/run"

// Generate is answered with images (count, sample) as bytes, 0 black.
type Generate struct {
	Count int     `json:"count"`
	Seed  uint64  `json:"seed,omitempty"`  // of the noise
	Digit int     `json:"digit,omitempty"` // −1 for any
	Text  string  `json:"text,omitempty"`  // digits to write instead, Count times over
	To    uint64  `json:"to,omitempty"`    // another seed,
	At    float64 `json:"at,omitempty"`    // and how far the noise goes towards it, from 0 to 1
}

func (*Generate) command() {}

func (c *Generate) do(s *Session, _ run.Cancel) (Answer, error) {
	b, err := run.Make(s.run.GAN, run.Request{Count: c.Count, Seed: c.Seed, Digit: c.Digit, Text: c.Text, To: c.To, At: c.At})
	return Answer{Bytes: b}, err
}
