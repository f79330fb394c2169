package gen

import (
	"testing"

	"ganvas/core/f32/f32test"
)

func TestConformance(t *testing.T) { f32test.Run(t, newHost(t)) }
