package judge_test

import (
	"testing"

	"ganvas/core/f32"
)

// The tests compute as programs do, by the fastest kernels that there are.
func TestMain(m *testing.M) {
	f32.Use(f32.Best())
	m.Run()
}
