package figures

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ganvas/www/pagetest"
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
	for _, v := range []pagetest.View{pagetest.Screen, {Width: 1440, Height: 900, Dark: true, Scale: 1}, {Width: 390, Height: 844, Scale: 2}, {Width: 390, Height: 844, Dark: true, Scale: 2}} {
		name := fmt.Sprintf("%dx%d-%s", v.Width, v.Height, map[bool]string{false: "light", true: "dark"}[v.Dark])
		if wanted := os.Getenv("GANVAS_VIEWS"); wanted != "" && !strings.Contains(wanted, name) {
			continue
		}
		p := pagetest.Open(t, v, os.Getenv("GANVAS_QUERY"))
		p.Until("window.ganvas && ganvas.status().recipe")
		p.Until("ganvas.status().step >= " + steps + " / 3")
		p.Until("ganvas.status().step >= " + steps + " * 2 / 3")
		p.Until("ganvas.status().step >= " + steps)
		if err := os.WriteFile(filepath.Join(folder, "page-"+name+".png"), p.Picture(), 0o644); err != nil {
			t.Fatal(err)
		}
		p.NoErrors()
	}
}
