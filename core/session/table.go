package session

import (
	"fmt"

	"ganvas/core/run"
)

// Table is answered with what the steps measured, as the bytes of a file: Format "csv" or "json".
type Table struct {
	Format string `json:"format"`
}

func (*Table) command() {}

func (c *Table) do(s *Session, _ run.Cancel) (Answer, error) {
	switch c.Format {
	case "csv":
		return Answer{Bytes: s.run.past.Log.CSV()}, nil
	case "json":
		b, err := s.run.past.Log.JSON(s.run.GAN.Recipe)
		return Answer{Bytes: b}, err
	}
	return Answer{}, fmt.Errorf("format is %q: it must be csv or json", c.Format)
}
