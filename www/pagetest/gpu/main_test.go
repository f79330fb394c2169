// Package gpu holds the page against its promises about the visitor's GPU, in a Chromium whose WebGPU a processor computes. Speed is not
// to be learned here.
package gpu

import (
	"os"
	"testing"

	"ganvas/www/pagetest"
)

func TestMain(m *testing.M) {
	if os.Getenv("GANVAS_GPU") == "" {
		os.Exit(m.Run()) // each test says that it is not run
	}
	pagetest.WithGPU()
	pagetest.Main(m)
}

// asked skips where GANVAS_GPU is not set, whatever else is required: a processor in a GPU's place takes many minutes.
func asked(t *testing.T) {
	t.Helper()
	if os.Getenv("GANVAS_GPU") == "" {
		t.Skip("GANVAS_GPU is not set, so nothing is tested of the visitor's GPU; required tests it on a processor in its place")
	}
}

// open opens the page. Where the browser has no WebGPU the test is skipped, unless GANVAS_GPU=required says that it has one.
func open(t *testing.T, query string) *pagetest.Visit {
	t.Helper()
	asked(t)
	p := pagetest.Open(t, pagetest.Desktop, pagetest.Small+"&"+query)
	p.Started()
	required(p)
	return p
}

func required(p *pagetest.Visit) {
	p.T.Helper()
	if pagetest.Eval[bool](p, "navigator.gpu ? navigator.gpu.requestAdapter().then(Boolean) : false") {
		return
	}
	if os.Getenv("GANVAS_GPU") == "required" {
		p.T.Fatal("this browser has no WebGPU, and GANVAS_GPU says that it is required")
	}
	p.T.Skip("this browser has no WebGPU")
}
