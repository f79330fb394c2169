package pagetest

import (
	"image/color"
	"os"
	"path/filepath"
	"testing"
)

// shots is the table of the documents' screenshots: what the visitor opens, does and waits for.
var shots = []struct {
	file    string
	window  view
	query   string
	do      []string       // expressions, one after the other once there is a run
	hand    func(p *visit) // what is done by pointer, after waiting
	waitFor []string
}{
	{file: "page.png", window: desktop, query: "lang=en", waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 700", "ganvas.status().metrics", "ganvas.status().step >= 1400"}},
	{
		file: "inside.png", window: view{width: 1440, height: 1240, scale: 1}, query: "lang=en&room=inside",
		waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 600"},
	},
	{
		file: "latent.png", window: view{width: 1440, height: 1240, scale: 1}, query: "lang=en&room=latent&preset=dcgan&autostart=0",
		do:      []string{`ganvas.load("weights/dcgan.safetensors", {paused: true})`},
		waitFor: []string{"document.getElementById('latent-here').innerText"},
	},
	{
		file: "play.png", window: desktop, query: "lang=en&room=play",
		waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 600"}, hand: drawSeven,
	},
	{
		file: "compare.png", window: view{width: 1440, height: 1240, scale: 1}, query: "lang=en&room=compare",
		do:      []string{`(document.getElementById("compare-value").value = "0.0004", document.getElementById("compare-go").click(), 1)`},
		waitFor: []string{stepB + " > 150", stepB + " > 350", "ganvas.status().metrics", stepB + " > 620"},
	},
	{file: "slow.png", window: desktop, query: "lang=en&autostart=0", do: []string{"ganvas.step(150)"}, waitFor: []string{
		"ganvas.status().state === 'paused' && ganvas.status().step === 150", "(document.getElementById('slow').click(), document.getElementById('play').click(), true)", "ganvas.status().updates > 0",
	}},
	{file: "change.png", window: view{width: 1440, height: 1240, scale: 1}, query: "lang=en&change=1&preset=dcgan", waitFor: []string{"ganvas.status().step >= 100"}},
	{file: "phone.png", window: view{390, 844, true, 2}, query: "lang=zh", waitFor: []string{"ganvas.status().step >= 300", "ganvas.status().step >= 500"}},
}

// drawSeven draws a seven on the pad and waits for what is said of it.
func drawSeven(p *visit) {
	p.drag(95, 105, 285, 95)
	p.drag(285, 95, 170, 335)
	p.until("/The judge sees a/.test(document.getElementById('pad-says').innerText)")
}

// painted waits until the drawing shows many colours; a diagram's are no greys.
func (p *visit) painted() {
	p.t.Helper()
	for range 20 {
		seen, m := map[color.Color]bool{}, p.drawing("view")
		for y := m.Bounds().Min.Y; y < m.Bounds().Max.Y; y++ {
			for x := m.Bounds().Min.X; x < m.Bounds().Max.X; x++ {
				seen[m.At(x, y)] = true
			}
		}
		if len(seen) > 100 {
			return
		}
		p.rest()
	}
	p.t.Fatal("the drawing stays blank")
}

// TestDocumentsPictures writes the documents' screenshots anew into the folder that GANVAS_DOCS names.
func TestDocumentsPictures(t *testing.T) {
	folder := os.Getenv("GANVAS_DOCS")
	if folder == "" {
		t.Skip("GANVAS_DOCS names no folder for the documents' screenshots")
	}
	for _, c := range shots {
		if only := os.Getenv("GANVAS_ONLY"); only != "" && only != c.file {
			continue
		}
		t.Run(c.file, func(t *testing.T) { // whose end closes its tab, so that no other run takes the next one's time
			p := open(t, c.window, c.query)
			p.started()
			p.until("!document.querySelector('#studio.waiting') && document.getElementById('arriving').hidden")
			for _, expression := range c.do {
				eval[any](p, expression)
			}
			for _, condition := range c.waitFor {
				p.until(condition)
			}
			if c.hand != nil {
				c.hand(p)
			}
			p.painted()
			p.rest()
			if err := os.WriteFile(filepath.Join(folder, c.file), p.picture(), 0o644); err != nil {
				t.Fatal(err)
			}
			p.noErrors()
		})
	}
}
