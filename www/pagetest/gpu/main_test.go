// Package gpu holds the page against its promises about the visitor's GPU, in a Chromium whose WebGPU a processor computes. Speed is not
// to be learned here.
package gpu

import (
	"testing"

	"ganvas/www/pagetest"
)

func TestMain(m *testing.M) {
	pagetest.WithGPU()
	pagetest.Main(m)
}
