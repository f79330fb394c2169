// Package gpu holds the page against its promises about the visitor's GPU, in a Chromium whose WebGPU a processor computes. Speed is not
// to be learned here.
package gpu

import (
	"fmt"
	"os"
	"testing"

	"ganvas/www/pagetest"
)

func TestMain(m *testing.M) {
	if os.Getenv("GANVAS_GPU") == "" { // a processor in a GPU's place takes many minutes
		fmt.Println("GANVAS_GPU is not set: nothing is tested of the visitor's GPU")
		return
	}
	pagetest.WithGPU()
	pagetest.Main(m)
}

// open opens the page. Where the browser has no WebGPU the test is skipped, unless GANVAS_GPU=required says that it has one.
func open(t *testing.T, query string) *pagetest.Visit {
	t.Helper()
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
