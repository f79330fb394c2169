package cpu_test

import (
	"testing"

	"ganvas/core/engine/cpu"
	"ganvas/core/engine/enginetest"
)

func TestConformance(t *testing.T) { enginetest.Run(t, cpu.New(nil)) }
