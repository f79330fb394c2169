package session

import (
	"bytes"
	"fmt"
	"io"

	"ganvas/core/data"
	"ganvas/core/run"
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
	look := set.Look()
	return answer{data: map[string]any{"name": set.Name(), "count": set.Len(), "classes": set.Classes(), "sample": set.Shape(),
		"digest": look.Digest, "flat": look.Flat}}, nil
}

// handed reads a data set out of a command: as a pair of IDX files or of NumPy files, the first N bytes of pictures and the
// rest of labels, which may be missing; as a table of pixels; or as N pictures as bytes and, with Classes, a byte of label for
// each behind them all.
func handed(c wire.Command, unpack data.Unpacker) (*data.Set, error) {
	name := c.Name
	if name == "" {
		name = run.Own
	}
	switch c.Format {
	case "idx", "npy":
		pictures, labels, err := pair(c)
		if err != nil {
			return nil, err
		}
		if c.Format == "npy" {
			return data.ReadNPY(name, pictures, labels)
		}
		return data.Files{Images: pictures, Labels: labels, Unpack: unpack}.Read(name)
	case "csv":
		return data.ReadCSV(name, bytes.NewReader(c.Bytes))
	case "pixels", "gray": // as earlier pages have kept them
		return data.FromBytes(name, c.N, c.Sample, c.Classes, c.Bytes)
	}
	return nil, fmt.Errorf("format is %q: a data set comes as idx, npy, csv or pixels", c.Format)
}

// pair is a file of pictures and the one of labels behind it, if any.
func pair(c wire.Command) (pictures, labels io.Reader, err error) {
	if c.N < 0 || c.N > len(c.Bytes) {
		return nil, nil, fmt.Errorf("the file of images would have %d of %d bytes", c.N, len(c.Bytes))
	}
	first := c.N
	if first == 0 {
		first = len(c.Bytes)
	}
	if first < len(c.Bytes) {
		labels = bytes.NewReader(c.Bytes[first:])
	}
	return bytes.NewReader(c.Bytes[:first]), labels, nil
}
