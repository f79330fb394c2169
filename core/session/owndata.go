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
// bytes and, with Classes, whose Names there may be, a byte of label for each behind them all; in "shared" what another program has put into the memory that
// they share, with Classes and Digest as they were there. The run that goes on keeps its own.
type Data struct {
	Name    string       `json:"name,omitempty"`
	Format  string       `json:"format"`
	Split   int          `json:"split,omitempty"` // 0 for all of Files
	Count   int          `json:"count,omitempty"`
	Sample  sample.Shape `json:"sample,omitzero"`
	Classes int          `json:"classes,omitempty"`
	Names   []string     `json:"names,omitempty"` // of the classes
	Digest  string       `json:"digest,omitempty"`
	File    int          `json:"file,omitempty"` // the number of a file that holds what Files would; see Memory
	Files   []byte       `json:"-"`
}

// Memory is where a program has data of somebody's own that are too many to be handed over with a command or to be in the memory of each
// program that shares batches. Each may be nil.
type Memory struct {
	File func(number int) (*io.SectionReader, error)       // a file that lies beside a command
	Room data.Room                                         // for samples that other programs see, too
	Held func(name string, classes int) (*data.Set, error) // what was put there last
}

func (c *Data) beside() *[]byte { return &c.Files }

// Taken is the set that was handed over.
type Taken struct {
	Name    string       `json:"name"`
	Count   int          `json:"count"`
	Classes int          `json:"classes"`
	Names   []string     `json:"names,omitempty"` // of the classes
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
	look := set.Look()
	if s.Shared != nil && s.Shared.Err() == nil {
		tell, err := c.forOthers(set, s.Memory)
		if err != nil {
			return Answer{}, err
		}
		s.Tell(tell)
	}
	return Answer{Data: Taken{Name: set.Name(), Count: set.Len(), Classes: set.Classes(), Names: set.ClassNames(), Sample: set.Shape(), Digest: look.Digest, Flat: look.Flat}}, nil
}

// forOthers is the command that gives the set to programs that share batches with this one.
func (c *Data) forOthers(set *data.Set, m Memory) (*Data, error) {
	if set.Stored() {
		return &Data{Name: set.Name(), Format: shared, Classes: set.Classes(), Names: set.ClassNames(), Digest: set.Look().Digest}, nil
	}
	file, err := c.file(m)
	if err != nil {
		return nil, err
	}
	told := *c
	told.File = 0
	told.Files, err = io.ReadAll(file)
	return &told, err
}

// shared is the format of what lies in memory that programs share.
const shared = "shared"

// read is the set that is handed over.
func (c *Data) read(unpack data.Unpacker, m Memory) (*data.Set, error) {
	name := c.Name
	if name == "" {
		name = run.Own
	}
	if c.Format == shared {
		return c.held(name, m)
	}
	file, err := c.file(m)
	if err != nil {
		return nil, err
	}
	switch c.Format {
	case "idx", "npy":
		pictures, labels, err := c.pair(file)
		if err != nil {
			return nil, err
		}
		if c.Format == "npy" {
			return data.ReadNPY(name, pictures, labels, m.Room)
		}
		return data.Files{Images: pictures, Labels: labels, Unpack: unpack, Room: m.Room}.Read(name)
	case "csv":
		return data.ReadCSV(name, file, m.Room)
	case "points":
		b, err := io.ReadAll(file)
		if err != nil {
			return nil, err
		}
		return data.FromPoints(name, c.Count, b)
	case "pixels", "gray": // as earlier pages have kept them
		return data.FromFile(name, c.Count, c.Sample, c.Classes, file, m.Room)
	}
	return nil, fmt.Errorf("format is %q: a data set comes as idx, npy, csv, pixels or points", c.Format)
}

// held is the set in shared memory.
func (c *Data) held(name string, m Memory) (*data.Set, error) {
	if m.Held == nil {
		return nil, errNoOwn
	}
	set, err := m.Held(name, c.Classes)
	if err == nil && c.Digest != "" {
		set.KnownBy(c.Digest)
	}
	return set, err
}

// file is what is handed over.
func (c *Data) file(m Memory) (*io.SectionReader, error) {
	if c.File != 0 && m.File != nil {
		return m.File(c.File)
	}
	return io.NewSectionReader(bytes.NewReader(c.Files), 0, int64(len(c.Files))), nil
}

// pair is a file of pictures and the one of labels behind it, if any.
func (c *Data) pair(file *io.SectionReader) (pictures, labels io.Reader, err error) {
	all := file.Size()
	if c.Split < 0 || int64(c.Split) > all {
		return nil, nil, fmt.Errorf("the file of images would have %d of %d bytes", c.Split, all)
	}
	first := int64(c.Split)
	if first == 0 {
		first = all
	}
	if first < all {
		labels = io.NewSectionReader(file, first, all-first)
	}
	return io.NewSectionReader(file, 0, first), labels, nil
}
