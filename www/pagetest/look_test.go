package pagetest

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestLook writes screenshots of the page in several windows into the folder that GANVAS_PICTURES names, to be looked at.
func TestLook(t *testing.T) {
	folder := os.Getenv("GANVAS_PICTURES")
	if folder == "" {
		t.Skip("GANVAS_PICTURES names no folder for screenshots")
	}
	for _, v := range []view{desktop, {1440, 900, true, 1}, {390, 844, false, 2}, {390, 844, true, 2}} {
		p := open(t, v, os.Getenv("GANVAS_QUERY"))
		p.until("window.ganvas && ganvas.status().step > 60")
		name := filepath.Join(folder, fmt.Sprintf("page-%dx%d-%v.png", v.width, v.height, v.dark))
		if err := os.WriteFile(name, p.picture(), 0o644); err != nil {
			t.Fatal(err)
		}
		p.noErrors()
	}
}
