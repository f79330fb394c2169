package pagetest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLook writes screenshots of the page in several windows into the folder that GANVAS_PICTURES names, to be looked at:
// each after GANVAS_STEPS steps (60 if not set) of what GANVAS_QUERY asks for; GANVAS_VIEWS may name some of the views.
func TestLook(t *testing.T) {
	folder := os.Getenv("GANVAS_PICTURES")
	if folder == "" {
		t.Skip("GANVAS_PICTURES names no folder for screenshots")
	}
	steps := os.Getenv("GANVAS_STEPS")
	if steps == "" {
		steps = "60"
	}
	for _, v := range []view{desktop, {1440, 900, true, 1}, {390, 844, false, 2}, {390, 844, true, 2}} {
		name := fmt.Sprintf("%dx%d-%s", v.width, v.height, map[bool]string{false: "light", true: "dark"}[v.dark])
		if wanted := os.Getenv("GANVAS_VIEWS"); wanted != "" && !strings.Contains(wanted, name) {
			continue
		}
		p := open(t, v, os.Getenv("GANVAS_QUERY"))
		p.until("window.ganvas && ganvas.status().recipe")
		p.until("ganvas.status().step >= " + steps + " / 3")
		p.until("ganvas.status().step >= " + steps + " * 2 / 3")
		p.until("ganvas.status().step >= " + steps)
		if err := os.WriteFile(filepath.Join(folder, "page-"+name+".png"), p.picture(), 0o644); err != nil {
			t.Fatal(err)
		}
		p.noErrors()
	}
}
