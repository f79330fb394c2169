package session

import (
	"bytes"
	"fmt"

	"ganvas/core/data"
	"ganvas/core/run"
	"ganvas/core/sample"
	"ganvas/core/wire"
)

// takeData hands a data set over; the run that goes on keeps its own.
func (s *Session) takeData(_ run.Cancel, c wire.Command) (answer, error) {
	set, err := s.sets.take(c)
	if err != nil {
		return answer{}, err
	}
	if s.Shared != nil && s.Shared.Err() == nil {
		s.Tell(c)
	}
	shape, look := set.Shape(), set.Look()
	return answer{data: map[string]any{"name": set.Name(), "count": set.Len(), "classes": set.Classes(), "setHeight": shape.Height, "setWidth": shape.Width,
		"digest": look.Digest, "flat": look.Flat}}, nil
}

// handed reads a data set out of a command: as a pair of IDX files, the first N bytes of images and the rest of labels, which
// may be missing; as a NumPy file of pictures; or as N gray pictures of Height × Width and, with Classes, a byte of label for
// each behind them all.
func handed(c wire.Command, unpack data.Unpacker) (*data.Set, error) {
	name := c.Name
	if name == "" {
		name = run.Own
	}
	if c.Format == "idx" {
		if c.N < 0 || c.N > len(c.Bytes) {
			return nil, fmt.Errorf("the file of images would have %d of %d bytes", c.N, len(c.Bytes))
		}
		files := data.Files{Images: bytes.NewReader(c.Bytes[:c.N]), Unpack: unpack}
		if c.N < len(c.Bytes) {
			files.Labels = bytes.NewReader(c.Bytes[c.N:])
		}
		return files.Read(name)
	}
	switch c.Format {
	case "npy":
		return data.ReadNPY(name, bytes.NewReader(c.Bytes), nil)
	case "gray":
		return data.FromBytes(name, c.N, sample.Gray(c.Height, c.Width), c.Classes, c.Bytes)
	}
	return nil, fmt.Errorf("format is %q: a data set comes as idx, npy or gray", c.Format)
}
