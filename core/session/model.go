package session

import (
	"ganvas/core/export"
	"ganvas/core/run"
	"ganvas/core/zipstore"
)

// Model is answered with the shown generator in a format that others read, one of those of package export; one of several files is a ZIP file.
type Model struct {
	Format string `json:"format"`
}

func (*Model) command() {}

func (c *Model) do(s *Session, _ run.Cancel) (Answer, error) {
	format, err := export.Find(c.Format)
	if err != nil {
		return Answer{}, err
	}
	if err := s.leaveTape(); err != nil {
		return Answer{}, err
	}
	m, err := export.Of(s.run.GAN)
	if err != nil {
		return Answer{}, err
	}
	files, err := format.Files(m)
	if err != nil {
		return Answer{}, err
	}
	if format.Single {
		return Answer{Bytes: files[0].Data}, nil
	}
	parts := make([]zipstore.Part, len(files))
	for i, f := range files {
		parts[i] = zipstore.Part{Name: "generator/" + f.Name, Data: f.Data}
	}
	b, err := zipstore.Write(parts, 1)
	return Answer{Bytes: b}, err
}
