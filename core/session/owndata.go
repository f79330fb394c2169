package session

import (
	"bytes"
	"fmt"
	"io"

	"ganvas/core/data"
	"ganvas/core/run"
	"ganvas/core/sample"
)

// Data hands over the data set that dataset own means from then on: in Format "idx" or "npy" an IDX or NumPy file of pictures, Split
// bytes long, and one of labels behind it, or none; in "csv" a table of pixels; in "pixels" Count pictures of the shape Sample as
// bytes and, with Classes, a byte of label for each behind them all. The run that goes on keeps its own.
type Data struct {
	Name    string       `json:"name,omitempty"`
	Format  string       `json:"format"`
	Split   int          `json:"split,omitempty"` // 0 for all of Files
	Count   int          `json:"count,omitempty"`
	Sample  sample.Shape `json:"sample,omitzero"`
	Classes int          `json:"classes,omitempty"`
	Files   []byte       `json:"-"`
}

func (c *Data) beside() *[]byte { return &c.Files }

// Taken is the set that was handed over.
type Taken struct {
	Name    string       `json:"name"`
	Count   int          `json:"count"`
	Classes int          `json:"classes"`
	Sample  sample.Shape `json:"sample"`
	Digest  string       `json:"digest"` // that it is known by
	Flat    int          `json:"flat"`   // pictures of one brightness
}

func (*Data) command() {}

func (c *Data) do(s *Session, _ run.Cancel) (Answer, error) {
	set, err := s.sets.take(c)
	if err != nil {
		return Answer{}, err
	}
	if s.Shared != nil && s.Shared.Err() == nil {
		s.Tell(c)
	}
	look := set.Look()
	return Answer{Data: Taken{Name: set.Name(), Count: set.Len(), Classes: set.Classes(), Sample: set.Shape(), Digest: look.Digest, Flat: look.Flat}}, nil
}

// read is the set that is handed over.
func (c *Data) read(unpack data.Unpacker) (*data.Set, error) {
	name := c.Name
	if name == "" {
		name = run.Own
	}
	switch c.Format {
	case "idx", "npy":
		pictures, labels, err := c.pair()
		if err != nil {
			return nil, err
		}
		if c.Format == "npy" {
			return data.ReadNPY(name, pictures, labels)
		}
		return data.Files{Images: pictures, Labels: labels, Unpack: unpack}.Read(name)
	case "csv":
		return data.ReadCSV(name, bytes.NewReader(c.Files))
	case "points":
		return data.FromPoints(name, c.Count, c.Files)
	case "pixels", "gray": // as earlier pages have kept them
		return data.FromBytes(name, c.Count, c.Sample, c.Classes, c.Files)
	}
	return nil, fmt.Errorf("format is %q: a data set comes as idx, npy, csv, pixels or points", c.Format)
}

// pair is a file of pictures and the one of labels behind it, if any.
func (c *Data) pair() (pictures, labels io.Reader, err error) {
	if c.Split < 0 || c.Split > len(c.Files) {
		return nil, nil, fmt.Errorf("the file of images would have %d of %d bytes", c.Split, len(c.Files))
	}
	first := c.Split
	if first == 0 {
		first = len(c.Files)
	}
	if first < len(c.Files) {
		labels = bytes.NewReader(c.Files[first:])
	}
	return bytes.NewReader(c.Files[:first]), labels, nil
}
