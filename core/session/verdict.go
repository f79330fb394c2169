package session

import (
	"math"

	"ganvas/core/run"
	"ganvas/core/wire"
)

// verdict answers with D's verdict on pictures, and with what the judge of digits sees in them where it is there.
func (s *Session) verdict(_ run.Cancel, c wire.Command) (answer, error) {
	if s.run == nil {
		return answer{}, errNoRun
	}
	v, err := s.run.Verdict(c.Bytes, c.Digit)
	if err != nil {
		return answer{}, err
	}
	data := s.told(v)
	if shares := s.gauge.Shares(s.run.Trainer, c.Bytes); shares != nil {
		data["shares"] = shares
	}
	return answer{data: data}, nil
}

// told is a verdict as an answer's data.
func (s *Session) told(v run.Verdict) map[string]any {
	data := map[string]any{"p": v.P, "logits": v.Logits, "middle": v.Middle, "pMiddle": 1 / (1 + math.Exp(-v.Middle)), "learned": s.run.Learned(),
		"scores": s.run.GAN.Scores(), "fresh": s.run.Fresh()}
	if v.Labels != nil {
		data["labels"] = v.Labels
	}
	return data
}
