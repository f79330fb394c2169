package session

import (
	"ganvas/core/img"
	"ganvas/core/run"
)

// TapeFilm is answered with a film of the fixed noise's images along the open tape. The generator is at the run's end afterwards.
type TapeFilm struct{}

const (
	filmFrames = 5 // from one moment of a tape to the next
	filmRate   = 6 // hundredths of a second for each
)

func (*TapeFilm) command() {}

func (*TapeFilm) do(s *Session, ctx run.Cancel) (Answer, error) {
	tape, err := s.tape()
	if err != nil {
		return Answer{}, err
	}
	frames, last := [][]byte(nil), len(tape.Steps())-1
	shape := s.run.GAN.Data.Sample
	for k := range last*filmFrames + 1 {
		if ctx.Err() != nil {
			return Answer{}, ctx.Err()
		}
		if err := tape.Seek(float64(k) / filmFrames); err != nil {
			return Answer{}, err
		}
		sheet, pixels, err := s.run.Sheet()
		if err != nil {
			return Answer{}, err
		}
		frames = append(frames, pixels[:sheet.Fakes*shape.Size()])
		if s.Yield != nil {
			s.Yield()
		}
	}
	return drawn(img.Grid{Sample: shape, Columns: 8, Gap: 2, Scale: 2}, frames, filmRate)
}
