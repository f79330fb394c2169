package gen

import (
	"testing"

	"ganvas/wasm/kernel/kerneltest"
)

func TestConformance(t *testing.T) { kerneltest.Run(t, newHost(t)) }
