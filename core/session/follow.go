package session

import (
	"errors"

	"ganvas/core/run"
)

// Follow asks a program that shares batches to step with its leader until that rests.
type Follow struct{}

func (*Follow) command() {}

func (*Follow) do(*Session, run.Cancel) (Answer, error) {
	return Answer{}, errors.New("a program that leads follows no other")
}
