//go:build libtorch

package torch

import (
	"testing"

	"ganvas/core/engine/enginetest"
)

func open(t *testing.T) *Engine {
	t.Helper()
	e, err := Open("cpu", 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	return e
}

func TestConformance(t *testing.T) { enginetest.Run(t, open(t)) }
